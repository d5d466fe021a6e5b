package landfall.push;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import landfall.failure.Code;
import landfall.failure.Failure;
import landfall.failure.Parked;
import landfall.image.Descriptor;
import landfall.image.Digest;
import landfall.image.RepositoryName;
import landfall.ledger.ImageRow;
import landfall.ledger.ImageRow.Fate;
import landfall.ledger.ImageRow.Moved;
import landfall.ledger.ImageRow.Origin;
import landfall.ledger.Images;
import landfall.ledger.Ledger;
import landfall.ledger.Reason;
import landfall.plan.Plan;
import landfall.plan.Planned;
import landfall.plan.PlannedImage;
import landfall.push.Push.PushWave;
import landfall.push.Push.Shipment;
import landfall.registry.Registry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Pushes the images of a plan and writes down what became of each. */
public final class Pusher {
  private static final Logger LOG = LoggerFactory.getLogger(Pusher.class);

  private final Ledger ledger;
  private final Map<String, Registry> registries;
  private final KeptArchives kept;

  public Pusher(Ledger ledger, Map<String, Registry> registries, KeptArchives kept) {
    this.ledger = ledger;
    this.registries = Map.copyOf(registries);
    this.kept = kept;
  }

  /** Begins a delivery; what an earlier try has delivered is only looked at again. */
  public Push begin(Planned planned) {
    Plan plan = planned.plan();
    String target = plan.target().name();
    Registry registry = registries.get(target);
    if (registry == null) {
      throw new Parked(
          Code.REGISTRY_MISCONFIGURED, "target " + target + " is not configured any more");
    }
    Refusals refusals = Refusals.of(plan);
    ledger
        .deliveries()
        .planned(plan.archive(), target, plan.images() + refusals.rows().size(), bytes(plan));
    plan.warnings().forEach(warning -> LOG.warn("{}: {}", plan.archive(), warning));
    new Papers(ledger).keep(plan);
    Images images = ledger.images();
    images.forgetFailures(plan.archive(), target);
    refusals.rows().forEach(images::record);
    Set<String> delivered = delivered(plan);
    return new Push(
        planned, registry, lenders(plan, delivered), delivered, kept.lookup(planned.opened()));
  }

  private static KnownBlobs lenders(Plan plan, Set<String> delivered) {
    KnownBlobs blobs = new KnownBlobs();
    plan.stream()
        .filter(image -> delivered.contains(image.destination() + "@" + image.digest()))
        .forEach(
            image ->
                image
                    .content()
                    .blobs()
                    .forEach(
                        part ->
                            blobs.remember(
                                image.destination().repository(), part.descriptor().digest())));
    return blobs;
  }

  /** Pushes one image: blobs, then manifests, then the tag. */
  public void push(Shipment shipment) {
    Push push = shipment.push();
    PlannedImage image = shipment.image();
    if (push.stopped().isPresent()) {
      return;
    }
    Optional<String> need = push.missingNeed(image).map(Object::toString);
    if (need.isPresent()) {
      fail(shipment, Fate.HELD_BACK, heldBack(image, need.get()));
      return;
    }
    Delivered delivered = new ImagePush(push, image).run();
    Fate fate = delivered.somethingNew() ? Fate.PUSHED : Fate.ALREADY_THERE;
    record(shipment, row(shipment, fate, Optional.empty(), delivered.moved()));
  }

  /** An image is tried again after something that had no name; who looks later shall see it. */
  public void retried(Shipment shipment, Throwable why) {
    ledger.events().add(shipment.archive(), "landfall", "TRIED_AGAIN", shipment + ": " + why);
  }

  /** Dead-letters one image; its siblings go on. */
  public void bury(Shipment shipment, Throwable why) {
    Reason reason =
        why instanceof Failure failure
            ? Reason.of(failure)
            : new Reason(
                Code.RETRIES_EXHAUSTED,
                shipment + " failed again and again: " + why,
                Code.RETRIES_EXHAUSTED.next(),
                List.of());
    fail(shipment, Fate.DEAD_LETTERED, reason);
  }

