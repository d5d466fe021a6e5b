package landfall.plan;

import java.util.Comparator;
import landfall.image.RepositoryName;
import landfall.image.Tag;

/** Where an image goes in the target registry, the target's prefix included. */
public record Destination(RepositoryName repository, Tag tag) implements Comparable<Destination> {
  private static final Comparator<Destination> ORDER =
      Comparator.comparing(Destination::repository).thenComparing(Destination::tag);

  @Override
  public int compareTo(Destination other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return repository + ":" + tag;
  }
}
