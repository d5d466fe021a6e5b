package landfall.publish;

import landfall.plan.candidate.ImageType;
import landfall.plan.candidate.Reference;

/** The two ways a cluster asks for images, and the resource that answers each. */
enum MirrorSetKind {
  DIGEST("ImageDigestMirrorSet", "imageDigestMirrors", "idms") {
    /** The installer looks the release image up here although it is asked for by tag. */
    @Override
    boolean holds(ImageType type, Reference origin) {
      return origin.digestOnly() || origin.tagAndDigest() || type == ImageType.RELEASE;
    }
  },
  TAG("ImageTagMirrorSet", "imageTagMirrors", "itms") {
    @Override
    boolean holds(ImageType type, Reference origin) {
      return !origin.digestOnly();
    }
  };

  private final String kind;
  private final String list;
  private final String shortName;

  MirrorSetKind(String kind, String list, String shortName) {
    this.kind = kind;
    this.list = list;
    this.shortName = shortName;
  }

  /** Whether an image of this origin is asked for in this way. */
  abstract boolean holds(ImageType type, Reference origin);

  String kind() {
    return kind;
  }

  String list() {
    return list;
  }

  String fileName() {
    return shortName + "-oc-mirror.yaml";
  }

  String resourceName(Category category) {
    return shortName + "-" + category.word() + "-0";
  }
}