  /** Stops the delivery for a fault that is not this image's own. */
  public void stop(Shipment shipment, Failure why) {
    shipment.push().stop(why);
  }

  /** Stops the delivery because the ledger did not take what became of the image. */
  public void storageFailed(Shipment shipment, Exception why) {
    shipment.push().stop(ledger.fault(why));
  }

  /**
   * Ends a wave: with the fault that stopped it, if one did. Nothing is published while the ledger
   * does not know what became of an image.
   */
  public void endWave(PushWave wave) {
    wave.push()
        .stopped()
        .ifPresent(
            failure -> {
              throw failure;
            });
    wave.wave().images().stream()
        .filter(image -> !wave.push().isSettled(image))
        .findFirst()
        .ifPresent(
            image -> {
              throw ledger.fault(
                  new IllegalStateException(
                      "what became of " + image.destination() + " was not written down"));
            });
  }

  /**
   * Looks once more at every tag before anything is published: a registry that was away meanwhile
   * may have lost what it had.
   */
  public void confirm(Push push) {
    LOG.info("{}: {} is {}", push.archive(), push.target(), push.registry().personality().title());
    Set<String> delivered = delivered(push.plan());
    List<String> lost =
        push.plan().stream()
            .filter(image -> delivered.contains(image.destination() + "@" + image.digest()))
            .filter(image -> !isTagged(push.registry(), image))
            .map(image -> image.destination().toString())
            .toList();
    if (!lost.isEmpty()) {
      throw new Parked(
          Code.REGISTRY_INCONSISTENT,
          push.plan().target().address()
              + " has lost "
              + lost.size()
              + " images since they were pushed: "
              + lost.get(0)
              + (lost.size() > 1 ? " and others" : ""),
          lost);
    }
  }

  private static boolean isTagged(Registry registry, PlannedImage image) {
    return registry
        .tagged(image.destination().repository(), image.destination().tag())
        .filter(image.digest()::equals)
        .isPresent();
  }

  private void fail(Shipment shipment, Fate fate, Reason reason) {
    shipment.push().fail(shipment.image());
    record(shipment, row(shipment, fate, Optional.of(reason), Moved.NOTHING));
  }

  private void record(Shipment shipment, ImageRow row) {
    ledger.images().record(row);
    shipment.push().settle(shipment.image());
  }

  private static Reason heldBack(PlannedImage image, String need) {
    return new Reason(
        Code.DEPENDENCY_FAILED,
        image.destination() + " was held back because " + need + ", which it needs, failed",
        Code.DEPENDENCY_FAILED.next(),
        List.of());
  }

  private Set<String> delivered(Plan plan) {
    return ledger.images().of(plan.archive(), plan.target().name()).stream()
        .filter(row -> row.fate().delivered())
        .map(row -> row.destination() + "@" + row.digest().map(Digest::toString).orElse(""))
        .collect(Collectors.toSet());
  }

  /** Bytes of blobs, each counted once in every repository it belongs to. */
  private static long bytes(Plan plan) {
    Set<Place> counted = new HashSet<>();
    return plan.stream()
        .flatMap(
            image ->
                image.content().blobs().stream()
                    .map(part -> new Place(image.destination().repository(), part.descriptor())))
        .filter(counted::add)
        .mapToLong(place -> place.blob().size())
        .sum();
  }

  private static ImageRow row(Shipment shipment, Fate fate, Optional<Reason> reason, Moved moved) {
    PlannedImage image = shipment.image();
    return new ImageRow(
        shipment.archive(),
        shipment.push().target(),
        image.destination().toString(),
        image.claims().stream()
            .map(claim -> new Origin(claim.type().word(), claim.origin()))
            .toList(),
        Optional.of(image.digest()),
        fate,
        reason,
        moved);
  }

  /** A blob in a repository. */
  private record Place(RepositoryName repository, Descriptor blob) {}
}
