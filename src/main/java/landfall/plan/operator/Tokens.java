package landfall.plan.operator;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Optional;
import landfall.failure.Code;
import landfall.failure.Rejected;

/**
 * The tokens of a catalog's file one by one, never a tree: a catalog is foreign and may be large
 * (AF§3.2). It bounds depth and length, and knows file and line.
 */
final class Tokens {
  private static final int DEEPEST = 100;
  private static final int LONGEST_TEXT = 2048;

  private final String entry;
  private final TokenSource source;
  private final int linesBefore;
  private int depth;

  /**
   * @param linesBefore how many lines of the file precede what is parsed
   */
  Tokens(String entry, TokenSource source, int linesBefore) {
    this.entry = entry;
    this.source = source;
    this.linesBefore = linesBefore;
  }

  /** The next token, if there is one. */
  Optional<JsonToken> next() throws IOException {
    Optional<JsonToken> token = source.next();
    if (token.filter(JsonToken::isStructStart).isPresent()) {
      depth++;
      if (depth > DEEPEST) {
        throw new Rejected(
            Code.LIMIT_EXCEEDED, where() + ": found values nested more than " + DEEPEST + " deep");
      }
    } else if (token.filter(JsonToken::isStructEnd).isPresent()) {
      depth--;
    }
    return token;
  }

  /** The next token where one must come. */
  JsonToken expect() throws IOException {
    return next().orElseThrow(() -> invalid("found the end", "the rest of an object"));
  }

  /** Goes to the end of the value whose first token was read last. */
  void skip(JsonToken first) throws IOException {
    if (first.isStructStart()) {
      int outside = depth - 1;
      while (depth > outside) {
        expect();
      }
    }
  }

  /** Name of the field whose name was read last. */
  String field() throws IOException {
    return source.field();
  }

  /**
   * The text that was read last; empty where it is null, or something else than text.
   *
   * @throws Rejected LIMIT_EXCEEDED when no reference or name is so long
   */
  Optional<String> text(JsonToken token) throws IOException {
    if (token != JsonToken.VALUE_STRING) {
      return Optional.empty();
    }
    if (source.length() > LONGEST_TEXT) {
      throw new Rejected(
          Code.LIMIT_EXCEEDED,
          where()
              + ": found a name of "
              + source.length()
              + " characters, at most "
              + LONGEST_TEXT
              + " are read");
    }
    return Optional.of(source.text());
  }

  /** The text that was read last; empty where it is none, or longer than any name that counts. */
  String brief(JsonToken token) throws IOException {
    boolean counts = token == JsonToken.VALUE_STRING && source.length() <= LONGEST_TEXT;
    return counts ? source.text() : "";
  }

  Rejected invalid(String found, String expected) {
    return new Rejected(
        Code.MANIFEST_INVALID, where() + ": " + found + ", " + expected + " was expected");
  }

  /** File and line of what was read last. */
  String where() {
    return entry + ":" + (linesBefore + source.line());
  }
}
