package landfall.push;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import landfall.failure.Code;
import landfall.failure.ImageRefused;
import landfall.failure.Rejected;
import landfall.image.Digest;
import landfall.ledger.ArchiveRow;
import landfall.ledger.Ledger;
import landfall.ledger.Reason;
import landfall.ledger.Tags.Tagged;
import landfall.plan.Plan;
import landfall.plan.Planned;
import landfall.plan.PlannedImage;
import landfall.registry.Registry;

/**
 * Decides what becomes of tags that point to something else than the archive brings.
 *
 * <p>A tag that this ledger brought to where it points is its own: it moves on with what is new,
 * but back to what it has moved on from only when a reviewer says so. Everybody else's follows the
 * setting. The same bytes once more ask for nothing: what has moved on from them is left.
 */
final class TagPolicy {
  private static final int MOST_EVIDENCE = 1000;

  private final Plan plan;
  private final TagConflict conflict;
  private final Set<Code> released;
  private final Set<String> sameBytes;
  private final Map<String, List<Tagged>> history;

  private TagPolicy(
      Planned planned,
      TagConflict conflict,
      Set<String> sameBytes,
      Map<String, List<Tagged>> history) {
    this.plan = planned.plan();
    this.conflict = conflict;
    this.released = planned.opened().arrival().released();
    this.sameBytes = Set.copyOf(sameBytes);
    this.history = Map.copyOf(history);
  }

  static TagPolicy of(Planned planned, TagConflict conflict, Ledger ledger) {
    Plan plan = planned.plan();
    Set<String> destinations =
        plan.stream().map(image -> image.destination().toString()).collect(Collectors.toSet());
    Map<String, List<Tagged>> history =
        ledger.tags().of(plan.target().registry(), destinations).stream()
            .collect(Collectors.groupingBy(Tagged::destination));
    Stream<String> twins =
        ledger.archives().byId(plan.archive()).flatMap(ArchiveRow::identity).stream()
            .flatMap(bytes -> ledger.archives().twins(plan.archive(), bytes).stream())
            .map(ArchiveRow::id);
    Set<String> same = Stream.concat(Stream.of(plan.archive()), twins).collect(Collectors.toSet());
    return new TagPolicy(planned, conflict, same, history);
  }

  /** What a tag that points elsewhere means. */
  private enum Ruling {
    /** It may be moved. */
    MOVES,
    /** It is somebody else's. */
    CONFLICT,
    /** It has moved on from what these very bytes brought. */
    LEFT,
    /** It has moved on from what other bytes brought before. */
    ROLLBACK
  }

  /**
   * Asks, before anything is pushed, for the tags that the whole archive may have to wait for.
   *
   * @throws Rejected ROLLBACK_SUSPECTED, or TAG_CONFLICT where that is the setting
   */
  void look(Registry registry) {
    List<String> rollbacks = new ArrayList<>();
    List<String> conflicts = new ArrayList<>();
    plan.stream()
        .filter(this::isWorthAsking)
        .forEach(
            image ->
                now(registry, image)
                    .filter(now -> !now.equals(image.digest()))
                    .ifPresent(now -> sort(image, now, rollbacks, conflicts)));
    if (!rollbacks.isEmpty()) {
      throw rejected(Code.ROLLBACK_SUSPECTED, rollbacks);
    }
    if (!conflicts.isEmpty()) {
      throw rejected(Code.TAG_CONFLICT, conflicts);
    }
  }

  /** The ledger knows which tags could be moved back; of the others it knows nothing. */
  private boolean isWorthAsking(PlannedImage image) {
    boolean conflicts = conflict == TagConflict.QUARANTINE;
    return conflicts
        || of(image).stream().anyMatch(tagged -> rule(image, tagged.digest()) == Ruling.ROLLBACK);
  }

  /** Where the registry does not say, the image finds out why, and is alone with it. */
  private static Optional<Digest> now(Registry registry, PlannedImage image) {
    try {
      return registry.tagged(image.destination().repository(), image.destination().tag());
    } catch (ImageRefused unknown) {
      return Optional.empty();
    }
  }

