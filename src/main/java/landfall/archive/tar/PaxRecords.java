package landfall.archive.tar;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import landfall.archive.bytes.Spot;
import landfall.failure.Code;
import landfall.failure.Rejected;

/** The records of one PAX header; what is not known to be harmless is refused. */
final class PaxRecords {
  private static final Set<String> TIMES = Set.of("mtime", "atime", "ctime");
  private static final Set<String> NUMBERS = Set.of("size", "uid", "gid");
  private static final Set<String> TEXTS = Set.of("path", "uname", "gname", "comment");
  // What tar and bsdtar add for extended attributes: about files on disk, never about the content.
  private static final List<String> ATTRIBUTES =
      List.of(
          "SCHILY.xattr.",
          "SCHILY.acl.",
          "SCHILY.fflags",
          "LIBARCHIVE.xattr.",
          "LIBARCHIVE.creationtime",
          "RHT.security.selinux");
  private static final Pattern TIME = Pattern.compile("-?[0-9]{1,20}(\\.[0-9]{1,20})?");
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,19}");

  private final Spot spot;
  private final Map<String, String> records = new HashMap<>();

  private PaxRecords(Spot spot) {
    this.spot = spot;
  }

  /**
   * Parses records of the form {@code length key=value\n}.
   *
   * @param text the payload, each byte as one Latin-1 character
   */
  static PaxRecords parse(String text, Spot spot) {
    PaxRecords parsed = new PaxRecords(spot);
    int at = 0;
    while (at < text.length()) {
      int end = at + parsed.length(text, at);
      parsed.record(text.substring(text.indexOf(' ', at) + 1, end - 1));
      at = end;
    }
    return parsed;
  }

  /** A global header speaks of all entries: names and sizes have no business there. */
  void checkGlobal() {
    if (records.containsKey("path") || records.containsKey("size")) {
      throw spot.refuse(
          Code.UNSAFE_ENTRY, "a global PAX header with path or size", "these per entry only");
    }
  }

  Optional<String> path() {
    return Optional.ofNullable(records.get("path"));
  }

  OptionalLong size() {
    String size = records.get("size");
    return size == null ? OptionalLong.empty() : OptionalLong.of(number(size));
  }

  /** The length that stands before a record, proven to end it with a newline. */
  private int length(String text, int at) {
    int space = text.indexOf(' ', at);
    String digits = space < 0 ? "" : text.substring(at, Math.min(space, at + 8));
    if (!digits.matches("[1-9][0-9]{0,6}") || at + digits.length() != space) {
      throw corrupt("a PAX record that begins " + begin(text, at), "its length and a space");
    }
    int length = Integer.parseInt(digits);
    int end = at + length;
    if (end > text.length() || end <= space + 1 || text.charAt(end - 1) != '\n') {
      throw corrupt("a PAX record with length " + length, "a record that ends there by a newline");
    }
    return length;
  }

  private void record(String record) {
    int equals = record.indexOf('=');
    if (equals < 1) {
      throw corrupt("the PAX record " + Spot.shown(record), "key=value");
    }
    String key = record.substring(0, equals);
    String value = record.substring(equals + 1);
    check(key, value);
    if (records.put(key, value) != null) {
      throw corrupt("two PAX records " + Spot.shown(key), "one");
    }
  }

  private void check(String key, String value) {
    if (TIMES.contains(key)) {
      require(TIME.matcher(value).matches(), key, value, "a time");
    } else if (NUMBERS.contains(key)) {
      number(value);
    } else if (TEXTS.contains(key)) {
      require(!(key.equals("path") && value.isEmpty()), key, value, "a name");
    } else if (ATTRIBUTES.stream().noneMatch(key::startsWith)) {
      throw spot.refuse(
          Code.UNSAFE_ENTRY, "a PAX record " + Spot.shown(key), "path, size, times and owners");
    }
  }

  private long number(String value) {
    require(NUMBER.matcher(value).matches(), "number", value, "a number that is not negative");
    try {
      return Long.parseLong(value);
    } catch (NumberFormatException tooLarge) {
      throw corrupt("the PAX number " + value, "one that fits into 63 bits");
    }
  }

  private void require(boolean right, String key, String value, String expected) {
    if (!right) {
      throw corrupt("the PAX " + key + " " + Spot.shown(value), expected);
    }
  }

  private Rejected corrupt(String found, String expected) {
    return spot.refuse(Code.ARCHIVE_CORRUPT, found, expected);
  }

  private static String begin(String text, int at) {
    return Spot.shown(text.substring(at, Math.min(text.length(), at + 16)));
  }

  /** Latin-1 text as the bytes it stands for. */
  static String latin(byte[] bytes, int at, int length) {
    return new String(bytes, at, length, StandardCharsets.ISO_8859_1);
  }
}
