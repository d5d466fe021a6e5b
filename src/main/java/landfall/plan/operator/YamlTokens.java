package landfall.plan.operator;

import com.fasterxml.jackson.core.JsonToken;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.DocumentEndEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingEndEvent;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceEndEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.events.StreamStartEvent;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserException;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Tokens of one YAML document, made of SnakeYAML's events: no tree is built, so neither aliases nor
 * many small values can make a small document large. An alias stands for text only.
 */
final class YamlTokens implements TokenSource {
  private static final int MOST_ANCHORS = 1000;
  private static final int LONGEST_PLAIN = 2048;

  private final Parser parser;
  private final Resolver resolver = new Resolver();
  private final Deque<Place> places = new ArrayDeque<>();
  private final Map<String, String> anchors = new HashMap<>();
  private String field = "";
  private String text = "";
  private int line = 1;

  YamlTokens(String document) {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(document.length() + 1);
    this.parser = new ParserImpl(new StreamReader(document), options);
  }

  @Override
  public Optional<JsonToken> next() {
    Event event = parser.getEvent();
    while (event instanceof StreamStartEvent || event instanceof DocumentStartEvent) {
      event = parser.getEvent();
    }
    if (event == null || event instanceof DocumentEndEvent || event.is(Event.ID.StreamEnd)) {
      return Optional.empty();
    }
    line = event.getStartMark().getLine() + 1;
    if (event instanceof MappingEndEvent || event instanceof SequenceEndEvent) {
      places.pop();
      return Optional.of(
          event instanceof MappingEndEvent ? JsonToken.END_OBJECT : JsonToken.END_ARRAY);
    }
    return Optional.of(places.peek() == Place.KEY ? key(event) : value(event));
  }

  @Override
  public String field() {
    return field;
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public String text() {
    return text;
  }

  @Override
  public int line() {
    return line;
  }

  private JsonToken key(Event event) {
    Optional<String> name = scalar(event);
    if (name.isEmpty()) {
      Mark mark = event.getStartMark();
      throw new ParserException(null, null, "a key that is no text", mark);
    }
    field = name.get();
    replace(Place.VALUE);
    return JsonToken.FIELD_NAME;
  }

  private JsonToken value(Event event) {
    if (places.peek() == Place.VALUE) {
      replace(Place.KEY);
    }
    if (event instanceof MappingStartEvent) {
      places.push(Place.KEY);
      return JsonToken.START_OBJECT;
    }
    if (event instanceof SequenceStartEvent) {
      places.push(Place.ITEM);
      return JsonToken.START_ARRAY;
    }
    Optional<String> found = scalar(event);
    text = found.orElse("");
    return found.isEmpty() ? JsonToken.VALUE_EMBEDDED_OBJECT : kind(event);
  }

  /** Text of a scalar, or what its alias stands for. */
  private Optional<String> scalar(Event event) {
    if (event instanceof AliasEvent alias) {
      return Optional.ofNullable(anchors.get(alias.getAnchor()));
    }
    if (!(event instanceof ScalarEvent scalar)) {
      return Optional.empty();
    }
    String value = scalar.getValue();
    if (scalar.getAnchor() != null
        && anchors.size() < MOST_ANCHORS
        && value.length() <= LONGEST_PLAIN
        && kind(event) == JsonToken.VALUE_STRING) {
      anchors.put(scalar.getAnchor(), value);
    }
    return Optional.of(value);
  }

  /** YAML reads {@code 5} and {@code ~} as no text. */
  private JsonToken kind(Event event) {
    if (!(event instanceof ScalarEvent scalar) || scalar.getValue().length() > LONGEST_PLAIN) {
      return JsonToken.VALUE_STRING;
    }
    boolean plain = scalar.getImplicit().canOmitTagInPlainScalar();
    Tag tag =
        scalar.getTag() == null || scalar.getTag().equals("!")
            ? resolver.resolve(NodeId.scalar, scalar.getValue(), plain)
            : new Tag(scalar.getTag());
    if (tag.equals(Tag.NULL)) {
      return JsonToken.VALUE_NULL;
    }
    return tag.equals(Tag.STR) || tag.equals(Tag.TIMESTAMP)
        ? JsonToken.VALUE_STRING
        : JsonToken.VALUE_EMBEDDED_OBJECT;
  }

  private void replace(Place place) {
    places.pop();
    places.push(place);
  }

  /** What comes next in the innermost collection. */
  private enum Place {
    KEY,
    VALUE,
    ITEM
  }
}
