package landfall.plan.operator;

import java.io.IOException;
import java.io.Reader;
import java.util.Optional;
import landfall.failure.Code;
import landfall.failure.Rejected;

/**
 * Cuts a stream of YAML at its {@code ---} lines, as operator-registry does, so that one document
 * at a time is parsed (AF§3.2).
 */
final class YamlDocuments {
  private static final int LARGEST = 16 * 1024 * 1024;
  private static final int LONGEST_LINE = 2 * 1024 * 1024;

  /**
   * SnakeYAML's time grows with the square of a line's length: about a second for one of 2 MiB. So
   * much of that is spent on one file and no more.
   */
  private static final long MOST_WORK = 100_000_000_000_000L;

  private final String entry;
  private final Reader reader;
  private final StringBuilder line = new StringBuilder();
  private int number;
  private long work;
  private boolean atEnd;

  YamlDocuments(String entry, Reader reader) {
    this.entry = entry;
    this.reader = reader;
  }

  /** The next document that is not empty. */
  Optional<Document> next() throws IOException {
    StringBuilder text = new StringBuilder();
    int first = number + 1;
    while (readLine()) {
      if (separator()) {
        if (!text.isEmpty()) {
          return Optional.of(new Document(first, text.toString()));
        }
        first = number + 1;
      } else {
        text.append(line).append('\n');
        if (text.length() > LARGEST) {
          throw limit("a document of more than " + LARGEST + " characters");
        }
      }
    }
    return text.isEmpty() ? Optional.empty() : Optional.of(new Document(first, text.toString()));
  }

  private boolean separator() {
    if (line.length() < 3 || line.charAt(0) != '-' || line.charAt(1) != '-') {
      return false;
    }
    String after = line.substring(3).strip();
    return line.charAt(2) == '-' && (after.isEmpty() || after.startsWith("#"));
  }

  private boolean readLine() throws IOException {
    line.setLength(0);
    if (atEnd) {
      return false;
    }
    number++;
    int character = reader.read();
    while (character >= 0 && character != '\n') {
      line.append((char) character);
      if (line.length() > LONGEST_LINE) {
        throw limit("a line of more than " + LONGEST_LINE + " characters");
      }
      character = reader.read();
    }
    atEnd = character < 0;
    work += (long) line.length() * line.length();
    if (work > MOST_WORK) {
      throw limit("too many long lines");
    }
    return !atEnd || !line.isEmpty();
  }

  private Rejected limit(String found) {
    return new Rejected(Code.LIMIT_EXCEEDED, entry + ":" + number + ": found " + found);
  }

  /**
   * One document.
   *
   * @param line of the file it begins in
   */
  record Document(int line, String text) {}
}
