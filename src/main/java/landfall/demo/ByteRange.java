package landfall.demo;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Some bytes of a whole: {@code length} of them from {@code first} on. */
record ByteRange(long first, long length) {
  // At most 18 digits always fit into a long.
  private static final Pattern ASKED = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");
  private static final Pattern SENT = Pattern.compile("(\\d{1,18})-(\\d{1,18})");

  static ByteRange all(long size) {
    return new ByteRange(0, size);
  }

  /**
   * The one range a {@code Range} header asks of {@code size} bytes; of length 0 when none of them
   * is within. Absent for any other header: RFC 9110 lets a server ignore what it cannot do.
   */
  static Optional<ByteRange> asked(String header, long size) {
    Matcher matcher = ASKED.matcher(header);
    if (!matcher.matches() || header.equals("bytes=-")) {
      return Optional.empty();
    }
    String from = matcher.group(1);
    String to = matcher.group(2);
    if (from.isEmpty()) {
      long length = Math.min(Long.parseLong(to), size);
      return Optional.of(new ByteRange(size - length, length));
    }
    long first = Long.parseLong(from);
    long last = to.isEmpty() ? Long.MAX_VALUE : Long.parseLong(to);
    if (last < first) {
      return Optional.empty();
    }
    return Optional.of(new ByteRange(first, Math.max(0, Math.min(last, size - 1) - first + 1)));
  }

  /** The range a chunk's {@code Content-Range} header names, in the form of the specification. */
  static Optional<ByteRange> sent(String header) {
    Matcher matcher = SENT.matcher(header);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long first = Long.parseLong(matcher.group(1));
    return Optional.of(new ByteRange(first, Long.parseLong(matcher.group(2)) - first + 1));
  }

  boolean isEmpty() {
    return length == 0;
  }

  /** As {@code Content-Range} says it. */
  String of(long size) {
    return "bytes " + first + "-" + (first + length - 1) + "/" + size;
  }
}
