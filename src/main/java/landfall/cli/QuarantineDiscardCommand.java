package landfall.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import landfall.ledger.ArchiveRow;
import landfall.ledger.Request.Kind;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Gives an archive up. */
@Command(
    name = "discard",
    mixinStandardHelpOptions = true,
    description = {
      "Gives an archive up, with a reason that is kept with your name. Its bytes move to",
      "DATA/done/ID; nothing is deleted."
    })
final class QuarantineDiscardCommand implements Callable<Integer> {
  private static final long TICK = 200;

  /** Nanoseconds to wait for the archive to be put away. */
  private static final long PATIENCE = 60_000_000_000L;

  @Mixin private final CommonOptions common = new CommonOptions();

  @Parameters(paramLabel = "ID", description = "unique prefix of the id or of the SHA-256")
  private String id = "";

  @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "why")
  private String reason = "";

  private final Console console;

  QuarantineDiscardCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (reason.isBlank()) {
      throw new UsageException("--reason: say why, it is kept with your name");
    }
    ReviewRequest request = new ReviewRequest(common.settings());
    common.quiet();
    return request.ask(
        Kind.DISCARD,
        id,
        reason,
        (facts, engine, archive) -> {
          long asked = System.nanoTime();
          while (System.nanoTime() - asked < PATIENCE
              && facts
                  .ledger()
                  .archives()
                  .byId(archive.id())
                  .flatMap(ArchiveRow::finished)
                  .isEmpty()) {
            Thread.sleep(TICK);
          }
          console.out().println(archive.id() + ": DISCARDED");
          return ExitCode.DELIVERED;
        });
  }
}
