package landfall.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import landfall.demo.Refusal.Code;
import landfall.demo.Refusal.Complaint;
import landfall.image.Digest;
import landfall.image.RepositoryName;

/** Hands out blobs, whole or in part. */
final class Blobs {
  private final Store store;

  Blobs(Store store) {
    this.store = store;
  }

  Answer answer(Call call, RepositoryName repository, String text) throws IOException, Refusal {
    Digest digest = Parse.digest(text);
    return switch (call.method()) {
      case "GET" -> part(found(repository, digest), digest, call.header("Range"));
      case "HEAD" -> part(found(repository, digest), digest, Optional.empty());
      default -> throw Refusal.method(call, "GET, HEAD");
    };
  }

  private Path found(RepositoryName repository, Digest digest) throws Refusal {
    return store
        .blob(repository, digest)
        .orElseThrow(
            () -> new Refusal(404, Code.BLOB_UNKNOWN, repository + " has no blob " + digest));
  }

  private static Answer part(Path file, Digest digest, Optional<String> asked)
      throws IOException, Refusal {
    long size = Files.size(file);
    Optional<ByteRange> range = asked.flatMap(header -> ByteRange.asked(header, size));
    if (range.isPresent() && range.get().isEmpty()) {
      throw new Refusal(
          416,
          List.of(
              new Complaint(Code.RANGE_INVALID, "not within the blob's " + size + " bytes", "")),
          Map.of("Content-Range", "bytes */" + size));
    }
    Answer answer =
        range
            .map(part -> Answer.of(206).with("Content-Range", part.of(size)))
            .orElse(Answer.of(200))
            .with(
                Map.of(
                    "Content-Type", "application/octet-stream",
                    "Accept-Ranges", "bytes",
                    "Docker-Content-Digest", digest.toString()));
    ByteRange sent = range.orElse(ByteRange.all(size));
    return answer.with(file, sent.first(), sent.length());
  }
}
