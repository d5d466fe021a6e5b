package landfall.plan.content;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import landfall.archive.Extent;
import landfall.failure.Code;
import landfall.failure.ImageRefused;
import landfall.failure.Rejected;
import landfall.image.Descriptor;
import landfall.image.Digest;
import landfall.plan.content.Manifest.Blob;
import landfall.plan.content.Manifest.Child;

/** The way through one image, children before parents. */
final class ImageWalk {
  private static final int DEEPEST = 4;

  private final ContentWalker walker;
  private final String image;
  private final Set<String> platforms;
  private final Map<Digest, Part> manifests = new LinkedHashMap<>();
  private final Map<Digest, Part> blobs = new LinkedHashMap<>();
  private final Map<Digest, Gap> gaps = new LinkedHashMap<>();
  private boolean sparse;

  ImageWalk(ContentWalker walker, String image, Set<String> platforms) {
    this.walker = walker;
    this.image = image;
    this.platforms = platforms;
  }

  Walk from(Digest root) {
    Optional<Extent> extent = found(root, "manifest");
    extent.ifPresent(place -> enter(root, place, "", 1));
    List<Gap> missing = new ArrayList<>(gaps.values());
    return missing.isEmpty()
        ? new Walk(
            Optional.of(
                new Content(List.copyOf(manifests.values()), List.copyOf(blobs.values()), sparse)),
            missing)
        : new Walk(Optional.empty(), missing);
  }

  private void enter(Digest digest, Extent extent, String announced, int depth) {
    if (manifests.containsKey(digest)) {
      return;
    }
    if (depth > DEEPEST) {
      throw new Rejected(
          Code.LIMIT_EXCEEDED, image + ": its indexes are nested more than " + DEEPEST + " deep");
    }
    walker.countManifest(image);
    Manifest manifest = ManifestReader.read(subject(digest), bytes(digest, extent));
    if (!announced.isEmpty() && !announced.equals(manifest.mediaType())) {
      throw new Rejected(
          Code.MANIFEST_INVALID,
          subject(digest)
              + " is a "
              + manifest.mediaType()
              + ", its index calls it a "
              + announced);
    }
    manifest.children().forEach(child -> child(child, depth));
    manifest.blobs().forEach(this::blob);
    Descriptor descriptor = new Descriptor(manifest.mediaType(), digest, extent.length());
    manifests.put(digest, walker.shared(image, new Part(descriptor, extent)));
  }

  private void child(Child child, int depth) {
    if (!platforms.isEmpty() && !child.platform().map(platforms::contains).orElse(false)) {
      sparse = true;
      return;
    }
    Descriptor descriptor = child.descriptor();
    String mediaType = descriptor.mediaType();
    if (!mediaType.isEmpty() && !MediaTypes.index(mediaType) && !MediaTypes.image(mediaType)) {
      throw new ImageRefused(
          Code.MEDIATYPE_REJECTED,
          image + ": its index names a " + mediaType + "; only images and indexes are pushed");
    }
    Optional<Extent> extent = found(descriptor.digest(), "manifest");
    if (extent.isPresent()) {
      compare(descriptor, extent.get());
      enter(descriptor.digest(), extent.get(), mediaType, depth + 1);
    }
  }

  private void blob(Blob blob) {
    Descriptor descriptor = blob.descriptor();
    Optional<Extent> extent = walker.contents().blob(descriptor.digest());
    if (extent.isEmpty()) {
      absent(blob);
      return;
    }
    compare(descriptor, extent.get());
    blobs.putIfAbsent(
        descriptor.digest(), walker.shared(image, new Part(descriptor, extent.get())));
  }

  private void absent(Blob blob) {
    Digest digest = blob.descriptor().digest();
    if (blob.foreign() && !walker.shippedEarlier(digest)) {
      throw new ImageRefused(
          Code.MEDIATYPE_REJECTED,
          image
              + ": its layer "
              + digest
              + " lies outside of registries and is not in the archive;"
              + " such content is never fetched");
    }
    gaps.putIfAbsent(digest, new Gap(digest, blob.kind()));
  }

  private Optional<Extent> found(Digest digest, String kind) {
    Optional<Extent> extent = walker.contents().blob(digest);
    if (extent.isEmpty()) {
      gaps.putIfAbsent(digest, new Gap(digest, kind));
    }
    return extent;
  }

  private void compare(Descriptor descriptor, Extent extent) {
    if (descriptor.size() != extent.length()) {
      throw new Rejected(
          Code.SIZE_MISMATCH,
          image
              + ": "
              + descriptor.digest()
              + " has "
              + extent.length()
              + " bytes in the archive, its manifest says "
              + descriptor.size());
    }
  }

  private byte[] bytes(Digest digest, Extent extent) {
    if (extent.length() > StrictJson.LONGEST) {
      throw new Rejected(
          Code.LIMIT_EXCEEDED,
          subject(digest)
              + " has "
              + extent.length()
              + " bytes, at most "
              + StrictJson.LONGEST
              + " are read");
    }
    byte[] bytes = walker.contents().read(extent, StrictJson.LONGEST);
    Digest actual = Digest.of(bytes);
    if (!actual.equals(digest)) {
      throw new Rejected(
          Code.DIGEST_MISMATCH, subject(digest) + " has content with the digest " + actual);
    }
    return bytes;
  }

  private String subject(Digest digest) {
    return image + ": its manifest " + digest;
  }
}
