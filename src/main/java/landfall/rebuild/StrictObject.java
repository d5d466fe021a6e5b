package landfall.rebuild;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** A JSON object whose every value must be as expected; all that is not becomes a problem. */
final class StrictObject {
  private final JsonNode node;
  private final String where;
  private final List<String> problems;
  private final Set<String> asked = new HashSet<>();

  /**
   * @param where its place in the document, such as {@code /targets/0}
   * @param problems takes what is wrong
   */
  StrictObject(JsonNode node, String where, List<String> problems) {
    this.node = node;
    this.where = where;
    this.problems = problems;
    if (!node.isObject()) {
      problem("", "an object");
    }
  }

  /** A text that must be there and not empty. */
  String text(String key) {
    String text = optional(key);
    if (text.isEmpty() && !node.path(key).isNumber()) {
      problem("/" + key, "a text");
    }
    return text;
  }

  /** A text, empty where there is none. */
  String optional(String key) {
    JsonNode value = value(key);
    if (!value.isMissingNode() && !value.isTextual()) {
      problem("/" + key, "a text");
    }
    return value.asText("");
  }

  /** A text in another form; {@code absent} where it is wrong. */
  <T> T parsed(String key, String expected, Function<String, T> parse, T absent) {
    String text = text(key);
    try {
      return text.isEmpty() ? absent : parse.apply(text);
    } catch (RuntimeException malformed) {
      problem("/" + key, expected);
      return absent;
    }
  }

  /** As {@link #parsed}, but may be left out; gives the text itself. */
  String checked(String key, String expected, Function<String, ?> parse) {
    String text = optional(key);
    if (!text.isEmpty()) {
      parsed(key, expected, parse.andThen(any -> text), "");
    }
    return text;
  }

  long count(String key) {
    JsonNode value = value(key);
    boolean count = value.isIntegralNumber() && value.canConvertToLong() && value.asLong() >= 0;
    if (!count) {
      problem("/" + key, "a count");
    }
    return count ? value.asLong() : 0;
  }

  boolean flag(String key) {
    JsonNode value = value(key);
    if (!value.isBoolean()) {
      problem("/" + key, "true or false");
    }
    return value.asBoolean();
  }

  StrictObject object(String key) {
    return new StrictObject(value(key), where + "/" + key, problems);
  }

  List<StrictObject> objects(String key) {
    List<StrictObject> objects = new ArrayList<>();
    for (JsonNode element : list(key)) {
      objects.add(new StrictObject(element, where + "/" + key + "/" + objects.size(), problems));
    }
    return objects;
  }

  List<String> texts(String key) {
    List<String> texts = new ArrayList<>();
    for (JsonNode element : list(key)) {
      if (!element.isTextual()) {
        problem("/" + key + "/" + texts.size(), "a text");
      }
      texts.add(element.asText(""));
    }
    return texts;
  }

  /** As {@link #objects}, but may be left out. */
  List<StrictObject> optionalObjects(String key) {
    return node.has(key) ? objects(key) : List.of();
  }

  /** As {@link #texts}, but may be left out. */
  List<String> optionalTexts(String key) {
    return node.has(key) ? texts(key) : List.of();
  }

  /** Everything there has been asked for, or it has no business there. */
  void finish() {
    node.fieldNames()
        .forEachRemaining(
            key -> {
              if (!asked.contains(key)) {
                problems.add(where + "/" + key + " is unknown");
              }
            });
  }

  private JsonNode list(String key) {
    JsonNode value = value(key);
    if (!value.isArray()) {
      problem("/" + key, "a list");
    }
    return value;
  }

  private JsonNode value(String key) {
    asked.add(key);
    return node.path(key);
  }

  private void problem(String key, String expected) {
    String pointer = where + key;
    JsonNode found = key.isEmpty() ? node : node.at(key);
    String text = found.isMissingNode() ? "missing" : found.toString();
    problems.add(
        pointer
            + " is "
            + text.substring(0, Math.min(80, text.length()))
            + ", expected "
            + expected);
  }
}
