package landfall.cli;

import java.util.List;
import java.util.Locale;
import landfall.ledger.ArchiveRow;
import landfall.ledger.DeliveryRow;
import landfall.ledger.State;
import landfall.ledger.Step;
import landfall.report.Bytes;
import landfall.wiring.Engine;

/**
 * How far the work has come, as one line: live on a terminal, else a new line every few seconds and
 * whenever the step changes.
 */
final class ProgressLine {
  private static final long PLAIN_EVERY = 5_000_000_000L;
  private static final long LIVE_EVERY = 250_000_000L;

  private final Console console;
  private final Engine engine;
  private final List<String> ids;
  private final long started = System.nanoTime();
  private long shown;
  private String phase = "";
  private String pause = "";

  ProgressLine(Console console, Engine engine, List<String> ids) {
    this.console = console;
    this.engine = engine;
    this.ids = List.copyOf(ids);
  }

  /**
   * @param rows the deliveries of its archives as they are now
   */
  void show(List<DeliveryRow> rows) {
    long now = System.nanoTime();
    String step = phase(rows);
    String wait = pause(rows);
    boolean due = now - shown >= (console.terminal() ? LIVE_EVERY : PLAIN_EVERY);
    if (!step.isEmpty() && (due || !step.equals(phase) || wait.isEmpty() != pause.isEmpty())) {
      shown = now;
      phase = step;
      pause = wait;
      print(text(now, rows));
    }
  }

  void clear() {
    if (console.terminal()) {
      console.err().print("\r\u001b[K");
      console.err().flush();
    }
  }

  private void print(String text) {
    if (console.terminal()) {
      console.err().print("\r\u001b[K" + text);
      console.err().flush();
    } else {
      console.err().println(text);
    }
  }

  private static String phase(List<DeliveryRow> rows) {
    return rows.stream()
        .filter(row -> row.state() == State.RUNNING)
        .findFirst()
        .map(row -> row.archive() + " " + word(row.step()))
        .orElse("");
  }

  /** A registry that is left alone because it asked for it makes nonsense of the time left. */
  private String pause(List<DeliveryRow> rows) {
    return rows.stream()
        .flatMap(row -> engine.pauses().of(row).stream())
        .findFirst()
        .map(words -> ", " + words)
        .orElse("");
  }

  private String text(long now, List<DeliveryRow> rows) {
    double seconds = Math.max(0.001, (now - started) / 1e9);
    long read = ids.stream().mapToLong(id -> engine.progress().bytesRead(id)).sum();
    long size =
        ids.stream()
            .flatMap(id -> engine.ledger().archives().byId(id).stream())
            .mapToLong(ArchiveRow::bytes)
            .sum();
    long sent = engine.progress().bytesSent();
    long planned = rows.stream().mapToLong(DeliveryRow::bytes).sum();
    long images = rows.stream().mapToLong(DeliveryRow::images).sum();
    return images == 0
        ? String.format(
            Locale.ROOT,
            "%s: %s of %s read, %s/s%s",
            phase,
            Bytes.of(Math.min(read, size)),
            Bytes.of(size),
            Bytes.of((long) (read / seconds)),
            left(read, size, seconds))
        : String.format(
            Locale.ROOT,
            "%s: %d of %d images, %s of %s sent%s, %s/s%s",
            phase,
            imagesThere(rows),
            images,
            Bytes.of(sent),
            Bytes.of(planned),
            readBack(),
            Bytes.of((long) (sent / seconds)),
            pause.isEmpty() ? left(sent, planned, seconds) : pause);
  }

  private String readBack() {
    long bytes = engine.progress().bytesReadBack();
    return bytes == 0 ? "" : ", " + Bytes.of(bytes) + " read back";
  }

  private long imagesThere(List<DeliveryRow> rows) {
    return rows.stream()
        .mapToLong(row -> engine.ledger().images().delivered(row.archive(), row.target()))
        .sum();
  }

  private static String left(long done, long all, double seconds) {
    return done <= 0 || done >= all
        ? ""
        : String.format(Locale.ROOT, ", about %.0f s left", seconds * (all - done) / done);
  }

  private static String word(Step step) {
    return step.name().toLowerCase(Locale.ROOT);
  }
}
