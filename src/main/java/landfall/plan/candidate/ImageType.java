package landfall.plan.candidate;

import java.util.Locale;

/** What an image is for; it decides the order of copying, the wave and the mirror set. */
public enum ImageType {
  RELEASE(2, WaveKind.BUNDLES),
  COMPONENT(1, WaveKind.CONTENT),
  GRAPH(3, WaveKind.CONTENT),
  CATALOG(8, WaveKind.CATALOGS),
  BUNDLE(7, WaveKind.BUNDLES),
  RELATED(4, WaveKind.CONTENT),
  ADDITIONAL(5, WaveKind.CONTENT),
  HELM(6, WaveKind.CONTENT),
  SIGNATURE(9, WaveKind.SIGNATURES);

  private final int copyOrder;
  private final WaveKind wave;

  ImageType(int copyOrder, WaveKind wave) {
    this.copyOrder = copyOrder;
    this.wave = wave;
  }

  /** Where oc-mirror's own order of copying puts it; the smallest comes first. */
  public int copyOrder() {
    return copyOrder;
  }

  /** The wave it is pushed in. */
  public WaveKind wave() {
    return wave;
  }

  /** How receipts call it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
