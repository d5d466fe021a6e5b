package landfall.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import landfall.settings.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints what would be pushed where; contacts nobody. */
@Command(
    name = "plan",
    mixinStandardHelpOptions = true,
    description = {
      "Prints what would be pushed where, how many bytes, and what is missing.",
      "No registry is contacted, no byte is verified and nothing is left behind."
    })
final class PlanCommand implements Callable<Integer> {
  @Mixin private final CommonOptions common = new CommonOptions();
  @Mixin private final TargetOptions target = new TargetOptions();
  @Mixin private final PlanOptions planning = new PlanOptions();

  @Parameters(arity = "1..*", paramLabel = "ARCHIVE", description = "file, or folder of chunks")
  private List<Path> archives = new ArrayList<>();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "table, json, or mapping (oc-mirror's mapping.txt)")
  private Optional<PlanPrinter.Format> format = Optional.empty();

  private final Console console;

  PlanCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Settings settings = target.required(common.settings());
    archives.forEach(IngestCommand::requireThere);
    return new PlanPrinter(
            console, format.orElse(PlanPrinter.Format.of(common)), settings, planning.of(settings))
        .print(archives);
  }
}
