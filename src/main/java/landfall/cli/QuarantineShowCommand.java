package landfall.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import landfall.ledger.ArchiveRow;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows one refused archive. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = "Shows why an archive was refused: evidence, next step, history of reviews.")
final class QuarantineShowCommand implements Callable<Integer> {
  @Mixin private final CommonOptions common = new CommonOptions();

  @Parameters(paramLabel = "ID", description = "unique prefix of the id or of the SHA-256")
  private String id = "";

  private final Console console;

  QuarantineShowCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    try (Facts facts = Facts.required(common.settings())) {
      ArchiveRow archive = facts.archive(id);
      Path why = facts.folder().quarantine(archive.id()).resolve("why.yaml");
      if (!Files.exists(why)) {
        throw new UsageException(
            archive.id() + " is not in quarantine; it is " + facts.state(archive));
      }
      if (common.json()) {
        console.out().println(Watch.json(facts.receipt(archive)));
      } else {
        Files.readAllLines(why).forEach(line -> console.out().println(Console.safe(line)));
      }
      return ExitCode.DELIVERED;
    }
  }
}
