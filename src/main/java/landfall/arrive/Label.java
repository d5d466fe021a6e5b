package landfall.arrive;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** Makes the ids of archives: time of arrival, the archive's name made safe, four hex digits. */
public final class Label {
  private static final List<String> EXTENSIONS =
      List.of(".tar.gz", ".tar.zst", ".tgz", ".tar", ".gz", ".zst");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmm", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final int LONGEST = 48;

  private Label() {}

  /** Such as {@code 20261122T1720-oc-mirror-content-9f3a}. */
  public static String id(Instant arrived, String name, RandomGenerator random) {
    return TIME.format(arrived)
        + "-"
        + safe(withoutExtension(name))
        + String.format(Locale.ROOT, "-%04x", random.nextInt(0x10000));
  }

  /** The name without the ending that says how the archive is packed. */
  public static String withoutExtension(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    for (String extension : EXTENSIONS) {
      if (lower.endsWith(extension) && lower.length() > extension.length()) {
        return name.substring(0, name.length() - extension.length());
      }
    }
    return name;
  }

  private static String safe(String name) {
    String safe = name.replaceAll("[^A-Za-z0-9._-]+", "-").replaceAll("^[.-]+|[.-]+$", "");
    String cut = safe.length() > LONGEST ? safe.substring(0, LONGEST) : safe;
    return cut.isEmpty() ? "archive" : cut;
  }
}
