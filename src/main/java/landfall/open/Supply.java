package landfall.open;

import java.util.regex.Pattern;
import landfall.archive.Contents;
import landfall.arrive.Arrival;
import landfall.image.Digest;

/**
 * Content that is carried by itself for archives that lack it: an OCI image layout, or a file named
 * by its digest. It says nothing of images, so nothing is pushed for it.
 */
final class Supply {
  private static final Pattern BLOB = Pattern.compile("(?:[^/]+/)?blobs/sha256/[a-f0-9]{64}");
  private static final Pattern LAYOUT = Pattern.compile("(?:[^/]+/)?oci-layout");

  private Supply() {}

  /** Whether what came is a supply. */
  static boolean is(Arrival arrival, Contents contents) {
    boolean file = arrival.files().size() == 1 && Digest.named(arrival.name()).isPresent();
    return contents.census().blobs() > 0
        && (file || (isLayout(contents) && ForeignKind.of(contents).equals(ForeignKind.LAYOUT)));
  }

  /** Whether blobs lie as in a layout, which is not where oc-mirror puts them. */
  static boolean hasForeignBlobs(Contents contents) {
    return contents.entries("").stream().anyMatch(name -> BLOB.matcher(name).matches());
  }

  static boolean isLayout(Contents contents) {
    return contents.entries("").stream().anyMatch(name -> LAYOUT.matcher(name).matches());
  }
}
