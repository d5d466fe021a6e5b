package landfall.cli;

import java.io.IOException;
import landfall.ledger.Request.Kind;
import landfall.report.Line;
import landfall.report.Receipt;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The review of refused archives. */
@Command(
    name = "quarantine",
    mixinStandardHelpOptions = true,
    description = {
      "Reviews archives that were refused.",
      "Each lies untouched in DATA/quarantine/ID with a why.yaml that says what was found, what was",
      "expected, and what to do next."
    },
    synopsisSubcommandLabel = "COMMAND")
final class QuarantineCommand {
  private static final String ID = "unique prefix of the id or of the SHA-256";

  private final Console console;

  QuarantineCommand(Console console) {
    this.console = console;
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = {
        "Sends an archive through the same gates again, waits for the result and exits with its",
        "code. Of an archive that was delivered with failures, only what failed is tried again."
      })
  int retry(
      @Mixin CommonOptions common,
      @Parameters(paramLabel = "ID", description = ID) String id,
      @Option(names = "--reason", paramLabel = "TEXT", description = "why", defaultValue = "")
          String reason)
      throws IOException, InterruptedException {
    return sendRound(common, Kind.RETRY, id, reason);
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = {
        "Accepts what an archive was refused for and sends it on, waits for the result and exits",
        "with its code. Only where policy refused, never for damage or a wrong digest; 'show' tells.",
        "The reason is kept with your name."
      })
  int release(
      @Mixin CommonOptions common,
      @Parameters(paramLabel = "ID", description = ID) String id,
      @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "why")
          String reason)
      throws IOException, InterruptedException {
    requireText(reason);
    return sendRound(common, Kind.RELEASE, id, reason);
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = {
        "Gives an archive up, with a reason that is kept with your name. Its bytes move to",
        "DATA/done/ID; nothing is deleted."
      })
  int discard(
      @Mixin CommonOptions common,
      @Parameters(paramLabel = "ID", description = ID) String id,
      @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "why")
          String reason)
      throws IOException, InterruptedException {
    requireText(reason);
    common.quiet();
    try (ReviewRequest request = ReviewRequest.ask(common.settings(), Kind.DISCARD, id, reason)) {
      Receipt receipt = request.result();
      console.out().println(receipt.archive().id() + ": " + receipt.result());
      return ExitCode.DELIVERED;
    }
  }

  private int sendRound(CommonOptions common, Kind kind, String id, String reason)
      throws IOException, InterruptedException {
    common.quiet();
    try (ReviewRequest request = ReviewRequest.ask(common.settings(), kind, id, reason)) {
      Receipt receipt = request.result();
      console.out().println(common.json() ? Watch.json(receipt) : Console.safe(Line.of(receipt)));
      return ExitCode.of(receipt);
    }
  }

  private static void requireText(String reason) {
    if (reason.isBlank()) {
      throw new UsageException("--reason: say why, it is kept with your name");
    }
  }
}
