package landfall.plan.operator;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Optional;

/** Where tokens come from: JSON and YAML alike. */
interface TokenSource {
  /** The next token, unless the text is at its end. */
  Optional<JsonToken> next() throws IOException;

  /** Name of the field that was read last. */
  String field() throws IOException;

  /** How many characters the text has that was read last. */
  int length() throws IOException;

  /** The text that was read last. */
  String text() throws IOException;

  /** The line of the text in which the last token stands, from 1. */
  int line();
}
