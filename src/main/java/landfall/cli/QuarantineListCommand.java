package landfall.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import landfall.ledger.ArchiveRow;
import landfall.ledger.DeliveryRow;
import landfall.ledger.State;
import landfall.quarantine.Quarantine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists refused archives. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Lists refused archives, each with code, sentence and next step.")
final class QuarantineListCommand implements Callable<Integer> {
  @Mixin private final CommonOptions common = new CommonOptions();

  private final Console console;

  QuarantineListCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Optional<Facts> facts = Facts.of(common.settings());
    if (facts.isEmpty()) {
      print(List.of());
      return ExitCode.DELIVERED;
    }
    try (Facts opened = facts.get()) {
      print(
          opened.ledger().archives().all().stream()
              .flatMap(archive -> refusal(opened, archive).stream())
              .toList());
    }
    return ExitCode.DELIVERED;
  }

  private static Optional<Map<String, String>> refusal(Facts facts, ArchiveRow archive) {
    return facts.deliveries(archive).stream()
        .filter(delivery -> delivery.state() == State.QUARANTINED)
        .findFirst()
        .map(delivery -> describe(facts, archive, delivery));
  }

  private static Map<String, String> describe(
      Facts facts, ArchiveRow archive, DeliveryRow delivery) {
    Map<String, String> refusal = new LinkedHashMap<>();
    refusal.put("id", archive.id());
    refusal.put("name", archive.name());
    refusal.put("path", archive.source().toString());
    refusal.put("since", delivery.since().toString());
    refusal.put("times", String.valueOf(times(facts, archive)));
    delivery
        .reason()
        .ifPresent(
            reason -> {
              refusal.put("code", reason.code().name());
              refusal.put("sentence", reason.sentence());
              refusal.put("next", reason.next().replace(" ID", " " + archive.id()));
            });
    return refusal;
  }

  /** How often these bytes have come. */
  private static long times(Facts facts, ArchiveRow archive) {
    return 1
        + facts.ledger().events().of(archive.id()).stream()
            .filter(event -> event.what().equals(Quarantine.AGAIN))
            .count();
  }

  private void print(List<Map<String, String>> refusals) {
    if (common.json()) {
      console.out().println(Watch.json(refusals));
      return;
    }
    if (refusals.isEmpty()) {
      console.out().println("the quarantine is empty");
    }
    for (Map<String, String> refusal : refusals) {
      String times =
          "1".equals(refusal.get("times")) ? "" : ", came " + refusal.get("times") + " times";
      console
          .out()
          .println(
              refusal.get("id")
                  + "  "
                  + refusal.get("code")
                  + "  since "
                  + refusal.get("since")
                  + times);
      console.out().println("  " + Console.safe(String.valueOf(refusal.get("sentence"))));
      console.out().println("  next: " + refusal.get("next"));
    }
  }
}
