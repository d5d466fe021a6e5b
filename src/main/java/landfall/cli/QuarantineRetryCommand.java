package landfall.cli;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import landfall.ledger.ArchiveRow;
import landfall.ledger.DeliveryRow;
import landfall.ledger.Request.Kind;
import landfall.ledger.State;
import landfall.report.Line;
import landfall.report.Receipt;
import landfall.wiring.Engine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Sends an archive through the same gates again. */
@Command(
    name = "retry",
    mixinStandardHelpOptions = true,
    description = {
      "Sends an archive through the same gates again, waits for the result and exits with its code.",
      "Of an archive that was delivered with failures, only what failed is tried again."
    })
final class QuarantineRetryCommand implements Callable<Integer> {
  private static final long TICK = 200;

  @Mixin private final CommonOptions common = new CommonOptions();

  @Parameters(paramLabel = "ID", description = "unique prefix of the id or of the SHA-256")
  private String id = "";

  private final Console console;

  QuarantineRetryCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    ReviewRequest request = new ReviewRequest(common.settings());
    common.quiet();
    return request.ask(Kind.RETRY, id, "", this::result);
  }

  private int result(Facts facts, Optional<Engine> engine, ArchiveRow archive)
      throws InterruptedException {
    while (!settled(facts, archive)) {
      Thread.sleep(TICK);
    }
    Receipt receipt = facts.receipt(facts.archive(archive.id()));
    console.out().println(common.json() ? Watch.json(receipt) : Console.safe(Line.of(receipt)));
    return ExitCode.of(receipt);
  }

  /** Ended and put away, or standing still. */
  private static boolean settled(Facts facts, ArchiveRow archive) {
    boolean working =
        facts.deliveries(archive).stream()
            .map(DeliveryRow::state)
            .anyMatch(state -> state == State.RUNNABLE || state == State.RUNNING);
    boolean allEnded =
        facts.deliveries(archive).stream().allMatch(delivery -> delivery.state().ended());
    boolean finished =
        facts.ledger().archives().byId(archive.id()).flatMap(ArchiveRow::finished).isPresent();
    return !working && (finished || !allEnded);
  }
}
