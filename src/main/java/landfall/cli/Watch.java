package landfall.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import landfall.failure.Code;
import landfall.failure.Parked;
import landfall.ledger.ArchiveRow;
import landfall.ledger.DeliveryRow;
import landfall.ledger.Ledger;
import landfall.ledger.State;
import landfall.report.Line;
import landfall.report.Receipt;
import landfall.report.Receipts;
import landfall.wiring.Engine;

/** Looks on while archives are worked on, shows how far they are, and tells the result. */
final class Watch {
  private static final long TICK = 100;
  private static final int MOST_WARNINGS = 5;

  /** After which a receipt that does not come is told. */
  private static final Duration RECEIPT_DUE = Duration.ofSeconds(30);

  private final Console console;
  private final Engine engine;
  private final boolean json;
  private final Receipts receipts;

  Watch(Console console, Engine engine, boolean json) {
    this.console = console;
    this.engine = engine;
    this.json = json;
    this.receipts = new Receipts(engine.ledger(), engine.folder(), Clock.systemUTC());
  }

  /** Where an archive is on its way, as whoever waits for it wants to know. */
  enum Standing {
    /** Worked on, or about to be. */
    MOVING,
    /** Waits for something from outside. */
    STILL,
    /** Ended, but for its receipt. */
    UNSTORED,
    ENDED;

    /**
     * @param rows the deliveries of the archive, read before now
     */
    static Standing of(Ledger ledger, String archive, List<DeliveryRow> rows) {
      List<State> states = rows.stream().map(DeliveryRow::state).toList();
      if (states.stream().allMatch(State::ended)) {
        boolean stored = ledger.archives().byId(archive).flatMap(ArchiveRow::finished).isPresent();
        return stored ? ENDED : UNSTORED;
      }
      return states.contains(State.RUNNABLE) || states.contains(State.RUNNING) ? MOVING : STILL;
    }
  }

  /** Watches until all have ended or stand still for longer than {@code patience}. */
  int until(List<String> ids, Duration patience) throws InterruptedException {
    ProgressLine line = new ProgressLine(console, engine, ids);
    try {
      lookOn(ids, patience, line);
    } finally {
      line.clear();
    }
    List<Receipt> all = ids.stream().map(this::receipt).toList();
    print(all);
    return ExitCode.worst(all.stream().map(ExitCode::of).toList());
  }

  private void lookOn(List<String> ids, Duration patience, ProgressLine line)
      throws InterruptedException {
    Set<Standing> before = Set.of();
    long moved = System.nanoTime();
    while (true) {
      List<DeliveryRow> rows =
          ids.stream().flatMap(id -> engine.ledger().deliveries().of(id).stream()).toList();
      Set<Standing> now = ids.stream().map(id -> standing(id, rows)).collect(Collectors.toSet());
      boolean moving = now.contains(Standing.MOVING);
      boolean unstored = now.contains(Standing.UNSTORED);
      if (moving || !now.equals(before)) {
        moved = System.nanoTime();
      }
      long allowed = (unstored ? RECEIPT_DUE : patience).toNanos();
      boolean tooLong = !moving && System.nanoTime() - moved > allowed;
      if (now.equals(Set.of(Standing.ENDED)) || (tooLong && !unstored)) {
        return;
      }
      if (tooLong) {
        throw new Parked(
            Code.LOCAL_IO,
            "the receipt cannot be written below " + engine.folder().root() + "; see the log");
      }
      before = now;
      line.show(rows);
      Thread.sleep(TICK);
    }
  }

  private Standing standing(String id, List<DeliveryRow> rows) {
    return Standing.of(
        engine.ledger(), id, rows.stream().filter(row -> row.archive().equals(id)).toList());
  }

  private Receipt receipt(String id) {
    return receipts.of(engine.ledger().archives().byId(id).orElseThrow());
  }

  private void print(List<Receipt> all) {
    if (json) {
      console.out().println(json(all));
      return;
    }
    for (Receipt receipt : all) {
      console.out().println(Console.safe(Line.of(receipt)));
      receipt.targets().stream()
          .flatMap(target -> target.failures().stream())
          .limit(20)
          .forEach(
              failure ->
                  console
                      .out()
                      .println(
                          "  "
                              + Console.safe(
                                  failure.image()
                                      + ": "
                                      + failure.code()
                                      + ": "
                                      + failure.sentence())));
      warnings(receipt);
      receipt.targets().stream()
          .map(Receipt.TargetReport::next)
          .filter(next -> !next.isEmpty())
          .distinct()
          .forEach(
              next ->
                  console
                      .out()
                      .println("  next: " + next.replace(" ID", " " + receipt.archive().id())));
      places(receipt).forEach(place -> console.out().println("  " + place));
    }
  }

  private void warnings(Receipt receipt) {
    List<String> warnings =
        receipt.targets().stream()
            .flatMap(target -> target.warnings().stream())
            .distinct()
            .toList();
    warnings.stream()
        .limit(MOST_WARNINGS)
        .forEach(warning -> console.out().println("  warning: " + Console.safe(warning)));
    if (warnings.size() > MOST_WARNINGS) {
      int more = warnings.size() - MOST_WARNINGS;
      console.out().println("  and " + more + " warnings more in the receipt");
    }
  }

  /** Where to read on. */
  private List<Path> places(Receipt receipt) {
    String id = receipt.archive().id();
    List<Path> places = new ArrayList<>();
    for (Path folder :
        List.of(
            engine.folder().done(id), engine.folder().quarantine(id), engine.folder().work(id))) {
      places.add(folder.resolve("why.yaml"));
      places.add(folder.resolve("receipt.json"));
      places.add(folder.resolve("receipt.html"));
    }
    receipt.targets().stream()
        .map(target -> engine.folder().out(target.name()).resolve("cluster-resources"))
        .forEach(places::add);
    return places.stream().filter(Files::exists).toList();
  }

  static String json(Object value) {
    try {
      return new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .writeValueAsString(value);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
