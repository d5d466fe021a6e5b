package landfall.plan.leftover;

import java.util.Optional;
import java.util.regex.Pattern;
import landfall.archive.Contents;
import landfall.archive.Extent;
import landfall.archive.TagLink;
import landfall.failure.Code;
import landfall.failure.ImageRefused;
import landfall.failure.Rejected;
import landfall.image.Digest;
import landfall.image.Tag;
import landfall.plan.content.Manifest;
import landfall.plan.content.ManifestReader;
import landfall.plan.content.StrictJson;

/**
 * Reads from cosign signatures which repository an image was signed for (AF§10). They are not
 * verified: a hint, no proof.
 */
final class CosignHints {
  private static final int LARGEST = 64 * 1024;
  private static final Pattern NAME =
      Pattern.compile("[a-z0-9][a-z0-9.-]*+(?::[0-9]{1,5})?(?:/[a-z0-9][a-z0-9._-]*+)++");

  private final Contents contents;

  CosignHints(Contents contents) {
    this.contents = contents;
  }

  /** The repository, with its registry. */
  Optional<String> repository(TagLink link) {
    try {
      return contents
          .tag(link.repository(), Tag.signatureOf(link.digest()))
          .flatMap(this::content)
          .map(bytes -> ManifestReader.read("a signature", bytes))
          .flatMap(manifest -> manifest.blobs().stream().skip(1).findFirst())
          .map(Manifest.Blob::descriptor)
          .flatMap(payload -> content(payload.digest()))
          .map(bytes -> StrictJson.object("a signature's payload", bytes))
          .map(json -> json.path("critical").path("identity").path("docker-reference").asText(""))
          .map(CosignHints::withoutTag)
          .filter(NAME.asMatchPredicate());
    } catch (ImageRefused noSignature) {
      return Optional.empty();
    } catch (Rejected unreadable) {
      if (unreadable.code() == Code.CHANGED_DURING_READ) {
        throw unreadable;
      }
      return Optional.empty();
    }
  }

  private Optional<byte[]> content(Digest digest) {
    Optional<Extent> extent = contents.blob(digest);
    return extent
        .filter(small -> small.length() <= LARGEST)
        .map(small -> contents.read(small, LARGEST))
        .filter(bytes -> Digest.of(bytes).equals(digest));
  }

  private static String withoutTag(String reference) {
    int at = reference.indexOf('@');
    String name = at < 0 ? reference : reference.substring(0, at);
    int colon = name.lastIndexOf(':');
    return colon > name.lastIndexOf('/') ? name.substring(0, colon) : name;
  }
}
