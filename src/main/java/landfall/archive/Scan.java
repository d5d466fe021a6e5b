package landfall.archive;

import java.util.List;
import java.util.Optional;
import landfall.failure.Rejected;
import landfall.image.Digest;

/**
 * What one sequential pass over an archive found.
 *
 * @param digests SHA-256 of each of the archive's files, in order
 * @param sha512 SHA-512 of each in lower-case hex, where it was asked for; else empty
 * @param contents what the archive holds; meaningless where there is a refusal
 * @param refusal why the bytes are no archive we read, if so
 */
public record Scan(
    List<Digest> digests, List<String> sha512, Contents contents, Optional<Rejected> refusal) {
  public Scan {
    digests = List.copyOf(digests);
    sha512 = List.copyOf(sha512);
  }

  /** The same bytes, refused. */
  public Scan refused(Rejected why) {
    return new Scan(digests, sha512, contents, Optional.of(why));
  }
}
