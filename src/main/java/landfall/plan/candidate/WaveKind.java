package landfall.plan.candidate;

/** The waves images are pushed in, in this order. */
public enum WaveKind {
  /** Everything that refers to no other image. */
  CONTENT,
  /** Operator bundles and the release image: they refer to images of the first wave. */
  BUNDLES,
  /** Catalogs: they refer to bundles. */
  CATALOGS,
  /** Cosign signatures of all of them. */
  SIGNATURES
}
