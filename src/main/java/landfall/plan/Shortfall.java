package landfall.plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import landfall.failure.Code;
import landfall.failure.Held;
import landfall.failure.Rejected;
import landfall.failure.Waiting;
import landfall.image.Digest;
import landfall.open.Opened;
import landfall.plan.candidate.Candidate;
import landfall.plan.candidate.Claim;
import landfall.plan.content.Gap;

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
    List<String> evidence =
        evidence(
            Stream.of(tags, lost.values(), shippedEarlier.values())
                .flatMap(lines -> lines.stream()));
    String what = pieces() + " of " + incomplete.size() + " images are not in this archive";
    if (tags.isEmpty() && lost.isEmpty()) {
      throw new Held(
          Code.BLOB_MISSING,
          what + "; an earlier archive of the same workspace carried them: " + evidence.get(0),
          evidence);
    }
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
