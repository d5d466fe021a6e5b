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
import landfall.failure.Code;
import landfall.failure.Parked;
import landfall.ledger.ArchiveRow;
import landfall.ledger.DeliveryRow;
import landfall.ledger.State;
import landfall.report.Line;
import landfall.report.Receipt;
import landfall.report.Receipts;
import landfall.wiring.Engine;

/** Looks on while archives are worked on, shows how far they are, and tells the result. */
final class Watch {
  private static final long TICK = 100;
  private static final int MOST_WARNINGS = 5;

  /** Nanoseconds after which a receipt that does not come is told. */
  private static final long UNSTORED = 30_000_000_000L;

  private final Console console;
  private final Engine engine;
  private final boolean json;
  private final Receipts receipts;
  private long moved = System.nanoTime();

  Watch(Console console, Engine engine, boolean json) {
    this.console = console;
    this.engine = engine;
    this.json = json;
    this.receipts = new Receipts(engine.ledger(), engine.folder(), Clock.systemUTC());
  }

  /** Watches until all have ended or stand still for longer than {@code patience}. */
  int until(List<String> ids, Duration patience) throws InterruptedException {
    ProgressLine line = new ProgressLine(console, engine, ids);
    long stillSince = System.nanoTime();
    while (true) {
      List<DeliveryRow> rows = rows(ids);
      if (ids.stream().allMatch(id -> ended(id, rows))) {
        break;
      }
      if (System.nanoTime() - movedLast(ids, rows) > UNSTORED) {
        line.clear();
        throw new Parked(
            Code.LOCAL_IO,
            "the receipt cannot be written below " + engine.folder().root() + "; see the log");
      }
      if (!ids.stream().allMatch(id -> ended(id, rows) || standsStill(id, rows))) {
        stillSince = System.nanoTime();
      } else if (System.nanoTime() - stillSince > patience.toNanos()) {
        break;
      }
      line.show(rows);
      Thread.sleep(TICK);
    }
    line.clear();
    List<Receipt> all = ids.stream().map(this::receipt).toList();
    print(all);
    return ExitCode.worst(all.stream().map(ExitCode::of).toList());
  }

  private List<DeliveryRow> rows(List<String> ids) {
    return ids.stream().flatMap(id -> engine.ledger().deliveries().of(id).stream()).toList();
  }

  /** When last something was still worked on; now, unless only receipts are outstanding. */
  private long movedLast(List<String> ids, List<DeliveryRow> rows) {
    boolean onlyReceipts =
        ids.stream().allMatch(id -> haveEnded(of(id, rows)) || standsStill(id, rows));
    boolean some = ids.stream().anyMatch(id -> haveEnded(of(id, rows)) && !ended(id, rows));
    if (!onlyReceipts || !some) {
      moved = System.nanoTime();
    }
    return moved;
  }

  private static boolean haveEnded(List<DeliveryRow> rows) {
    return rows.stream().allMatch(row -> row.state().ended());
  }

  /** An archive has ended once its receipt is stored as well. */
  private boolean ended(String id, List<DeliveryRow> rows) {
    return haveEnded(of(id, rows))
        && engine.ledger().archives().byId(id).flatMap(ArchiveRow::finished).isPresent();
  }

  /** Whether nothing of it is being worked on or about to be. */
  private static boolean standsStill(String id, List<DeliveryRow> rows) {
    List<DeliveryRow> own = of(id, rows);
    return !haveEnded(own)
        && own.stream()
            .noneMatch(row -> row.state() == State.RUNNABLE || row.state() == State.RUNNING);
  }

  private static List<DeliveryRow> of(String id, List<DeliveryRow> rows) {
    return rows.stream().filter(row -> row.archive().equals(id)).toList();
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
