package landfall.plan;

import java.util.Locale;

/** What an image is for; it decides the order of copying, the wave and the mirror set. */
public enum ImageType {
  RELEASE(2, Wave.Kind.BUNDLES),
  COMPONENT(1, Wave.Kind.CONTENT),
  GRAPH(3, Wave.Kind.CONTENT),
  CATALOG(8, Wave.Kind.CATALOGS),
  BUNDLE(7, Wave.Kind.BUNDLES),
  RELATED(4, Wave.Kind.CONTENT),
  ADDITIONAL(5, Wave.Kind.CONTENT),
  HELM(6, Wave.Kind.CONTENT),
  SIGNATURE(9, Wave.Kind.SIGNATURES);

  private final int copyOrder;
  private final Wave.Kind wave;

  ImageType(int copyOrder, Wave.Kind wave) {
    this.copyOrder = copyOrder;
    this.wave = wave;
  }

  /** Where oc-mirror's own order of copying puts it; the smallest comes first. */
  public int copyOrder() {
    return copyOrder;
  }

  /** The wave it is pushed in. */
  public Wave.Kind wave() {
    return wave;
  }

  /** How receipts call it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
