package landfall.plan;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import landfall.failure.Code;
import landfall.failure.Held;
import landfall.failure.Rejected;
import landfall.failure.Waiting;
import landfall.image.Digest;
import landfall.open.History;
import landfall.open.Opened;
import landfall.plan.candidate.Candidate;
import landfall.plan.candidate.Claim;
import landfall.plan.content.Gap;
import org.jspecify.annotations.Nullable;

/** Everything that keeps a plan from being made, gathered over all images and told at once. */
final class Shortfall {
  private static final int MOST_EVIDENCE = 1000;

  private final Opened opened;
  private final List<Rejected> damage = new ArrayList<>();
  private final List<String> collisions = new ArrayList<>();
  private final List<String> tags = new ArrayList<>();
  private final Map<Digest, String> lost = new LinkedHashMap<>();
  private final Map<Digest, String> shippedEarlier = new LinkedHashMap<>();
  private final Set<Claim> incomplete = new HashSet<>();

  Shortfall(Opened opened) {
    this.opened = opened;
  }

  /** Takes note of damage; where the medium changes under our hands nothing else counts. */
  void damaged(Rejected found) {
    if (found.code() == Code.CHANGED_DURING_READ) {
      throw found;
    }
    damage.add(found);
  }

  void collided(PlannedImage first, Candidate second, Digest digest) {
    collisions.add(
        first.destination()
            + ": "
            + first.origin()
            + " is "
            + first.digest()
            + ", "
            + second.claim().origin()
            + " is "
            + digest);
  }

  void lacksTag(Claim claim) {
    incomplete.add(claim);
    tags.add("image " + claim.origin() + ": the archive has no tag " + claim.source());
  }

  void lacks(Claim claim, List<Gap> gaps) {
    for (Gap gap : gaps) {
      incomplete.add(claim);
      Map<Digest, String> known = opened.history().contains(gap.digest()) ? shippedEarlier : lost;
      known.putIfAbsent(
          gap.digest(),
          gap.digest() + " " + gap.kind() + " of " + claim.origin() + " (" + claim.source() + ")");
    }
  }

  /** Throws what weighs most, if anything. */
  void raise() {
    if (!damage.isEmpty()) {
      throw told(damage);
    }
    if (!collisions.isEmpty()) {
      throw new Rejected(
          Code.NAME_COLLISION,
          "Different images go to one place: " + collisions.get(0),
          evidence(collisions.stream()));
    }
    if (!incomplete.isEmpty()) {
      raiseMissing();
    }
  }

  private void raiseMissing() {
    String what = pieces() + " of " + incomplete.size() + " images are not in this archive";
    if (tags.isEmpty() && lost.isEmpty()) {
      throw held(what);
    }
    List<String> evidence =
        evidence(
            Stream.of(tags, lost.values(), shippedEarlier.values())
                .flatMap(lines -> lines.stream()));
    if (opened.arrival().chunked()) {
      throw new Waiting(
          Code.CHUNK_MISSING,
          what + "; a chunk that has not come yet may hold them: " + evidence.get(0),
          evidence);
    }
    throw new Rejected(
        Code.BLOB_MISSING,
        what + " and no earlier archive carried all of them: " + evidence.get(0),
        evidence);
  }

  /** Says which archives brought what is missing: their dates are all that is known of them. */
  private Held held(String what) {
    Map<Digest, Instant> carried = History.carried(opened, shippedEarlier.keySet());
    List<String> evidence =
        evidence(
            shippedEarlier.entrySet().stream()
                .map(entry -> entry.getValue() + written(carried.get(entry.getKey()))));
    TreeSet<Instant> dates = new TreeSet<>(carried.values());
    String advice =
        dates.isEmpty()
            ? "carry the archive that brought them"
            : "carry the archive written at or before "
                + dates.last()
                + (dates.size() == 1
                    ? ""
                    : ", and " + (dates.size() - 1) + " older ones back to " + dates.first());
    return new Held(
        Code.BLOB_MISSING,
        what
            + "; earlier archives of the same workspace carried them: "
            + advice
            + ". The first: "
            + evidence.get(0),
        evidence);
  }

  private static String written(@Nullable Instant date) {
    return date == null ? "" : ", carried by the archive written at " + date;
  }

  private String pieces() {
    return (lost.size() + shippedEarlier.size()) + " pieces and " + tags.size() + " tags";
  }

  private static Rejected told(List<Rejected> damage) {
    Rejected first = damage.get(0);
    if (damage.size() == 1) {
      return first;
    }
    return new Rejected(
        first.code(),
        damage.size() + " images are damaged, the first: " + first.sentence(),
        evidence(damage.stream().map(one -> one.code() + ": " + one.sentence())));
  }

  private static List<String> evidence(Stream<String> lines) {
    List<String> all = lines.toList();
    if (all.size() <= MOST_EVIDENCE) {
      return all;
    }
    List<String> kept = new ArrayList<>(all.subList(0, MOST_EVIDENCE - 1));
    kept.add("… and " + (all.size() - kept.size()) + " more");
    return kept;
  }
}
