package landfall.report;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import landfall.report.Receipt.ImageReport;
import landfall.report.Receipt.TargetReport;

/** A receipt as a page for people; every value in it is escaped. */
final class ReceiptPage {
  private static final Template TEMPLATE = template();

  private ReceiptPage() {}

  static byte[] of(Receipt receipt) {
    Map<String, Object> page =
        Map.of(
            "receipt", receipt,
            "tone", tone(receipt.result().name()),
            "meaning", receipt.result().meaning(),
            "size", Bytes.of(receipt.archive().bytes()),
            "targets", receipt.targets().stream().map(ReceiptPage::target).toList(),
            "images", receipt.images().stream().map(ReceiptPage::image).toList(),
            "anyUnclaimed", !receipt.unclaimed().isEmpty(),
            "unclaimed", receipt.unclaimed());
    return TEMPLATE.execute(page).getBytes(StandardCharsets.UTF_8);
  }

  private static Map<String, Object> image(ImageReport image) {
    return Map.of(
        "type", image.type(),
        "origin", image.origin(),
        "attributedBy", image.attributedBy().isEmpty() ? List.of() : List.of(image.attributedBy()),
        "destination", image.destination(),
        "digest", image.digest(),
        "outcome", image.outcome(),
        "code", image.code());
  }

  private static Map<String, Object> target(TargetReport target) {
    return Map.ofEntries(
        Map.entry("report", target),
        Map.entry("tone", tone(target.result().name())),
        Map.entry("planned", Bytes.of(target.bytes().planned())),
        Map.entry("sent", Bytes.of(target.bytes().sent())),
        Map.entry("mounted", Bytes.of(target.bytes().mounted())),
        Map.entry("already", Bytes.of(target.bytes().alreadyThere())),
        Map.entry("changes", target.changes()),
        Map.entry("anyChanges", !target.changes().isEmpty()),
        Map.entry("warnings", target.warnings()),
        Map.entry("anyWarnings", !target.warnings().isEmpty()),
        Map.entry("failures", target.failures()),
        Map.entry("anyFailures", !target.failures().isEmpty()),
        Map.entry("reason", target.code().isEmpty() ? List.of() : List.of(target)));
  }

  private static String tone(String state) {
    return switch (state) {
      case "DELIVERED", "DUPLICATE" -> "good";
      case "DELIVERED_WITH_FAILURES", "DISCARDED" -> "warn";
      default -> "bad";
    };
  }

  private static Template template() {
    String name = "/report/receipt.html.mustache";
    try (Reader reader =
        new InputStreamReader(
            Objects.requireNonNull(ReceiptPage.class.getResourceAsStream(name)),
            StandardCharsets.UTF_8)) {
      return Mustache.compiler()
          .escapeHTML(true)
          .defaultValue("")
          .withFormatter(value -> String.format(Locale.ROOT, "%s", value))
          .compile(reader);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
