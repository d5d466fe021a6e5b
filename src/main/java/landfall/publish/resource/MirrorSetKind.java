package landfall.publish.resource;

import landfall.plan.candidate.ImageType;
import landfall.plan.candidate.Reference;

/** The two ways a cluster asks for images, and the resource that answers each (AF§5.1). */
public enum MirrorSetKind {
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

  /** The resource's kind. */
  public String kind() {
    return kind;
  }

  /** The name of the list below {@code spec}. */
  public String list() {
    return list;
  }

  /** The file all resources of this kind stand in. */
  public String fileName() {
    return shortName + "-oc-mirror.yaml";
  }

  String resourceName(Category category) {
    return shortName + "-" + category.word() + "-0";
  }
}
