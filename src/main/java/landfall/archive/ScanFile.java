package landfall.archive;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import landfall.folders.DurableFile;
import landfall.image.Digest;

/**
 * Remembers a finished scan in the work folder, so that a restart does not read the archive again.
 *
 * <p>The memory is believed only if its own checksum holds and every file it speaks of, spools
 * included, still has the stats it had.
 */
public final class ScanFile {
  private static final String NAME = "index";
  private static final int CHECKSUM = 32;
  private static final int BUFFER = 1 << 16;

  private ScanFile() {}

  /** Where a folder holds the memory of a scan, if it does. */
  public static Path in(Path folder) {
    return folder.resolve(NAME);
  }

  /**
   * Writes {@code workFolder/index}, whole or not at all.
   *
   * @throws landfall.failure.Parked when the disk is full or ill
   */
  public static void write(Scan scan, ScanRequest request) {
    if (scan.refusal().isPresent() || !(scan.contents() instanceof Index index)) {
      throw new IllegalArgumentException("only an accepted scan of this package is remembered");
    }
    DurableFile.write(
        request.workFolder().resolve(NAME),
        out -> write(out, new ScanFormat(scan, index, request)));
  }

  /**
   * The scan that was remembered, if it answers this request and nothing has changed since.
   *
   * <p>A scan that proved more than is asked for does; one that proved less does not.
   */
  public static Optional<Scan> load(ScanRequest request, Limits limits) {
    return load(request.workFolder(), in -> ScanFormat.read(in, request, limits));
  }

  private static <T> Optional<T> load(Path folder, Reader<T> reader) {
    Path file = in(folder);
    try {
      if (!Files.isRegularFile(file) || !sound(file)) {
        return Optional.empty();
      }
      try (DataInputStream in = new DataInputStream(open(file))) {
        return reader.read(in);
      }
    } catch (IOException unreadable) {
      // What cannot be remembered is read again; the pass itself says what ails the disk.
      return Optional.empty();
    }
  }

  /** Makes something of what was written down. */
  @FunctionalInterface
  private interface Reader<T> {
    Optional<T> read(DataInputStream in) throws IOException;
  }

  /**
   * What the files' digests were when they were scanned before, though their inodes, or what else
   * may change of a file without its bytes, are no longer the same.
   *
   * @return empty when nothing is remembered of them
   */
  public static List<Digest> digests(ScanRequest request) {
    return load(request.workFolder(), in -> Optional.of(ScanFormat.digests(in, request.files())))
        .orElse(List.of());
  }

  /**
   * What was found in an archive that has ended, though its spools may be gone: good to know what
   * it holds, not to read it.
   */
  public static Optional<Scan> recall(ScanRequest request, Limits limits) {
    return load(request.workFolder(), in -> ScanFormat.recall(in, request, limits));
  }

  /**
   * Hands what is remembered of files on to the place they were moved to; nothing where nothing is
   * remembered of them.
   *
   * @param workFolder what is remembered of them where they were verified
   * @param after the same files, in the same order, where they lie now
   * @throws landfall.failure.Parked when the disk is full or ill
   */
  public static void handOn(Path workFolder, ScanRequest after, Limits limits) {
    load(workFolder, in -> ScanFormat.moved(in, after.files(), limits))
        .ifPresent(scan -> write(scan, after));
  }

  private static void write(OutputStream file, ScanFormat scan) throws IOException {
    MessageDigest sha256 = Digest.sha256();
    BufferedOutputStream raw = new BufferedOutputStream(file, BUFFER);
    DataOutputStream out = new DataOutputStream(new DigestOutputStream(raw, sha256));
    scan.write(out);
    out.flush();
    raw.write(sha256.digest());
    raw.flush();
  }

  private static boolean sound(Path file) throws IOException {
    long content = Files.size(file) - CHECKSUM;
    if (content < 0) {
      return false;
    }
    MessageDigest sha256 = Digest.sha256();
    byte[] piece = new byte[BUFFER];
    try (InputStream in = open(file)) {
      for (long left = content; left > 0; ) {
        int count = in.readNBytes(piece, 0, (int) Math.min(BUFFER, left));
        if (count == 0) {
          return false;
        }
        sha256.update(piece, 0, count);
        left -= count;
      }
      return Arrays.equals(sha256.digest(), in.readAllBytes());
    }
  }

  private static InputStream open(Path file) throws IOException {
    return new BufferedInputStream(Files.newInputStream(file), BUFFER);
  }
}
