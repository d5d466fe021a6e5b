package landfall.push;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import landfall.archive.Piece;
import landfall.failure.Failure;
import landfall.image.Digest;
import landfall.ledger.Work;
import landfall.open.Opened;
import landfall.plan.Plan;
import landfall.plan.Planned;
import landfall.plan.PlannedImage;
import landfall.plan.Wave;
import landfall.plan.candidate.Destination;
import landfall.registry.Registry;
import landfall.registry.Registry.Traffic;

/**
 * One delivery while its images are pushed: what they share, and whether they should stop.
 *
 * <p>Images are pushed side by side. When one of them finds the environment or the archive at
 * fault, those not begun yet are left alone, and the wave ends with that fault.
 */
public final class Push implements Work {
  private final Opened opened;
  private final Plan plan;
  private final Registry registry;
  private final KnownBlobs blobs;
  private final Traffic before;
  private final Trust trust;
  private final Function<Digest, Optional<Piece>> kept;
  private final Lanes lanes;
  private final Set<Destination> failed = ConcurrentHashMap.newKeySet();
  private final Set<Destination> settled = ConcurrentHashMap.newKeySet();
  private final Rejections rejections = new Rejections();
  private final List<Failure> faults = new CopyOnWriteArrayList<>();

  /**
   * @param trust what is believed, and what is not
   * @param kept where kept archives hold what the archive lacks
   * @param lanes what may go side by side
   */
  Push(
      Planned planned,
      Registry registry,
      KnownBlobs blobs,
      Trust trust,
      Function<Digest, Optional<Piece>> kept,
      Lanes lanes) {
    this.opened = planned.opened();
    this.plan = planned.plan();
    this.registry = registry;
    this.before = registry.traffic();
    this.blobs = blobs;
    this.trust = trust;
    this.kept = kept;
    this.lanes = lanes;
  }

  @Override
  public String archive() {
    return plan.archive();
  }

  @Override
  public List<String> targets() {
    return List.of(plan.target().name());
  }

  public String target() {
    return plan.target().name();
  }

  /** The waves, to be pushed one after the other. */
  public List<PushWave> waves() {
    return plan.waves().stream().map(wave -> new PushWave(this, wave)).toList();
  }

  public Opened opened() {
    return opened;
  }

  public Plan plan() {
    return plan;
  }

  Registry registry() {
    return registry;
  }

  /** What this delivery took so far; at one target there is one delivery at a time. */
  Traffic traffic() {
    Traffic now = registry.traffic();
    return new Traffic(now.requests() - before.requests(), now.blobBytes() - before.blobBytes());
  }

  KnownBlobs blobs() {
    return blobs;
  }

  Lanes lanes() {
    return lanes;
  }

  /** Where a kept archive holds what the archive lacks. */
  Optional<Piece> kept(Digest digest) {
    return kept.apply(digest);
  }

  /** Whether an earlier try of this delivery has read the image back already. */
  boolean deliveredBefore(PlannedImage image) {
    return trust.delivered().contains(image.destination() + "@" + image.digest());
  }

  TagPolicy tags() {
    return trust.tags();
  }

  Pusher.Rules rules() {
    return trust.rules();
  }

  void fail(PlannedImage image) {
    failed.add(image.destination());
  }

  /** What became of the image is in the ledger. */
  void settle(PlannedImage image) {
    settled.add(image.destination());
  }

  boolean isSettled(PlannedImage image) {
    return settled.contains(image.destination());
  }

  /** What the image needs and did not get through. */
  Optional<Destination> missingNeed(PlannedImage image) {
    return image.needs().stream().filter(failed::contains).findFirst();
  }

  Rejections rejections() {
    return rejections;
  }

  /** The first fault counts; later ones are its echo. */
  void stop(Failure why) {
    faults.add(why);
  }

  Optional<Failure> stopped() {
    return faults.stream().findFirst();
  }

  /**
   * What is believed of a registry during one delivery.
   *
   * @param rules what the operator wants of every delivery
   * @param delivered images that an earlier try has read back
   */
  record Trust(Pusher.Rules rules, TagPolicy tags, Set<String> delivered) {
    Trust {
      delivered = Set.copyOf(delivered);
    }
  }

  /** Images that may be pushed side by side. */
  public record PushWave(Push push, Wave wave) implements Work {
    @Override
    public String archive() {
      return push.archive();
    }

    @Override
    public List<String> targets() {
      return push.targets();
    }

    /** Its images, each with the delivery it belongs to. */
    public List<Shipment> images() {
      return wave.images().stream().map(image -> new Shipment(push, image)).toList();
    }
  }

  /** One image on its way. */
  public record Shipment(Push push, PlannedImage image) implements Work {
    @Override
    public String archive() {
      return push.archive();
    }

    @Override
    public List<String> targets() {
      return push.targets();
    }

    @Override
    public String toString() {
      return image.destination().toString();
    }
  }
}
