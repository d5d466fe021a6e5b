package landfall.demo;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;
import landfall.demo.Refusal.Code;
import landfall.demo.Refusal.Complaint;
import landfall.image.Digest;
import landfall.image.RepositoryName;

/** A blob on its way into a repository: received in pieces and hashed as it comes. */
final class Upload {
  private static final int BUFFER = 256 * 1024;

  private final RepositoryName repository;
  private final Path file;
  private final MessageDigest hash = Digest.sha256();
  private long length;
  private boolean over;

  Upload(RepositoryName repository, Path file) {
    this.repository = repository;
    this.file = file;
  }

  String id() {
    return String.valueOf(file.getFileName());
  }

  RepositoryName repository() {
    return repository;
  }

  /** Where it goes on and how far it is, as headers. An upload without a byte also says 0-0. */
  synchronized Map<String, String> progress() {
    return Map.of(
        "Location", "/v2/" + repository + "/blobs/uploads/" + id(),
        "Docker-Upload-UUID", id(),
        "Range", "0-" + Math.max(0, length - 1));
  }

  /**
   * Appends the body of a call. When the client goes away, or the disk refuses, what was written
   * until then counts and the upload can go on from there.
   */
  synchronized void append(Call call, LongAdder bytesReceived) throws IOException, Refusal {
    requireOpen();
    Optional<String> contentRange = call.header("Content-Range");
    if (contentRange.isPresent()) {
      requireNext(contentRange.get(), call.length());
    }
    long before = length;
    try (FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE)) {
      out.truncate(length).position(length);
      copy(call.body(), out, bytesReceived);
    }
    if (call.length().isPresent() && call.length().getAsLong() != length - before) {
      throw new EOFException("the client went away after " + (length - before) + " bytes");
    }
  }

  private void requireNext(String contentRange, OptionalLong announced) throws Refusal {
    ByteRange range =
        ByteRange.sent(contentRange)
            .orElseThrow(
                () ->
                    new Refusal(
                        400,
                        Code.BLOB_UPLOAD_INVALID,
                        "Content-Range is '" + contentRange + "', must be FIRST-LAST"));
    if (range.first() != length) {
      String message = "the next byte is " + length + ", not " + range.first();
      throw new Refusal(
          416, List.of(new Complaint(Code.RANGE_INVALID, message, contentRange)), progress());
    }
    if (announced.isEmpty() || announced.getAsLong() != range.length()) {
      throw new Refusal(
          400,
          Code.SIZE_INVALID,
          "Content-Range " + contentRange + " and Content-Length do not agree");
    }
  }

  private void copy(InputStream in, FileChannel out, LongAdder bytesReceived) throws IOException {
    byte[] buffer = new byte[BUFFER];
    for (int count; (count = in.readNBytes(buffer, 0, BUFFER)) > 0; ) {
      bytesReceived.add(count);
      ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, count);
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
      hash.update(buffer, 0, count);
      length += count;
    }
  }

  /** Ends the upload, well or not: hands the file to the store, or deletes it and refuses. */
  synchronized void finish(Digest promised, Store store) throws IOException, Refusal {
    requireOpen();
    over = true;
    Digest actual = Digest.ofHash(hash.digest());
    if (!actual.equals(promised)) {
      Files.deleteIfExists(file);
      throw new Refusal(
          400, Code.DIGEST_INVALID, "the content is " + actual + ", not " + promised + " as said");
    }
    store.keepBlob(repository, actual, file);
  }

  synchronized void cancel() throws IOException, Refusal {
    requireOpen();
    over = true;
    Files.deleteIfExists(file);
  }

  private void requireOpen() throws Refusal {
    if (over) {
      throw unknown(id());
    }
  }

  static Refusal unknown(String id) {
    return new Refusal(404, Code.BLOB_UPLOAD_UNKNOWN, "no upload is going on under " + id);
  }
}
