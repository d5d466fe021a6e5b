package landfall.plan.operator;

import com.fasterxml.jackson.core.JsonToken;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
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
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Tokens of one YAML document without aliases, made of SnakeYAML's events: no tree is built, so
 * many small values cannot make a small document large.
 */
final class YamlTokens implements TokenSource {
  private final Parser parser;
  private final Resolver resolver = new YamlScalars();
  private final Deque<Place> places = new ArrayDeque<>();
  private String field = "";
  private String text = "";
  private int line = 1;

  YamlTokens(String document) {
    this.parser = YamlShape.parser(document);
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

  private static Optional<String> scalar(Event event) {
    if (event instanceof AliasEvent alias) {
      String found = "an alias of '" + alias.getAnchor() + "', which is not there";
      throw new ParserException(null, null, found, event.getStartMark());
    }
    return event instanceof ScalarEvent scalar ? Optional.of(scalar.getValue()) : Optional.empty();
  }

  private JsonToken kind(Event event) {
    if (!(event instanceof ScalarEvent scalar)) {
      return JsonToken.VALUE_STRING;
    }
    boolean plain = scalar.getImplicit().canOmitTagInPlainScalar();
    return YamlScalars.token(
        scalar.getTag() == null || scalar.getTag().equals("!")
            ? resolver.resolve(NodeId.scalar, scalar.getValue(), plain)
            : new Tag(scalar.getTag()));
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
