package landfall.wiring;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import landfall.arrive.Arrivals;
import landfall.arrive.Drop;
import landfall.arrive.DropRules;
import landfall.arrive.Stillness;
import landfall.failure.Failure;
import landfall.folders.DataFolder;
import landfall.folders.DiskFault;
import landfall.ledger.DataLock;
import landfall.ledger.Ledger;
import landfall.ledger.LedgerFault;
import landfall.plan.Planner;
import landfall.rebuild.Presence;
import landfall.registry.HttpRegistry;
import landfall.registry.Registry;
import landfall.report.Pauses;
import landfall.report.Progress;
import landfall.settings.Settings;
import landfall.target.Target;
import org.jspecify.annotations.Nullable;

/**
 * Landfall at work: the ledger, the registries and the routes, from start to stop. The process that
 * has an engine has the data folder.
 */
public final class Engine implements AutoCloseable {
  private final DataLock lock;
  private final Settings settings;
  private final Mode mode;
  private final Parts parts;
  private volatile @Nullable Routes routes;

  private Engine(DataLock lock, Settings settings, Mode mode, Parts parts) {
    this.lock = lock;
    this.settings = settings;
    this.mode = mode;
    this.parts = parts;
  }

  /**
   * How an engine works.
   *
   * @param home the folder that holds {@code routes/}
   * @param watch whether it takes everything in the drop; else only what it is given
   * @param probe whether parked deliveries are probed
   * @param planning what an operator said about plans
   */
  public record Mode(Path home, boolean watch, boolean probe, Planner.Options planning) {}

  /**
   * Starts, if no other process works in the data folder.
   *
   * @throws landfall.failure.Parked when the disk does not take what a start has to write
   */
  public static Optional<Engine> start(Settings settings, Mode mode) throws IOException {
    Optional<Engine> engine = open(settings, mode);
    if (engine.isPresent()) {
      try {
        engine.get().begin();
      } catch (RuntimeException refused) {
        engine.get().close();
        throw refused;
      }
    }
    return engine;
  }

  /**
   * Takes the data folder, if no other process works in it. Nothing moves before {@link #begin};
   * what is handed over until then is recorded, and where that fails taken up by the next service.
   *
   * @throws landfall.failure.Parked when the disk does not take what a start has to write
   */
  public static Optional<Engine> open(Settings settings, Mode mode) throws IOException {
    DataFolder folder = new DataFolder(settings.data(), settings.state());
    Optional<DataLock> lock = lock(folder);
    if (lock.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Engine(lock.get(), settings, mode, parts(settings, mode, folder)));
    } catch (RuntimeException refused) {
      lock.get().close();
      throw refused;
    }
  }

  private static Optional<DataLock> lock(DataFolder folder) {
    try {
      folder.create();
      return DataLock.take(folder.state());
    } catch (IOException refused) {
      throw DiskFault.of(folder.root(), refused);
    }
  }

  private static Parts parts(Settings settings, Mode mode, DataFolder folder) {
    Parts parts = Parts.assemble(settings, mode, folder);
    try {
      recover(mode, folder, parts.ledger());
      return parts;
    } catch (RuntimeException refused) {
      parts.close();
      throw refused;
    }
  }

  /** Takes up what was running when the last process ended. */
  private static void recover(Mode mode, DataFolder folder, Ledger ledger) {
    try {
      ledger.deliveries().recover();
      if (mode.watch()) {
        new Presence(ledger, folder).look();
      }
    } catch (LedgerFault | Failure known) {
      throw known;
    } catch (RuntimeException unwritten) {
      throw ledger.fault(unwritten);
    }
  }

  /** Starts the routes. What was handed over before is taken up at once. */
  public void begin() {
    routes = Routes.start(settings, mode, parts);
  }

  /** Hands over an archive by its path; it stays where it is. Gives its id. */
  public String handOver(Path archive, boolean sidecarRequired) {
    String id = parts.arrivals().handOver(archive, DropRules.atOnce(sidecarRequired));
    parts.mine().add(id);
    return id;
  }

  /** Works on an archive that the ledger knows already. */
  public void adopt(String archive) {
    parts.mine().add(archive);
  }

  public Ledger ledger() {
    return parts.ledger();
  }

  public DataFolder folder() {
    return parts.folder();
  }

  public Progress progress() {
    return parts.progress();
  }

  public Pauses pauses() {
    return parts.pauses();
  }

  @Override
  public void close() throws IOException {
    Routes running = routes;
    if (running != null) {
      running.close();
    }
    parts.close();
    lock.close();
  }

  /** Everything the routes' beans are made of. */
  record Parts(
      DataFolder folder,
      Ledger ledger,
      Arrivals arrivals,
      Map<String, Target> targets,
      Map<String, Registry> registries,
      Progress progress,
      Set<String> mine) {
    Pauses pauses() {
      return new Pauses(
          target -> Optional.ofNullable(registries.get(target)).flatMap(Registry::quietUntil));
    }

    void close() {
      registries.values().forEach(Registry::close);
      ledger.close();
    }

    static Parts assemble(Settings settings, Mode mode, DataFolder folder) {
      Clock clock = Clock.systemUTC();
      Ledger ledger = Ledger.open(folder, clock);
      Progress progress = new Progress();
      Map<String, Target> targets =
          settings.targets().stream().collect(Collectors.toMap(Target::name, Function.identity()));
      Map<String, Registry> registries =
          settings.targets().stream()
              .collect(
                  Collectors.toMap(
                      Target::name, target -> HttpRegistry.open(target, progress::sent)));
      Map<String, String> addresses =
          settings.targets().stream().collect(Collectors.toMap(Target::name, Target::address));
      Drop drop = new Drop(rules(settings.drop()), new Stillness(System::nanoTime));
      return new Parts(
          folder,
          ledger,
          new Arrivals(folder.drop(), drop, ledger, addresses, clock),
          targets,
          registries,
          progress,
          ConcurrentHashMap.newKeySet());
    }

    private static DropRules rules(Settings.Drop drop) {
      return new DropRules(
          drop.settle(), drop.sidecar().required(), drop.sidecar().delay(), drop.patience());
    }
  }

  /** How often the drop is looked at: at least as often as a copy may settle. */
  static Duration poll(Settings settings) {
    Duration half = settings.drop().settle().dividedBy(2);
    Duration longest = Duration.ofSeconds(2);
    Duration shortest = Duration.ofMillis(200);
    return List.of(half, longest).stream()
        .min(Duration::compareTo)
        .filter(time -> time.compareTo(shortest) > 0)
        .orElse(shortest);
  }
}
