package landfall.arrive;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The lines of a checksum file as GNU coreutils or BSD write them: {@code hex␠␠name}, {@code
 * hex␠*name}, {@code SHA256 (name) = hex}, or a bare hash.
 *
 * <p>Names are compared by their last component and never opened. Lines that are no checksums (a
 * comment, a signature's armour) are passed over.
 */
record ChecksumFile(List<Line> lines) {
  /** No honest checksum file is larger; in bytes. */
  static final int LARGEST = 64 * 1024;

  private static final Pattern GNU =
      Pattern.compile("\\\\?([0-9a-fA-F]{32,128})(?:[ \\t]+\\*?(.+))?");
  private static final Pattern BSD =
      Pattern.compile("(SHA-?\\d+|MD5)\\s*\\((.+)\\)\\s*=\\s*([0-9a-fA-F]{32,128})");

  ChecksumFile {
    lines = List.copyOf(lines);
  }

  /**
   * One promise.
   *
   * @param name of the file it is for; empty when the hash stands alone
   * @param folder the last folder written before the name, if any
   * @param hex the hash in lower-case hex
   */
  record Line(Optional<String> name, Optional<String> folder, String hex) {
    Algorithm algorithm() {
      return Algorithm.ofLength(hex.length());
    }
  }

  /** The hash functions a checksum may be made with. */
  enum Algorithm {
    SHA256(64),
    SHA512(128),
    UNSUPPORTED(0);

    private final int hexLength;

    Algorithm(int hexLength) {
      this.hexLength = hexLength;
    }

    static Algorithm ofLength(int hexLength) {
      for (Algorithm algorithm : values()) {
        if (algorithm.hexLength == hexLength) {
          return algorithm;
        }
      }
      return UNSUPPORTED;
    }
  }

  static ChecksumFile parse(String text) {
    List<Line> lines = new ArrayList<>();
    text.replace("\uFEFF", "")
        .lines()
        .forEach(line -> parseLine(line.strip()).ifPresent(lines::add));
    return new ChecksumFile(lines);
  }

  private static Optional<Line> parseLine(String line) {
    Matcher bsd = BSD.matcher(line);
    if (bsd.matches()) {
      return Optional.of(line(bsd.group(2), bsd.group(3), false));
    }
    Matcher gnu = GNU.matcher(line);
    if (!gnu.matches()) {
      return Optional.empty();
    }
    String name = gnu.group(2);
    return Optional.of(
        name == null
            ? new Line(Optional.empty(), Optional.empty(), gnu.group(1).toLowerCase(Locale.ROOT))
            : line(name, gnu.group(1), line.startsWith("\\")));
  }

  private static Line line(String written, String hex, boolean escaped) {
    String name =
        escaped ? written.replace("\\n", "\n").replace("\\r", "\r").replace("\\\\", "\\") : written;
    String slashed = escaped ? name : name.replace('\\', '/');
    int cut = slashed.lastIndexOf('/');
    String parent = cut < 0 ? "" : slashed.substring(0, cut);
    String folder = parent.substring(parent.lastIndexOf('/') + 1);
    return new Line(
        Optional.of(slashed.substring(cut + 1)),
        Optional.of(folder).filter(text -> !text.isEmpty() && !text.equals(".")),
        hex.toLowerCase(Locale.ROOT));
  }

  /** The lines that speak of a file of this name. */
  List<Line> naming(String file) {
    return lines.stream().filter(line -> line.name().filter(file::equals).isPresent()).toList();
  }
}
