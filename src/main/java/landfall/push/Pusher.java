package landfall.push;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import landfall.failure.Code;
import landfall.failure.Failure;
import landfall.failure.ImageRefused;
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
import landfall.ledger.State;
import landfall.plan.Plan;
import landfall.plan.Planned;
import landfall.plan.PlannedImage;
import landfall.push.Push.PushWave;
import landfall.push.Push.Shipment;
import landfall.push.Push.Trust;
import landfall.registry.Registry;
import landfall.registry.Registry.Traffic;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Pushes the images of a plan and writes down what became of each. */
public final class Pusher {
  private static final Logger LOG = LoggerFactory.getLogger(Pusher.class);

  private final Ledger ledger;
  private final Map<String, Registry> registries;
  private final Concurrency concurrency;
  private final KeptArchives kept;
  private final Rules rules;
  private final ExecutorService helpers = Executors.newCachedThreadPool(Pusher::helper);

  public Pusher(
      Ledger ledger,
      Map<String, Registry> registries,
      Concurrency concurrency,
      KeptArchives kept,
      Rules rules) {
    this.ledger = ledger;
    this.registries = Map.copyOf(registries);
    this.concurrency = concurrency;
    this.kept = kept;
    this.rules = rules;
  }

  /**
   * What an operator wants of every delivery.
   *
   * @param progress told of every piece that is read back from a registry
   */
  public record Rules(TagConflict tagConflict, ReadBack readBack, LongConsumer progress) {
    /** As where nothing is set. */
    public static final Rules STANDARD =
        new Rules(TagConflict.OVERWRITE, ReadBack.MANIFESTS, bytes -> {});
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
    TagPolicy tags = TagPolicy.of(planned, rules.tagConflict(), ledger);
    tags.look(registry);
    Refusals refusals = Refusals.of(plan);
    boolean first = isFirstTry(plan);
    ledger
        .deliveries()
        .planned(plan.archive(), target, plan.images() + refusals.rows().size(), bytes(plan));
    plan.warnings().forEach(warning -> LOG.warn("{}: {}", plan.archive(), warning));
    new Papers(ledger).keep(plan);
    Images images = ledger.images();
    images.forgetFailures(plan.archive(), target);
    refusals.rows().forEach(images::record);
    Set<String> delivered = delivered(plan);
    KnownBlobs blobs = new KnownBlobs(repository -> first && registry.isNew(repository));
    blobs.lend(plan, delivered);
    return new Push(
        planned,
        registry,
        blobs,
        new Trust(rules, tags, delivered),
        kept.lookup(planned.opened()),
        new Lanes(() -> concurrency.limit(target), plan.target().limits().blobs(), helpers));
  }

  /**
   * A try that did not come to its end, of this delivery or of another to the same target, may have
   * left blobs in a repository that has no tag yet.
   */
  private boolean isFirstTry(Plan plan) {
    return Arrays.stream(State.values())
        .filter(state -> !state.ended())
        .flatMap(state -> ledger.deliveries().in(state).stream())
        .filter(row -> row.target().equals(plan.target().name()))
        .allMatch(row -> row.images() == 0);
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
    record(shipment, push.lanes().forImage(new ImagePush(push, image)::run));
  }

  /** An image is tried again after something that had no name; who looks later shall see it. */
  public void retried(Shipment shipment, Throwable why) {
    ledger.events().add(shipment.archive(), "landfall", "TRIED_AGAIN", shipment + ": " + why);
  }

  /**
   * Gives one image up: it is dead-lettered and its siblings go on, or the delivery stops with it
   * where it is not the image's own trouble, as far as can be told.
   */
  public void giveUp(Shipment shipment, Throwable thrown) {
    Optional<Failure> known =
        Optional.of(thrown).filter(Failure.class::isInstance).map(Failure.class::cast);
    Optional<Failure> stopping =
        known.flatMap(why -> shipment.push().rejections().stopping(shipment.image(), why));
    if (stopping.isPresent()) {
      shipment.push().stop(stopping.get());
      return;
    }
    Failure why =
        known.orElseGet(
            () ->
                new ImageRefused(
                    Code.RETRIES_EXHAUSTED, shipment + " failed again and again: " + thrown));
    if (why.code() == Code.REGISTRY_ALTERED) {
      LOG.error("{}: security alarm: {}", shipment.archive(), why.sentence());
    }
    fail(shipment, Fate.DEAD_LETTERED, Reason.of(why));
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
    throwIfAny(wave.push().stopped());
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
   * Looks at every tag before anything is published: a registry may have dropped one, and one that
   * was away meanwhile may have lost what it had. Where a repository was denied and no image got
   * through, it is the registry that denies.
   */
  public void confirm(Push push) {
    LOG.info("{}: {} is {}", push.archive(), push.target(), push.registry().personality().title());
    Set<String> delivered = delivered(push.plan());
    List<PlannedImage> images =
        push.plan().stream()
            .filter(image -> delivered.contains(image.destination() + "@" + image.digest()))
            .toList();
    if (images.isEmpty()) {
      throwIfAny(push.rejections().ofNoneDelivered());
    }
    RollCall call = new RollCall(push);
    List<PlannedImage> lost = call.lost(images);
    call.unreadable().forEach((image, why) -> giveUp(new Shipment(push, image), why));
    throwIfAny(push.stopped());
    call.left()
        .forEach((image, why) -> record(new Shipment(push, image), Delivered.superseded(why)));
    Traffic traffic = push.traffic();
    LOG.info(
        "{} took {} requests and {} bytes of blobs to {}",
        push.archive(),
        traffic.requests(),
        traffic.blobBytes(),
        push.target());
    if (!lost.isEmpty()) {
      throw call.failure(lost);
    }
  }

  private static void throwIfAny(Optional<Failure> fault) {
    fault.ifPresent(
        failure -> {
          throw failure;
        });
  }

  private void fail(Shipment shipment, Fate fate, Reason reason) {
    shipment.push().fail(shipment.image());
    record(shipment, row(shipment, fate, Optional.of(reason), Moved.NOTHING));
  }

  private void record(Shipment shipment, Delivered delivered) {
    if (delivered.fate() == Fate.PUSHED) {
      shipment.push().rejections().delivered();
    }
    record(shipment, row(shipment, delivered.fate(), delivered.reason(), delivered.moved()));
  }

  private void record(Shipment shipment, ImageRow row) {
    ledger.images().record(row);
    shipment.push().settle(shipment.image());
  }

  private static Thread helper(Runnable work) {
    Thread thread = new Thread(work, "push-blob");
    thread.setDaemon(true);
    return thread;
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
