package landfall.cli;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import landfall.open.Opened.Document;
import landfall.plan.Planner;
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

  @Parameters(arity = "1..*", paramLabel = "ARCHIVE", description = "file, or folder of chunks")
  private List<Path> archives = new ArrayList<>();

  @Option(
      names = "--isc",
      paramLabel = "FILE",
      description = "image set configuration to use instead of the archive's own")
  private Optional<Path> isc = Optional.empty();

  @Option(names = "--remove-signatures", description = "leave cosign signatures out")
  private boolean removeSignatures;

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
      return new PlanPrinter(console, PlanPrinter.Format.table)
          .print(archives, settings, options(settings));
    }
    common.quiet();
    Duration patience = wait.map(DurationText::parse).orElse(Duration.ZERO);
    Facts.refuseOtherUser(settings);
    Engine.Mode mode =
        new Engine.Mode(CommonOptions.home(), false, !patience.isZero(), options(settings));
    try (Engine engine = Engine.start(settings, mode).orElseThrow(() -> taken(settings))) {
      List<String> ids = new ArrayList<>();
      for (Path archive : archives) {
        ids.add(engine.handOver(archive, settings.drop().sidecar().required()));
      }
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

  private Planner.Options options(Settings settings) throws IOException {
    return new Planner.Options(
        settings.push().signatures() && !removeSignatures, configuration(isc));
  }

  /** The image set configuration of {@code --isc}. */
  static Optional<Document> configuration(Optional<Path> isc) throws IOException {
    if (isc.isEmpty()) {
      return Optional.empty();
    }
    Path file = isc.get();
    try {
      return Optional.of(new Document(file.toString(), Files.readString(file)));
    } catch (CharacterCodingException notText) {
      throw new UsageException("--isc: " + file + " is no UTF-8 text");
    } catch (NoSuchFileException absent) {
      throw new UsageException("--isc: there is no file " + file);
    }
  }
}
