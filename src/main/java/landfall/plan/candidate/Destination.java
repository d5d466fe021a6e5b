package landfall.plan.candidate;

import java.util.Comparator;
import landfall.image.RepositoryName;
import landfall.image.Tag;

/** Where an image goes in the target registry, the target's prefix included. */
public record Destination(RepositoryName repository, Tag tag) implements Comparable<Destination> {
  private static final Comparator<Destination> ORDER =
      Comparator.comparing(Destination::repository).thenComparing(Destination::tag);

  /** From {@code repository:tag}, as {@link #toString} writes it. */
  public static Destination parse(String text) {
    int colon = text.lastIndexOf(':');
    return new Destination(
        new RepositoryName(text.substring(0, colon)), new Tag(text.substring(colon + 1)));
  }

  @Override
  public int compareTo(Destination other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return repository + ":" + tag;
  }
}
