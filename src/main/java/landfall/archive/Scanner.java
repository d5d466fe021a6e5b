package landfall.archive;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import landfall.archive.bytes.Medium;
import landfall.failure.Code;
import landfall.failure.Parked;
import landfall.failure.Rejected;
import landfall.image.Digest;

/**
 * Reads an archive once, from its first byte to its last: hashes it, unpacks it where it is
 * compressed, and finds out what it holds.
 *
 * <p>A refusal ends the understanding, not the hashing: whether the bytes are those that were sent
 * is known in any case, and matters more.
 */
public final class Scanner {
  private final Limits limits;

  public Scanner(Limits limits) {
    this.limits = limits;
  }

  /**
   * Scans an archive.
   *
   * @param progress told of the bytes read since it was told last
   * @throws Parked when the medium cannot be read or the work folder cannot be written
   */
  public Scan scan(ScanRequest request, LongConsumer progress) {
    Understanding understanding = new Understanding(limits, request);
    List<Digest> digests = new ArrayList<>();
    List<String> sha512 = new ArrayList<>();
    Optional<Rejected> changed = Optional.empty();
    for (ArchiveFile file : request.files()) {
      requireThere(file);
      boolean same = file.unchanged();
      try (Medium medium = Medium.open(file.path(), file.size(), request.sha512(), progress)) {
        understanding.read(digests.size(), medium);
        medium.drain();
        same &= medium.complete() && file.unchanged();
        digests.add(medium.digest());
        medium.sha512Hex().ifPresent(sha512::add);
      }
      if (!same && changed.isEmpty()) {
        requireThere(file);
        changed = Optional.of(changed(file));
      }
    }
    Optional<Rejected> refusal = changed.or(understanding::finish);
    return new Scan(digests, sha512, understanding.contents(refusal), refusal);
  }

  private static void requireThere(ArchiveFile file) {
    if (!Files.exists(file.path(), LinkOption.NOFOLLOW_LINKS)) {
      throw new Parked(Code.MEDIA_UNREADABLE, file.path() + " is gone");
    }
  }

  private static Rejected changed(ArchiveFile file) {
    return new Rejected(
        Code.CHANGED_DURING_READ,
        file.path().getFileName() + " changed while it was read",
        "expected: " + file.size() + " bytes, modified " + file.modified() + ", " + file.inode());
  }
}
