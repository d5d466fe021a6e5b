package landfall.cli.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import landfall.failure.Code;
import landfall.failure.Failure;
import landfall.plan.IncompleteImage;
import landfall.plan.IncompleteImage.Piece;
import landfall.plan.Plan;
import landfall.plan.PlannedImage;
import landfall.plan.Wave;
import landfall.report.Bytes;

/** A plan for people: lines that fit a terminal of usual width, as far as names allow. */
public final class PlanTable {
  private static final Pattern HEX = Pattern.compile("([a-f0-9]{12})[a-f0-9]{52}(?![a-f0-9])");
  private static final int MOST_PIECES = 20;

  private final PlanView view;
  private final Plan plan;
  private final List<String> lines = new ArrayList<>();
  private final Source source;

  private PlanTable(PlanView view) {
    this.view = view;
    this.plan = view.plan();
    this.source = new Source(view.opened(), view.draft().incomplete());
  }

  /** The lines, foreign text as it is. */
  public static List<String> of(PlanView view) {
    PlanTable table = new PlanTable(view);
    table.heading();
    table.plan.waves().forEach(table::wave);
    table.totals();
    table.missing();
    table.refused();
    table.plan.warnings().forEach(warning -> table.lines.add("warning: " + warning));
    table.verdict();
    return List.copyOf(table.lines);
  }

  /** The lines for an archive of which no plan can be made. */
  public static List<String> of(String archive, Failure failure) {
    List<String> lines = new ArrayList<>();
    lines.add(archive + ": " + failure.code() + ": " + failure.sentence());
    failure.evidence().stream().limit(MOST_PIECES).forEach(line -> lines.add("  " + line));
    lines.add("  next: " + failure.code().next());
    return lines;
  }

  private void heading() {
    lines.add(
        view.archive() + " to " + plan.target().name() + " (" + plan.target().address() + ")");
    lines.add(
        "  written by oc-mirror "
            + view.opened().producer().orElse("of unknown version")
            + (view.opened().differential() ? ", builds on earlier archives" : ", stands alone"));
    lines.add("  its bytes were not verified: 'landfall verify' does that, and so does an ingest");
  }

  private void wave(Wave wave) {
    lines.add("");
    lines.add("wave " + wave.name());
    lines.add(columns("TYPE", "IN ARCHIVE", "DELIVERED", "FROM, TO"));
    wave.images().forEach(this::image);
  }

  private void image(PlannedImage image) {
    List<PlannedImage> one = List.of(image);
    lines.add(
        columns(
            image.type().word(),
            Bytes.of(view.carried(one)),
            size(view.delivered(one)),
            shortened(image.origin())));
    lines.add(columns("", "", "", "-> " + shortened(image.destination().toString())));
  }

  private static String columns(String type, String carried, String delivered, String text) {
    return String.format(Locale.ROOT, "  %-10s %10s %10s  %s", type, carried, delivered, text);
  }

  private static String size(OptionalLong bytes) {
    return bytes.isPresent() ? Bytes.of(bytes.getAsLong()) : "unknown";
  }

  /** The first half of a line is for a person; programs get digests in full. */
  private static String shortened(String text) {
    return HEX.matcher(text).replaceAll("$1…");
  }

  private void totals() {
    lines.add("");
    lines.add(total("TOTAL", "TYPE", "IMAGES", "IN ARCHIVE", "DELIVERED"));
    Totals.of(view).forEach(this::total);
    total(Totals.all(view));
    if (view.known().isEmpty()) {
      lines.add("  what was delivered before is unknown: there is no ledger that could be read");
    }
  }

  private void total(Totals.Row row) {
    lines.add(
        total(
            row.wave(),
            row.kind(),
            String.valueOf(row.images()),
            Bytes.of(row.bytes()),
            size(row.delivered())));
  }

  private static String total(
      String wave, String kind, String images, String bytes, String delivered) {
    return String.format(
        Locale.ROOT, "  %-10s %-10s %7s %11s %10s", wave, kind, images, bytes, delivered);
  }

  private void missing() {
    List<IncompleteImage> incomplete = view.draft().incomplete();
    if (incomplete.isEmpty()) {
      return;
    }
    lines.add("");
    lines.add("missing: " + count(incomplete.size(), "image") + " not all there");
    for (IncompleteImage image : incomplete) {
      lines.add(
          "  "
              + image.candidate().claim().type().word()
              + " "
              + shortened(image.candidate().claim().origin()));
      lines.add("    -> " + shortened(image.candidate().destination().toString()));
      image.missing().stream().limit(MOST_PIECES).forEach(piece -> missing(piece, image));
      if (image.missing().size() > MOST_PIECES) {
        lines.add("    … and " + (image.missing().size() - MOST_PIECES) + " more");
      }
    }
  }

  private void missing(Piece piece, IncompleteImage image) {
    String what =
        piece
            .digest()
            .map(digest -> piece.kind() + " " + digest)
            .orElseGet(() -> piece.kind() + " " + image.candidate().claim().source());
    lines.add("    " + what);
    lines.add("      from " + source.of(piece));
  }

  private void refused() {
    if (plan.refused().isEmpty()) {
      return;
    }
    lines.add("");
    lines.add("not delivered:");
    plan.refused().forEach(image -> refused(image.origin(), image.code(), image.sentence()));
  }

  private void refused(String what, Code code, String sentence) {
    lines.add(
        "  " + (code == Code.DEPENDENCY_FAILED ? "held back " : "refused ") + shortened(what));
    lines.add("    " + code + ": " + sentence);
    lines.add("    next: " + code.next());
  }

  private void verdict() {
    lines.add("");
    if (view.obstacle().isEmpty()) {
      lines.add("result: " + count(plan.images(), "image") + " would be delivered");
      return;
    }
    Failure failure = view.obstacle().get();
    lines.add("result: " + failure.code() + ": " + failure.sentence());
    if (view.draft().incomplete().isEmpty()) {
      failure.evidence().stream().limit(MOST_PIECES).forEach(line -> lines.add("  " + line));
    }
    lines.add("  next: " + failure.code().next());
  }

  private static String count(int number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }
}
