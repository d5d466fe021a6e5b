package landfall.plan.content;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import landfall.archive.Extent;
import landfall.archive.Piece;
import landfall.failure.Code;
import landfall.failure.ImageRefused;
import landfall.failure.Parked;
import landfall.failure.Rejected;
import landfall.image.Descriptor;
import landfall.image.Digest;
import landfall.image.RepositoryName;
import landfall.plan.content.Elsewhere.Found;
import landfall.plan.content.Manifest.Blob;
import landfall.plan.content.Manifest.Child;

/** The way through one image, children before parents. */
final class ImageWalk {
  private static final int DEEPEST = 4;

  private final ContentWalker walker;
  private final String image;
  private final RepositoryName repository;
  private final Set<String> platforms;
  private final Map<Digest, Part> manifests = new LinkedHashMap<>();
  private final Map<Digest, Part> blobs = new LinkedHashMap<>();
  private final Map<Digest, Gap> gaps = new LinkedHashMap<>();
  private final Set<Digest> foreign = new LinkedHashSet<>();
  private boolean sparse;

  ImageWalk(ContentWalker walker, String image, RepositoryName repository, Set<String> platforms) {
    this.walker = walker;
    this.image = image;
    this.repository = repository;
    this.platforms = platforms;
  }

  Walk from(Digest root) {
    visit(root, "", 1);
    List<Gap> missing = new ArrayList<>(gaps.values());
    return missing.isEmpty()
        ? new Walk(
            Optional.of(
                new Content(
                    List.copyOf(manifests.values()),
                    List.copyOf(blobs.values()),
                    List.copyOf(foreign),
                    sparse)),
            missing)
        : new Walk(Optional.empty(), missing);
  }

  private void visit(Digest digest, String announced, int depth) {
    if (manifests.containsKey(digest)) {
      return;
    }
    Optional<Extent> extent = walker.contents().blob(digest);
    if (extent.isPresent()) {
      byte[] bytes = bytes(digest, extent.get());
      enter(digest, bytes, announced, depth, seen -> Part.carried(seen, extent.get()));
      return;
    }
    Optional<Found> found = walker.elsewhere().manifest(repository, digest);
    if (found.isPresent()) {
      byte[] bytes = found.get().manifest().bytes();
      enter(digest, bytes, announced, depth, seen -> Part.held(seen, found.get().holder()));
    } else {
      visitKept(digest, announced, depth);
    }
  }

  /** What a kept archive holds under a wrong name is not what is looked for. */
  private void visitKept(Digest digest, String announced, int depth) {
    Optional<Piece> piece = walker.kept(digest).filter(kept -> kept.length() <= StrictJson.LONGEST);
    Optional<byte[]> bytes =
        piece.flatMap(ImageWalk::read).filter(content -> Digest.of(content).equals(digest));
    if (bytes.isPresent()) {
      enter(digest, bytes.get(), announced, depth, seen -> Part.kept(seen, piece.get()));
    } else {
      gaps.putIfAbsent(digest, new Gap(digest, "manifest"));
    }
  }

  private void enter(
      Digest digest, byte[] bytes, String announced, int depth, Function<Descriptor, Part> part) {
    if (depth > DEEPEST) {
      throw new Rejected(
          Code.LIMIT_EXCEEDED, image + ": its indexes are nested more than " + DEEPEST + " deep");
    }
    walker.countManifest(image);
    Manifest manifest = ManifestReader.read(subject(digest), bytes);
    if (!announced.isEmpty() && !manifest.is(announced)) {
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
    Descriptor descriptor = new Descriptor(manifest.mediaType(), digest, bytes.length);
    manifests.put(digest, walker.shared(image, part.apply(descriptor)));
  }

  /** A kept archive that can no longer be read is as good as none. */
  private static Optional<byte[]> read(Piece kept) {
    try {
      return Optional.of(kept.read(StrictJson.LONGEST));
    } catch (Rejected | Parked gone) {
      return Optional.empty();
    }
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
    walker.contents().blob(descriptor.digest()).ifPresent(extent -> compare(descriptor, extent));
    visit(descriptor.digest(), mediaType, depth + 1);
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
        descriptor.digest(), walker.shared(image, Part.carried(descriptor, extent.get())));
  }

  private void absent(Blob blob) {
    Digest digest = blob.descriptor().digest();
    Optional<RepositoryName> holder = walker.elsewhere().blob(repository, blob.descriptor());
    if (holder.isPresent()) {
      blobs.putIfAbsent(digest, walker.shared(image, Part.held(blob.descriptor(), holder.get())));
      return;
    }
    Optional<Piece> piece =
        walker.kept(digest).filter(kept -> kept.length() == blob.descriptor().size());
    if (piece.isPresent()) {
      blobs.putIfAbsent(digest, walker.shared(image, Part.kept(blob.descriptor(), piece.get())));
      return;
    }
    if (blob.foreign() && !walker.shippedEarlier(digest)) {
      foreign.add(digest);
      return;
    }
    gaps.putIfAbsent(digest, new Gap(digest, blob.kind()));
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
