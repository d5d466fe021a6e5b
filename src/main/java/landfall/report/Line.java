package landfall.report;

import java.util.Locale;
import java.util.stream.Collectors;
import landfall.report.Receipt.TargetReport;

/** A receipt as the one line a person reads. */
public final class Line {
  private Line() {}

  /** Such as {@code X.tar.gz: DELIVERED. site-a: 24 pushed, 0 already there, 0 failed, 4.7 MiB}. */
  public static String of(Receipt receipt) {
    return receipt.archive().name()
        + ": "
        + receipt.result()
        + ". "
        + receipt.targets().stream().map(Line::of).collect(Collectors.joining("; "));
  }

  private static String of(TargetReport target) {
    if (target.code().isEmpty() && !target.sentence().isEmpty()) {
      return target.name() + ": " + target.sentence();
    }
    String counts =
        String.format(
            Locale.ROOT,
            "%s: %d pushed, %d already there, %d failed of %d images, %s sent",
            target.name(),
            target.images().pushed(),
            target.images().alreadyThere(),
            target.failures().size(),
            target.images().planned(),
            Bytes.of(target.bytes().sent()));
    return target.code().isEmpty()
        ? counts
        : target.name() + ": " + target.result() + " " + target.code() + ": " + target.sentence();
  }
}
