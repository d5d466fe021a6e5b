package landfall.campaign;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What the campaign's command line says. */
@Command(
    name = "src/bench/campaign",
    description = "Kills, starves and cuts off a Landfall and proves that nothing is lost.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class Options {
  @Option(names = "--seed", description = "The same seed makes the same archives and faults.")
  long seed = 7;

  @Option(
      names = "--figures",
      split = ",",
      description = "Only these parts: ${COMPLETION-CANDIDATES}.")
  Set<PartName> figures = Set.of(PartName.values());

  @Option(names = "--kills", description = "SIGKILLs at random times.")
  int kills = 300;

  @Option(names = "--hits", description = "Most cases of crash points; 0: all.")
  int hits;

  @Option(names = "--points", split = ",", description = "Only these crash points.")
  Set<String> points = Set.of();

  @Option(names = "--outages", description = "Outages of the registry.")
  int outages = 20;

  @Option(names = "--redrops", description = "Times a delivered archive is dropped again.")
  int redrops = 100;

  @Option(names = "--copies", description = "Ways of copying into the drop.")
  int copies = 1000;

  @Option(names = "--faults", description = "Good archives under faults of the environment.")
  int faults = 60;

  @Option(names = "--kinds", split = ",", description = "Only these kinds of fault.")
  Set<String> kinds = Set.of();

  @Option(names = "--cuts", description = "Power cuts.")
  int cuts = 100;

  @Option(
      names = "--calls",
      description =
          "Most n of the n-th fsync, rename, open and write that fails; 0: until not reached.")
  int calls;

  @Option(names = "--state", description = "File of finished trials; the same file goes on.")
  Optional<Path> state = Optional.empty();

  @Option(names = "--folder", description = "For everything the trials need.")
  Path folder = Path.of("target", "campaign");

  @Option(names = "--launcher", description = "The launcher to start; default: the class path.")
  Optional<Path> launcher = Optional.empty();
}
