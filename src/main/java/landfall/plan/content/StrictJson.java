package landfall.plan.content;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import landfall.failure.Code;
import landfall.failure.Rejected;

/**
 * Reads JSON that every parser in the world reads alike, and refuses all other: what we checked
 * must be what a registry and a cluster will see.
 */
public final class StrictJson {
  /** Most bytes a document may have. */
  public static final int LONGEST = 4 * 1024 * 1024;

  private static final int DEPTH = 64;
  private static final int NAME = 1000;
  private static final int NUMBER = 100;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(factory())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .build();

  private StrictJson() {}

  /**
   * Reads one JSON object.
   *
   * @param subject what it is, as a sentence begins
   * @throws Rejected MANIFEST_INVALID or LIMIT_EXCEEDED
   */
  public static JsonNode object(String subject, byte[] bytes) {
    JsonNode node = parse(subject, text(subject, bytes));
    if (!node.isObject()) {
      throw new Rejected(
          Code.MANIFEST_INVALID,
          subject + " is a JSON " + node.getNodeType() + ", an object was expected");
    }
    return node;
  }

  private static JsonNode parse(String subject, String text) {
    try {
      return MAPPER.readTree(text);
    } catch (StreamConstraintsException limit) {
      throw new Rejected(Code.LIMIT_EXCEEDED, subject + ": " + limit.getOriginalMessage(), limit);
    } catch (JsonProcessingException malformed) {
      String where = Optional.ofNullable(malformed.getLocation()).map(StrictJson::place).orElse("");
      throw new Rejected(
          Code.MANIFEST_INVALID,
          subject + " is not strict JSON" + where + ": " + malformed.getOriginalMessage(),
          malformed);
    }
  }

  private static String place(JsonLocation location) {
    return " at line " + location.getLineNr() + ", column " + location.getColumnNr();
  }

  /** Jackson would guess UTF-16 and UTF-32, and skip a byte order mark; others do not. */
  private static String text(String subject, byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      if (text.startsWith("\uFEFF") || text.indexOf('\0') >= 0) {
        throw new Rejected(
            Code.MANIFEST_INVALID,
            subject + " has a byte order mark or NUL bytes, plain UTF-8 was expected");
      }
      return text;
    } catch (CharacterCodingException malformed) {
      throw new Rejected(Code.MANIFEST_INVALID, subject + " is not UTF-8", malformed);
    }
  }

  private static JsonFactory factory() {
    return new JsonFactoryBuilder()
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(DEPTH)
                .maxDocumentLength(LONGEST)
                .maxNameLength(NAME)
                .maxNumberLength(NUMBER)
                .maxStringLength(LONGEST)
                .build())
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .build();
  }
}
