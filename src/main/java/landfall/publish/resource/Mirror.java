package landfall.publish.resource;

import java.util.Comparator;

/**
 * One way from an origin to the target.
 *
 * @param kind the way an image is asked for
 * @param source a registry, namespace or repository
 * @param mirror the same of the target, {@code host[:port]} included
 */
public record Mirror(MirrorSetKind kind, Category category, String source, String mirror)
    implements Comparable<Mirror> {
  private static final Comparator<Mirror> ORDER =
      Comparator.comparing(Mirror::kind)
          .thenComparing(Mirror::category)
          .thenComparing(Mirror::source)
          .thenComparing(Mirror::mirror);

  @Override
  public int compareTo(Mirror other) {
    return ORDER.compare(this, other);
  }
}
