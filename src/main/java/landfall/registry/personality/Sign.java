package landfall.registry.personality;

import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Something in an answer that only one kind of registry says. */
record Sign(String field, Pattern words) {
  private static final String BODY = "";

  /** A header field with such a value; the pattern only has to be found. */
  static Sign field(String name, String words) {
    return new Sign(name, Pattern.compile(words, Pattern.CASE_INSENSITIVE));
  }

  static Sign body(String words) {
    return field(BODY, words);
  }

  boolean isIn(Function<String, List<String>> fields, String body) {
    return field.equals(BODY)
        ? words.matcher(body).find()
        : fields.apply(field).stream().anyMatch(value -> words.matcher(value).find());
  }
}
