package landfall.plan.release;

import java.util.Optional;
import landfall.image.Digest;
import landfall.image.Tag;
import landfall.plan.candidate.Reference;

/**
 * A release under the name that decides where the archive has it.
 *
 * @param origin reference of its image: by the tag its signature tells, or by digest where
 *     signatures are not looked at
 * @param signature what travels with it, once it is verified
 */
record Release(String origin, Tag tag, Digest digest, Optional<Signature> signature) {
  private static final String HELD = "working-dir/hold-release/";

  /** By the reference that the signature tells. */
  static Release signed(Reference reference, Digest digest, Signature signature) {
    return new Release(
        reference.reference(),
        new Tag(reference.tag().orElseThrow()),
        digest,
        Optional.of(signature));
  }

  /** As oc-mirror names it where signatures are ignored: the tag is the digest in hex. */
  static Release unsigned(WantedRelease wanted) {
    return new Release(
        wanted.reference(), new Tag(wanted.digest().hex()), wanted.digest(), Optional.empty());
  }

  /** The entry of one of the manifests that the sender took out of the release image. */
  String manifest(String file) {
    String last = origin.substring(origin.lastIndexOf('/') + 1);
    return HELD + last.replace(':', '/') + "/release-manifests/" + file;
  }

  /**
   * A signature file.
   *
   * @param name {@code TAG-sha256-HEX}
   * @param content base64 of its bytes
   */
  record Signature(String name, String content) {}
}
