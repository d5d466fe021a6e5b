package landfall.dispatch;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import landfall.failure.Code;
import landfall.failure.ImageRefused;
import landfall.failure.Parked;
import landfall.ledger.DeliveryRow;
import landfall.ledger.Ledger;
import landfall.ledger.Reason;
import landfall.ledger.State;
import landfall.registry.Registry;
import landfall.registry.fault.WriteFault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Probes what parked deliveries wait for and makes them runnable when it is well again. A probe
 * uses no retry budget; a parked target never slows another.
 */
public final class Resumer {
  private static final Logger LOG = LoggerFactory.getLogger(Resumer.class);

  private final Ledger ledger;
  private final Map<String, Registry> registries;
  private final LongSupplier nanoTime;
  private final boolean on;
  private final LocalProbe localProbe = new LocalProbe();
  private final Map<String, Long> probed = new ConcurrentHashMap<>();
  private final Setbacks setbacks;

  /**
   * @param nanoTime a clock that never jumps
   * @param on whether to probe at all; a command that does not wait leaves parked work parked
   */
  public Resumer(
      Ledger ledger, Map<String, Registry> registries, LongSupplier nanoTime, boolean on) {
    this.ledger = ledger;
    this.registries = Map.copyOf(registries);
    this.nanoTime = nanoTime;
    this.on = on;
    this.setbacks = new Setbacks(nanoTime);
  }

  /** Probes what deliveries to a target wait for, where that is due. */
  public void probe(String target) {
    List<DeliveryRow> parked =
        ledger.deliveries().in(State.PARKED).stream()
            .filter(row -> on && row.target().equals(target))
            .toList();
    parked.stream().filter(LocalProbe::concerns).forEach(this::probeLocally);
    List<DeliveryRow> waiting = parked.stream().filter(row -> !LocalProbe.concerns(row)).toList();
    if (waiting.isEmpty()) {
      probed.remove(target);
    } else {
      probeRegistry(target, waiting);
    }
  }

  private void probeLocally(DeliveryRow row) {
    Optional<Parked> still =
        ledger.archives().byId(row.archive()).flatMap(archive -> localProbe.still(row, archive));
    if (still.isEmpty()) {
      LOG.info(
          "{} goes on: {} is well again",
          row.archive(),
          row.reason().map(Reason::code).orElseThrow());
      ledger.deliveries().resume(row.archive(), List.of(row.target()), "landfall");
    }
  }

  private void probeRegistry(String target, List<DeliveryRow> waiting) {
    Optional<Code> code = waiting.get(0).reason().map(Reason::code);
    if (!due(target, code.map(Resumer::interval).orElse(Duration.ZERO))) {
      return;
    }
    Optional<Parked> away = ping(target);
    Map<WriteFault, Optional<Parked>> tried = new HashMap<>();
    for (DeliveryRow row : waiting) {
      Optional<WriteFault> fault =
          row.reason().flatMap(reason -> WriteFault.behind(reason.evidence()));
      Optional<Parked> still =
          away.or(
                  () ->
                      fault.flatMap(
                          each -> tried.computeIfAbsent(each, once -> tryWrite(target, once))))
              .map(found -> fault.map(each -> each.behind(found)).orElse(found));
      if (still.isPresent()) {
        setbacks.forget(row);
        ledger
            .deliveries()
            .move(row.archive(), List.of(target), State.PARKED, still.map(Reason::of));
      } else if (setbacks.letGo(row, ledger.images().delivered(row.archive(), target))) {
        LOG.info("{} goes on: {} is probed as well again", row.archive(), target);
        ledger.deliveries().resume(row.archive(), List.of(target), "landfall");
      }
    }
  }

  /** What is no fault of the environment any more is found out by the work itself. */
  private Optional<Parked> tryWrite(String target, WriteFault fault) {
    try {
      registry(target).ifPresent(registry -> registry.tryWrite(fault));
      return Optional.empty();
    } catch (Parked still) {
      return Optional.of(still);
    } catch (ImageRefused found) {
      LOG.info("{} answers otherwise now: {}", target, found.sentence());
      return Optional.empty();
    }
  }

  private Optional<Registry> registry(String target) {
    return Optional.ofNullable(registries.get(target));
  }

  private boolean due(String target, Duration interval) {
    long now = nanoTime.getAsLong();
    long last = probed.computeIfAbsent(target, fresh -> now);
    boolean due = now - last >= interval.toNanos();
    if (due) {
      probed.put(target, now);
    }
    return due;
  }

  private Optional<Parked> ping(String target) {
    Optional<Registry> registry = registry(target);
    if (registry.isEmpty()) {
      return Optional.of(
          new Parked(
              Code.REGISTRY_MISCONFIGURED,
              "target " + target + " is not configured any more; name it under targets again"));
    }
    try {
      registry.get().ping();
      return Optional.empty();
    } catch (Parked still) {
      return Optional.of(still);
    }
  }

  /** How often is a question of the registry's peace; wrong credentials it is spared anyway. */
  private static Duration interval(Code code) {
    return switch (code) {
      case REGISTRY_DOWN, REGISTRY_TLS -> Duration.ofSeconds(3);
      default -> Duration.ofSeconds(12);
    };
  }
}
