package landfall.publish.node;

import landfall.publish.resource.MirrorSetKind;

/** Which requests a mirror answers. */
enum PullFrom {
  DIGEST_ONLY("digest-only"),
  TAG_ONLY("tag-only"),
  ALL("all");

  private final String word;

  PullFrom(String word) {
    this.word = word;
  }

  static PullFrom of(MirrorSetKind kind) {
    return switch (kind) {
      case DIGEST -> DIGEST_ONLY;
      case TAG -> TAG_ONLY;
    };
  }

  PullFrom and(PullFrom other) {
    return this == other ? this : ALL;
  }

  /** As {@code pull-from-mirror} in registries.conf. */
  String word() {
    return word;
  }

  boolean answersTags() {
    return this != DIGEST_ONLY;
  }
}
