package landfall.plan.release;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import landfall.failure.Code;
import landfall.failure.Rejected;

/**
 * Reads large JSON piece by piece: only what is asked for takes memory, and every complaint names
 * the line. As with oc-mirror, fields nobody asks for are skipped and null counts as absent.
 */
final class JsonReader {
  private static final int DEPTH = 64;
  private static final int LONGEST_NAME = 1000;
  private static final int LONGEST_NUMBER = 100;
  private static final int LONGEST_TEXT = 1 << 20;

  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEPTH)
                  .maxNameLength(LONGEST_NAME)
                  .maxNumberLength(LONGEST_NUMBER)
                  .maxStringLength(LONGEST_TEXT)
                  .build())
          // A name that is skipped must not stay in memory.
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .build();

  private final String document;
  private final JsonParser parser;

  private JsonReader(String document, JsonParser parser) {
    this.document = document;
    this.parser = parser;
  }

  /**
   * Reads one document.
   *
   * @param document how complaints call it
   * @throws Rejected MANIFEST_INVALID or LIMIT_EXCEEDED
   */
  static void read(String document, byte[] bytes, Part root) {
    InputStreamReader text =
        new InputStreamReader(new ByteArrayInputStream(bytes), StandardCharsets.UTF_8.newDecoder());
    try (JsonParser parser = FACTORY.createParser(text)) {
      JsonReader reader = new JsonReader(document, parser);
      parser.nextToken();
      root.read(reader);
      if (parser.nextToken() != null) {
        throw reader.wrong("more follows the end of the document");
      }
    } catch (StreamConstraintsException limit) {
      throw new Rejected(Code.LIMIT_EXCEEDED, document + ": " + limit.getOriginalMessage(), limit);
    } catch (JsonProcessingException malformed) {
      int line = malformed.getLocation() == null ? 1 : malformed.getLocation().getLineNr();
      throw new Rejected(
          Code.MANIFEST_INVALID,
          document + ":" + line + ": this is no JSON: " + malformed.getOriginalMessage(),
          malformed);
    } catch (CharacterCodingException notUtf8) {
      throw new Rejected(Code.MANIFEST_INVALID, document + " is not UTF-8", notUtf8);
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Reads the fields that are asked for; each may stand once. */
  void object(Map<String, Part> fields) throws IOException {
    if (absent()) {
      return;
    }
    expect(JsonToken.START_OBJECT, "an object");
    Set<String> seen = new HashSet<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      Part field = fields.get(name);
      if (field == null) {
        parser.skipChildren();
      } else if (seen.add(name)) {
        field.read(this);
      } else {
        throw wrong("'" + name + "' stands twice in one object");
      }
    }
  }

  /** Reads every element. */
  void array(Part element) throws IOException {
    if (absent()) {
      return;
    }
    expect(JsonToken.START_ARRAY, "a list");
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      element.read(this);
    }
  }

  String text() throws IOException {
    expect(JsonToken.VALUE_STRING, "a text");
    return parser.getText();
  }

  /** A number that counts something. */
  int count(int most) throws IOException {
    expect(JsonToken.VALUE_NUMBER_INT, "a whole number");
    if (parser.getNumberType() != JsonParser.NumberType.INT
        || parser.getIntValue() < 0
        || parser.getIntValue() > most) {
      throw wrong("found " + parser.getText() + ", expected a number from 0 to " + most);
    }
    return parser.getIntValue();
  }

  /** The line that is being read. */
  int line() {
    return parser.currentTokenLocation().getLineNr();
  }

  /** What is wrong at the line that is being read. */
  Rejected wrong(String sentence) {
    return new Rejected(Code.MANIFEST_INVALID, document + ":" + line() + ": " + sentence);
  }

  /** There is more than any real document has. */
  Rejected tooMany(int most, String what) {
    return new Rejected(
        Code.LIMIT_EXCEEDED,
        document + ":" + line() + ": there are more than " + most + " " + what);
  }

  private boolean absent() {
    return parser.currentToken() == JsonToken.VALUE_NULL;
  }

  private void expect(JsonToken token, String what) throws IOException {
    if (parser.currentToken() == null) {
      throw wrong("found the end, expected " + what);
    }
    if (parser.currentToken() != token) {
      String found = parser.getText();
      String shown = found.length() > 60 ? found.substring(0, 60) + "…" : found;
      throw wrong("found " + shown + ", expected " + what);
    }
  }

  /** What to do with one value. */
  @FunctionalInterface
  interface Part {
    void read(JsonReader json) throws IOException;
  }
}
