package landfall.ledger;

import java.util.List;
import java.util.Optional;
import landfall.image.Digest;

/**
 * One image of a delivery and what became of it.
 *
 * @param destination {@code repository:tag} below the registry, prefix included
 * @param origins what asked for it; several when different references mean the same image
 * @param digest empty when it never came to a manifest
 * @param moved bytes of its blobs by the way they took
 */
public record ImageRow(
    String archive,
    String target,
    String destination,
    List<Origin> origins,
    Optional<Digest> digest,
    Fate fate,
    Optional<Reason> reason,
    Moved moved) {
  public ImageRow {
    origins = List.copyOf(origins);
  }

  /** The receipt's word for what it is for, such as {@code additional}. */
  public String type() {
    return origins.get(0).type();
  }

  /** The reference as the sender wrote it; the first one where there are several. */
  public String origin() {
    return origins.get(0).reference();
  }

  /**
   * What an image was called at its source.
   *
   * @param type the receipt's word, such as {@code additional}
   */
  public record Origin(String type, String reference) {}

  /** What became of an image, in the receipt's words. */
  public enum Fate {
    PUSHED("pushed"),
    ALREADY_THERE("alreadyThere"),
    DEAD_LETTERED("deadLettered"),
    HELD_BACK("heldBack"),
    /** Left alone, for its tag has moved on since; a receipt does not count it. */
    SUPERSEDED("superseded");

    private final String word;

    Fate(String word) {
      this.word = word;
    }

    /** The receipt's word. */
    public String word() {
      return word;
    }

    public boolean delivered() {
      return this == PUSHED || this == ALREADY_THERE;
    }

    public boolean failed() {
      return this == DEAD_LETTERED || this == HELD_BACK;
    }

    /**
     * The fate of that word.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static Fate ofWord(String word) {
      for (Fate fate : values()) {
        if (fate.word.equals(word)) {
          return fate;
        }
      }
      throw new IllegalArgumentException("no fate of an image: " + word);
    }
  }

  /** Bytes of blobs that were sent, mounted from another repository, or found there. */
  public record Moved(long sent, long mounted, long alreadyThere) {
    public static final Moved NOTHING = new Moved(0, 0, 0);

    public Moved plus(Moved other) {
      return new Moved(
          sent + other.sent, mounted + other.mounted, alreadyThere + other.alreadyThere);
    }
  }
}
