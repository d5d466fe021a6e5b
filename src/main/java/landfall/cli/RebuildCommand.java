package landfall.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import landfall.rebuild.Rebuilt;
import landfall.rebuild.Rebuilt.TargetFacts;
import landfall.settings.Settings;
import landfall.wiring.Rebuilding;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Re-derives a lost or damaged ledger. */
@Command(
    name = "rebuild",
    mixinStandardHelpOptions = true,
    description = {
      "Re-derives a lost or damaged ledger from the receipts in DATA/done, DATA/quarantine and",
      "DATA/work, and asks the registries whether they hold what the receipts say.",
      "The packages and versions of a catalog are in no receipt: inventory knows them again when",
      "the catalog is delivered next.",
      "The old ledger is kept beside the new one. Archives and receipts are not touched.",
      "Every disagreement is named. Exit code 0: there is none; 3: there are some."
    })
final class RebuildCommand implements Callable<Integer> {
  private static final int SHOWN = 50;

  @Mixin private final CommonOptions common = new CommonOptions();

  private final Console console;

  RebuildCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Settings settings = common.settings();
    common.quiet();
    Facts.refuseOtherUser(settings);
    if (!Files.isDirectory(settings.data())) {
      throw new UsageException("there is no folder " + settings.data() + "; is --data right?");
    }
    Rebuilt rebuilt =
        Rebuilding.run(settings)
            .orElseThrow(
                () ->
                    new UsageException(
                        "another Landfall process works in "
                            + settings.data()
                            + "; stop it first"));
    if (common.json()) {
      console.out().println(Watch.json(rebuilt));
    } else {
      print(rebuilt);
    }
    return rebuilt.disagreements().isEmpty() ? ExitCode.DELIVERED : ExitCode.WITH_FAILURES;
  }

  private void print(Rebuilt rebuilt) {
    say("rebuilt:  " + rebuilt.ledger());
    say("old:      " + (rebuilt.kept().isEmpty() ? "there was none" : rebuilt.kept()));
    say("archives: " + archives(rebuilt));
    rebuilt.targets().forEach(target -> say("target:   " + describe(target)));
    List<String> disagreements = rebuilt.disagreements();
    say("disagreements: " + disagreements.size());
    disagreements.stream().limit(SHOWN).forEach(line -> say("  " + line));
    if (disagreements.size() > SHOWN) {
      say("  and " + (disagreements.size() - SHOWN) + " more; --output json names all");
    }
  }

  private static String archives(Rebuilt rebuilt) {
    return rebuilt.archives().isEmpty()
        ? "none"
        : rebuilt.archives().entrySet().stream()
            .map(entry -> entry.getValue() + " " + entry.getKey())
            .collect(Collectors.joining(", "));
  }

  private static String describe(TargetFacts target) {
    return target.target()
        + ": "
        + target.there()
        + " of "
        + target.images()
        + " images there, "
        + target.lacking()
        + " not, "
        + target.notAsked()
        + " not asked for";
  }

  private void say(String line) {
    console.out().println(Console.safe(line));
  }
}
