package landfall.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import landfall.settings.DurationText;
import landfall.settings.Settings;
import landfall.wiring.Engine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Ingests archives by their paths and exits. */
@Command(
    name = "ingest",
    mixinStandardHelpOptions = true,
    description = {
      "Ingests archives through the same routes as 'serve', then exits.",
      "An archive is a file, or a folder of mirror_NNNNNN.tar chunks; it is read where it lies and",
      "never moved or deleted.",
      "A checksum file beside it is used; nothing is waited for unless --wait says so."
    })
final class IngestCommand implements Callable<Integer> {
  @Mixin private final CommonOptions common = new CommonOptions();
  @Mixin private final TargetOptions target = new TargetOptions();
  @Mixin private final PlanOptions planning = new PlanOptions();

  @Parameters(arity = "1..*", paramLabel = "ARCHIVE", description = "file, or folder of chunks")
  private List<Path> archives = new ArrayList<>();

  @Option(
      names = "--wait",
      paramLabel = "DURATION",
      description = "how long to wait for a registry that is away or content to come (30s, 5m)")
  private Optional<String> wait = Optional.empty();

  @Option(names = "--dry-run", description = "only print the plan, as 'landfall plan' does")
  private boolean dryRun;

  private final Console console;

  IngestCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Settings settings = target.required(common.settings());
    archives.forEach(IngestCommand::requireThere);
    if (dryRun) {
      return new PlanPrinter(
              console, PlanPrinter.Format.of(common), settings, planning.of(settings))
          .print(archives);
    }
    common.quiet();
    Duration patience = wait.map(DurationText::parse).orElse(Duration.ZERO);
    Facts.refuseOtherUser(settings);
    Engine.Mode mode =
        new Engine.Mode(CommonOptions.home(), false, !patience.isZero(), planning.of(settings));
    try (Engine engine = Engine.open(settings, mode).orElseThrow(() -> taken(settings))) {
      List<String> ids = new ArrayList<>();
      for (Path archive : archives) {
        ids.add(engine.handOver(archive, settings.drop().sidecar().required()));
      }
      engine.begin();
      return new Watch(console, engine, common.json()).until(ids, patience);
    }
  }

  static void requireThere(Path archive) {
    if (!Files.exists(archive)) {
      throw new UsageException("there is no archive " + archive);
    }
  }

  private static UsageException taken(Settings settings) {
    return new UsageException(
        "a Landfall service works in "
            + settings.data()
            + "; copy the archive into "
            + settings.data().resolve("drop")
            + ", or name another folder with --data");
  }
}