  private void sort(
      PlannedImage image, Digest now, List<String> rollbacks, List<String> conflicts) {
    Ruling ruling = rule(image, now);
    if (ruling == Ruling.ROLLBACK) {
      rollbacks.add(sentence(image, now));
    }
    if (ruling == Ruling.CONFLICT && conflict == TagConflict.QUARANTINE) {
      conflicts.add(sentence(image, now));
    }
  }

  /**
   * Whether the tag of an image stays where it points, and why; else it may be moved.
   *
   * @param now what it points to, which is not the image
   * @throws ImageRefused TAG_CONFLICT
   * @throws Rejected when it has come to point there since {@link #look}
   */
  Optional<Reason> leaves(PlannedImage image, Digest now) {
    return switch (rule(image, now)) {
      case LEFT -> Optional.of(left(image, now));
      case ROLLBACK -> throw rejected(Code.ROLLBACK_SUSPECTED, List.of(sentence(image, now)));
      case CONFLICT -> {
        refuse(image, now);
        yield Optional.empty();
      }
      case MOVES -> Optional.empty();
    };
  }

  private void refuse(PlannedImage image, Digest now) {
    String sentence = sentence(image, now);
    if (conflict == TagConflict.REFUSE) {
      throw new ImageRefused(
          Code.TAG_CONFLICT, sentence, "found: " + now, "expected: " + image.digest());
    }
    if (conflict == TagConflict.QUARANTINE) {
      throw rejected(Code.TAG_CONFLICT, List.of(sentence));
    }
  }

  private Ruling rule(PlannedImage image, Digest now) {
    List<Tagged> all = of(image);
    int there = last(all, now);
    int wanted = last(all, image.digest());
    if (there < 0) {
      return released.contains(Code.TAG_CONFLICT) ? Ruling.MOVES : Ruling.CONFLICT;
    }
    if (wanted < 0 || wanted >= there) {
      return Ruling.MOVES;
    }
    boolean same =
        all.stream()
            .anyMatch(
                tagged ->
                    tagged.digest().equals(image.digest()) && sameBytes.contains(tagged.archive()));
    if (same) {
      return Ruling.LEFT;
    }
    return released.contains(Code.ROLLBACK_SUSPECTED) ? Ruling.MOVES : Ruling.ROLLBACK;
  }

  private List<Tagged> of(PlannedImage image) {
    return history.getOrDefault(image.destination().toString(), List.of());
  }

  private static int last(List<Tagged> all, Digest digest) {
    for (int number = all.size() - 1; number >= 0; number--) {
      if (all.get(number).digest().equals(digest)) {
        return number;
      }
    }
    return -1;
  }

  private Reason left(PlannedImage image, Digest now) {
    return new Reason(
        Code.ROLLBACK_SUSPECTED,
        sentence(image, now) + "; the tag is left as it is",
        "Nothing; where the older content is wanted, remove the tag from the registry and drop the"
            + " archive again.",
        List.of());
  }

  private String sentence(PlannedImage image, Digest now) {
    return image.destination()
        + " points to "
        + now
        + by(image, now)
        + ", this archive has "
        + image.digest()
        + by(image, image.digest())
        + " for it";
  }

  private String by(PlannedImage image, Digest digest) {
    List<Tagged> all = of(image);
    int last = last(all, digest);
    return last < 0
        ? ", which Landfall did not deliver there"
        : ", which " + all.get(last).archive() + " delivered";
  }

  private Rejected rejected(Code code, List<String> tags) {
    String what =
        code == Code.ROLLBACK_SUSPECTED
            ? " tags would be moved back to what they have moved on from: "
            : " tags are somebody else's: ";
    List<String> evidence =
        tags.size() > MOST_EVIDENCE ? tags.subList(0, MOST_EVIDENCE) : List.copyOf(tags);
    return new Rejected(
        code, plan.target().address() + ": " + tags.size() + what + tags.get(0), evidence);
  }
}
