package landfall.plan.operator;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Optional;

/** Tokens of a stream of JSON objects. */
final class JsonTokens implements TokenSource {
  private final JsonParser parser;

  JsonTokens(JsonParser parser) {
    this.parser = parser;
  }

  @Override
  public Optional<JsonToken> next() throws IOException {
    return Optional.ofNullable(parser.nextToken());
  }

  @Override
  public String field() throws IOException {
    return parser.currentName();
  }

  @Override
  public int length() throws IOException {
    return parser.getTextLength();
  }

  @Override
  public String text() throws IOException {
    return parser.getText();
  }

  @Override
  public int line() {
    return Math.max(1, parser.currentTokenLocation().getLineNr());
  }
}
