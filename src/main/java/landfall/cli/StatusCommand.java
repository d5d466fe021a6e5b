package landfall.cli;

import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import landfall.ledger.ArchiveRow;
import landfall.ledger.DeliveryRow;
import landfall.ledger.ImageRow;
import landfall.report.Bytes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Prints archives and where they stand. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = {
      "Prints every archive and where it stands, or one archive in full.",
      "ID is a unique prefix of its id or of its SHA-256."
    })
final class StatusCommand implements Callable<Integer> {
  @Mixin private final CommonOptions common = new CommonOptions();

  @Parameters(arity = "0..1", paramLabel = "ID", description = "one archive in full")
  private Optional<String> id = Optional.empty();

  private final Console console;

  StatusCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Optional<Facts> facts = Facts.of(common.settings());
    if (facts.isEmpty()) {
      console.out().println(common.json() ? "[ ]" : "nothing has arrived yet");
      return ExitCode.DELIVERED;
    }
    try (Facts opened = facts.get()) {
      if (id.isPresent()) {
        one(opened, opened.archive(id.get()));
      } else {
        all(opened);
      }
    }
    return ExitCode.DELIVERED;
  }

  private void all(Facts facts) {
    List<ArchiveRow> archives = facts.ledger().archives().all();
    if (common.json()) {
      console.out().println(Watch.json(archives.stream().map(facts::receipt).toList()));
      return;
    }
    if (archives.isEmpty()) {
      console.out().println("nothing has arrived yet");
    }
    for (ArchiveRow archive : archives) {
      console
          .out()
          .printf(
              Locale.ROOT,
              "%s  %s  %s%n",
              archive.id(),
              console.painted(facts.state(archive).name()),
              Bytes.of(archive.bytes()));
      facts.deliveries(archive).forEach(delivery -> line(facts, delivery));
    }
    tellIfNobodyWorks(facts);
  }

  /** What is not ended goes on only while a process works. */
  private void tellIfNobodyWorks(Facts facts) {
    boolean idle = facts.ledger().archives().unfinished().isEmpty() || facts.isWorkedOn();
    if (!idle) {
      console
          .out()
          .println(
              "no Landfall works in "
                  + facts.folder().root()
                  + " now; what has not ended goes on with: landfall serve");
    }
  }

  private void line(Facts facts, DeliveryRow delivery) {
    List<ImageRow> images = facts.ledger().images().of(delivery.archive(), delivery.target());
    long there = images.stream().filter(row -> row.fate().delivered()).count();
    StringBuilder text = new StringBuilder("  ");
    text.append(delivery.target()).append(": ").append(delivery.state());
    if (!delivery.state().ended()) {
      text.append(" at ").append(delivery.step().name().toLowerCase(Locale.ROOT));
    }
    if (delivery.images() > 0) {
      text.append(", ").append(there).append(" of ").append(delivery.images()).append(" images");
    }
    delivery
        .standstill()
        .ifPresent(
            reason ->
                text.append(", since ")
                    .append(delivery.since().truncatedTo(ChronoUnit.SECONDS))
                    .append(": ")
                    .append(reason.code())
                    .append(": ")
                    .append(reason.sentence())
                    .append(" Next: ")
                    .append(reason.next()));
    console.out().println(Console.safe(text.toString()));
  }

  private void one(Facts facts, ArchiveRow archive) {
    if (common.json()) {
      console.out().println(Watch.json(facts.receipt(archive)));
      return;
    }
    console.out().println("id:      " + archive.id());
    console.out().println("archive: " + Console.safe(archive.source().toString()));
    console
        .out()
        .println(
            "sha256:  " + archive.identity().map(digest -> digest.hex()).orElse("not known yet"));
    console.out().println("state:   " + console.painted(facts.state(archive).name()));
    facts.deliveries(archive).forEach(delivery -> line(facts, delivery));
    for (DeliveryRow delivery : facts.deliveries(archive)) {
      facts.ledger().images().of(archive.id(), delivery.target()).forEach(this::image);
    }
    tellIfNobodyWorks(facts);
    console.out().println("events:");
    facts
        .ledger()
        .events()
        .of(archive.id())
        .forEach(
            event ->
                console
                    .out()
                    .println(
                        Console.safe(
                            "  "
                                + event.at().truncatedTo(ChronoUnit.SECONDS)
                                + " "
                                + event.who()
                                + " "
                                + event.target()
                                + " "
                                + event.what()
                                + " "
                                + event.detail())));
  }

  private void image(ImageRow image) {
    String why =
        image.reason().map(reason -> " " + reason.code() + ": " + reason.sentence()).orElse("");
    console
        .out()
        .println(
            Console.safe(
                "  "
                    + image.fate().word()
                    + "  "
                    + image.target()
                    + "  "
                    + image.destination()
                    + why));
  }
}
