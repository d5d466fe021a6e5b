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

  private final String entry;
  private final Reader reader;
  private final LongLines lines;
  private final StringBuilder line = new StringBuilder();
  private int number;
  private boolean atEnd;

  YamlDocuments(String entry, Reader reader, LongLines lines) {
    this.lines = lines;
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
          throw new Rejected(
              Code.LIMIT_EXCEEDED,
              entry + ":" + number + ": found a document of more than " + LARGEST + " characters");
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
    int word = 0;
    int character = reader.read();
    while (character >= 0 && character != '\n') {
      if (!LongLines.superfluous(character, word)) {
        line.append((char) character);
      }
      word = LongLines.ofWord(character) ? word + 1 : 0;
      if (line.length() > LARGEST) {
        break;
      }
      character = reader.read();
    }
    atEnd = character < 0;
    lines.spend(entry, number, line.length());
    return !atEnd || !line.isEmpty();
  }

  /**
   * One document.
   *
   * @param line of the file it begins in
   */
  record Document(int line, String text) {}
}
