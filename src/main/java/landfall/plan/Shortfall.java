package landfall.plan;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import landfall.archive.Census;
import landfall.failure.Code;
import landfall.failure.Failure;
import landfall.failure.Held;
import landfall.failure.Rejected;
import landfall.failure.Waiting;
import landfall.image.Digest;
import landfall.open.History;
import landfall.open.Opened;
import landfall.plan.IncompleteImage.Piece;
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
  private final List<Candidate> tagless = new ArrayList<>();
  private final Map<Digest, String> lost = new LinkedHashMap<>();
  private final Map<Digest, String> shippedEarlier = new LinkedHashMap<>();
  private final Map<Claim, IncompleteImage> incomplete = new LinkedHashMap<>();

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

  void lacksTag(Candidate candidate) {
    Claim claim = candidate.claim();
    tagless.add(candidate);
    Piece tag = new Piece(Optional.empty(), "tag", false);
    incomplete.put(claim, new IncompleteImage(candidate, Optional.empty(), List.of(tag)));
  }

  void lacks(Candidate candidate, Digest digest, List<Gap> gaps) {
    List<Piece> pieces = new ArrayList<>();
    Claim claim = candidate.claim();
    for (Gap gap : gaps) {
      boolean earlier = opened.history().contains(gap.digest());
      pieces.add(new Piece(Optional.of(gap.digest()), gap.kind(), earlier));
      (earlier ? shippedEarlier : lost)
          .putIfAbsent(
              gap.digest(),
              gap.digest()
                  + " "
                  + gap.kind()
                  + " of "
                  + claim.origin()
                  + " ("
                  + claim.source()
                  + ")");
    }
    if (!pieces.isEmpty()) {
      incomplete.put(claim, new IncompleteImage(candidate, Optional.of(digest), pieces));
    }
  }

  /** The images without any tag; they are no obstacle any more. */
  List<Candidate> forgotten() {
    List<Candidate> forgotten = List.copyOf(tagless);
    forgotten.forEach(candidate -> incomplete.remove(candidate.claim()));
    tagless.clear();
    return forgotten;
  }

  /** The images that are not all there. */
  List<IncompleteImage> incomplete() {
    return List.copyOf(incomplete.values());
  }

  /** What weighs most, if anything. */
  Optional<Failure> obstacle() {
    if (!damage.isEmpty()) {
      return Optional.of(told(damage));
    }
    if (!collisions.isEmpty()) {
      return Optional.of(
          new Rejected(
              Code.NAME_COLLISION,
              "Different images go to one place: " + collisions.get(0),
              evidence(collisions.stream())));
    }
    return incomplete.isEmpty() ? Optional.empty() : Optional.of(missing());
  }

  private Failure missing() {
    String what = pieces() + " of " + incomplete.size() + " images are not in this archive";
    if (tagless.isEmpty() && lost.isEmpty()) {
      return held(what);
    }
    List<String> evidence =
        evidence(
            Stream.of(tags(), lost.values(), shippedEarlier.values())
                .flatMap(lines -> lines.stream()));
    if (opened.arrival().chunked()) {
      return chunk(what, evidence);
    }
    return new Rejected(
        Code.BLOB_MISSING,
        what + " and no earlier archive carried all of them: " + evidence.get(0),
        evidence);
  }

  /** One run's links come before its blobs, so all that came of it is linked. */
  private Failure chunk(String what, List<String> evidence) {
    Census census = opened.contents().census();
    if (census.tags() > 0 && census.unlinked() > 0) {
      return new Rejected(
          Code.CHUNK_MIXED,
          what
              + ", but "
              + census.unlinked()
              + " blobs that no image of it has; expected the chunks of one run of oc-mirror: "
              + evidence.get(0),
          evidence);
    }
    return new Waiting(
        Code.CHUNK_MISSING,
        what + "; a chunk that has not come yet may hold them: " + evidence.get(0),
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

  private List<String> tags() {
    return tagless.stream()
        .map(Candidate::claim)
        .map(claim -> "image " + claim.origin() + ": the archive has no tag " + claim.source())
        .toList();
  }

  private String pieces() {
    return (lost.size() + shippedEarlier.size()) + " pieces and " + tagless.size() + " tags";
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
