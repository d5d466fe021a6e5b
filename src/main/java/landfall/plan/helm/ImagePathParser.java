package landfall.plan.helm;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the text of an {@link ImagePath}. */
final class ImagePathParser {
  private static final int LONGEST = 1000;
  private static final Pattern NAME = Pattern.compile("(?:\\\\.|[^\\s.\\[\\]{}()'\"\\\\,=!?*])+");
  private static final Pattern QUOTED = Pattern.compile("'([^']*)'|\"([^\"]*)\"");
  private static final Pattern SLICE =
      Pattern.compile("(-?[0-9]{1,6})?(?:(:)(-?[0-9]{1,6})?(?::([1-9][0-9]{0,5}))?)?");
  private static final Pattern FILTER =
      Pattern.compile(
          "\\?\\(\\s*@([^=!<>()\\s]*)\\s*(?:(==|!=)\\s*(?:'([^']*)'|\"([^\"]*)\"|([^\\s'\")]+))\\s*)?\\)");

  private final String template;
  private int at;

  ImagePathParser(String template) {
    if (template.length() > LONGEST) {
      throw new IllegalArgumentException("an image path of " + template.length() + " characters");
    }
    this.template = template;
  }

  ImagePath parse() {
    List<List<Step>> expressions = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    for (int open = template.indexOf('{'); open >= 0; open = template.indexOf('{', at)) {
      text.append(template, at, open);
      String inside = braced(open);
      Matcher literal = QUOTED.matcher(inside);
      if (literal.matches()) {
        text.append(literal.group(literal.group(1) == null ? 2 : 1));
      } else {
        texts.add(text.toString());
        text.setLength(0);
        expressions.add(new ImagePathParser(inside).steps());
      }
    }
    texts.add(text.append(template, at, template.length()).toString());
    return new ImagePath(expressions, texts);
  }

  private String braced(int open) {
    int close = template.indexOf('}', open);
    if (close < 0) {
      throw unknown("a brace is not closed");
    }
    at = close + 1;
    return template.substring(open + 1, close).strip();
  }

  private List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    if (template.startsWith("$") || template.startsWith("@")) {
      at++;
    }
    while (at < template.length()) {
      steps.add(step());
    }
    return steps;
  }

  private Step step() {
    char next = template.charAt(at);
    if (next == '[') {
      return bracket();
    }
    if (next != '.') {
      throw unknown("'" + template.substring(at) + "' is no path");
    }
    at++;
    if (template.startsWith(".", at)) {
      // The dot that is left begins the name that is looked for at every depth.
      if (template.startsWith(".[", at)) {
        at++;
      }
      return new Step.Descent();
    }
    if (template.startsWith("*", at)) {
      at++;
      return new Step.All();
    }
    return template.startsWith("[", at) ? bracket() : name();
  }

  private Step name() {
    Matcher name = NAME.matcher(template).region(at, template.length());
    if (!name.lookingAt()) {
      throw unknown("a name is missing after a dot");
    }
    at = name.end();
    return new Step.Name(name.group().replaceAll("\\\\(.)", "$1"));
  }

  private Step bracket() {
    int close = template.indexOf(']', at);
    if (close < 0) {
      throw unknown("a bracket is not closed");
    }
    String inside = template.substring(at + 1, close).strip();
    at = close + 1;
    if (inside.equals("*")) {
      return new Step.All();
    }
    if (inside.startsWith("?")) {
      return filter(inside);
    }
    List<Step> members = new ArrayList<>();
    for (String member : inside.split(",", -1)) {
      members.add(member(member.strip()));
    }
    return members.size() == 1 ? members.get(0) : new Step.Union(members);
  }

  private Step member(String text) {
    Matcher quoted = QUOTED.matcher(text);
    if (quoted.matches()) {
      return new Step.Name(quoted.group(quoted.group(1) == null ? 2 : 1));
    }
    Matcher slice = SLICE.matcher(text);
    if (!slice.matches() || text.isEmpty()) {
      throw unknown("'" + text + "' is no index");
    }
    if (slice.group(2) == null) {
      return Step.Slice.at(Integer.parseInt(text));
    }
    return new Step.Slice(
        number(slice.group(1), 0),
        number(slice.group(3), Step.Slice.END),
        number(slice.group(4), 1));
  }

  private Step filter(String text) {
    Matcher filter = FILTER.matcher(text);
    if (!filter.matches()) {
      throw unknown("the filter '" + text + "'");
    }
    String operator = filter.group(2) == null ? "" : filter.group(2);
    String value = "";
    for (int group = 3; group <= 5; group++) {
      value = filter.group(group) == null ? value : filter.group(group);
    }
    return new Step.Filter(new ImagePathParser(filter.group(1)).steps(), operator, value);
  }

  private static int number(String text, int otherwise) {
    return text == null ? otherwise : Integer.parseInt(text);
  }

  private IllegalArgumentException unknown(String what) {
    return new IllegalArgumentException("image path '" + template + "': " + what);
  }
}
