package landfall.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import landfall.demo.EmbeddedRegistry;
import landfall.ledger.ArchiveRow;
import landfall.plan.Planner;
import landfall.settings.Settings;
import landfall.settings.TargetArgument;
import landfall.target.Target;
import landfall.wiring.Engine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows the whole way on one real archive and an embedded registry. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Shows the whole way on a real archive and a small registry on loopback.",
      "Drops an archive that oc-mirror really wrote, runs the real routes, and prints the result and",
      "where everything lies. Nothing else is needed."
    })
final class DemoCommand implements Callable<Integer> {
  private static final String ARCHIVE = "oc-mirror-content-20261122-1745.tar.gz";

  @Mixin private final CommonOptions common = new CommonOptions();

  @Option(names = "--stay", description = "leave service and registry running until stopped")
  private boolean stay;

  private final Console console;

  DemoCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    common.quiet();
    Path data = common.data().orElseGet(DemoCommand::freshFolder).toAbsolutePath().normalize();
    Files.createDirectories(data.resolve("registry"));
    try (EmbeddedRegistry registry = EmbeddedRegistry.start(data.resolve("registry"), 0)) {
      Settings settings = settings(data, registry);
      Engine.Mode mode = new Engine.Mode(CommonOptions.home(), true, true, Planner.Options.DEFAULT);
      Optional<Engine> engine = Engine.start(settings, mode);
      if (engine.isEmpty()) {
        throw new UsageException("another Landfall process works in " + data);
      }
      try (Engine working = engine.get()) {
        return show(working, registry);
      }
    }
  }

  private int show(Engine engine, EmbeddedRegistry registry)
      throws IOException, InterruptedException {
    Path drop = engine.folder().drop();
    console.out().println("registry:  http://" + registry.address() + " (embedded, on loopback)");
    console.out().println("dropping:  " + drop.resolve(ARCHIVE));
    long before = engine.ledger().archives().all().size();
    drop(ARCHIVE, drop);
    drop(ARCHIVE + ".sha256", drop);
    String id = arrived(engine, before);
    int code = new Watch(console, engine, common.json()).until(List.of(id), Duration.ofMinutes(1));
    console.out().println("look:      curl http://" + registry.address() + "/v2/_catalog");
    if (stay) {
      console.out().println("staying:   drop more into " + drop + "; stop with Ctrl-C");
      new CountDownLatch(1).await();
    }
    return code;
  }

  private static String arrived(Engine engine, long before) throws InterruptedException {
    while (true) {
      List<ArchiveRow> archives = engine.ledger().archives().all();
      if (archives.size() > before) {
        return archives.get(archives.size() - 1).id();
      }
      Thread.sleep(100);
    }
  }

  private static void drop(String name, Path folder) throws IOException {
    Path partial = folder.resolve(name + ".part");
    try (InputStream in =
        Objects.requireNonNull(DemoCommand.class.getResourceAsStream("/demo/" + name))) {
      Files.copy(in, partial, StandardCopyOption.REPLACE_EXISTING);
    }
    Files.move(partial, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  private static Settings settings(Path data, EmbeddedRegistry registry) {
    Target target =
        TargetArgument.parse(
            "demo=docker://" + registry.address() + "/mirror/site",
            new Target.Security(
                true, true, Optional.empty(), Optional.empty(), Optional.empty(), List.of()),
            0,
            TargetArgument.STANDARD_LIMITS);
    Settings defaults = Settings.defaults().withData(data).withTargets(List.of(target));
    Settings.Drop drop = defaults.drop();
    return new Settings(
        defaults.data(),
        defaults.separateState(),
        defaults.targets(),
        new Settings.Drop(
            Duration.ofMillis(500), drop.sidecar(), drop.patience(), drop.retention()),
        defaults.push(),
        defaults.publish(),
        defaults.web(),
        defaults.notices());
  }

  private static Path freshFolder() {
    String time =
        DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss", Locale.ROOT)
            .withZone(ZoneOffset.UTC)
            .format(Clock.systemUTC().instant());
    return Path.of("data", "demo-" + time);
  }
}
