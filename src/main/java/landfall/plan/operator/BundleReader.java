package landfall.plan.operator;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import landfall.failure.Code;
import landfall.failure.Rejected;

/**
 * Reads one object of a file-based catalog and keeps of it what decides which images it needs
 * (AF§3.2). Field names are compared without case, as operator-registry's decoder does.
 */
final class BundleReader {
  private static final String BUNDLE = "olm.bundle";
  private static final int MOST_RELATED = 20_000;
  private static final Set<String> TEXTS = Set.of("schema", "name", "package", "image");
  private static final String RELATED = "relatedimages";
  private static final String PROPERTIES = "properties";
  private static final String IMAGE = "image";

  private final Tokens tokens;
  private final UnaryOperator<String> shared;
  private final PackageProperty property;
  private final Map<String, String> texts = new HashMap<>();
  private final Set<String> seen = new HashSet<>();
  private final List<String> related = new ArrayList<>();
  private Optional<Rejected> problem = Optional.empty();

  /**
   * @param shared gives one instance for equal texts: thousands of bundles name the same images
   */
  BundleReader(Tokens tokens, UnaryOperator<String> shared) {
    this.tokens = tokens;
    this.shared = shared;
    this.property = new PackageProperty(tokens);
  }

  /**
   * Reads the object whose start was the last token.
   *
   * @throws Rejected when it is no object of a catalog
   */
  Optional<Bundle> read() throws IOException {
    String where = tokens.where();
    while (tokens.expect() != JsonToken.END_OBJECT) {
      field(tokens.field());
    }
    String schema = texts.getOrDefault("schema", "");
    if (schema.isEmpty()) {
      throw new Rejected(
          Code.MANIFEST_INVALID,
          where + ": found an object without schema, one such as olm.bundle was expected");
    }
    if (!schema.equals(BUNDLE)) {
      return Optional.empty();
    }
    if (problem.isPresent()) {
      throw problem.get();
    }
    return Optional.of(bundle());
  }

  private Bundle bundle() {
    String packageName =
        property.packageName().isEmpty()
            ? texts.getOrDefault("package", "")
            : shared.apply(property.packageName());
    String name = texts.getOrDefault("name", "");
    return new Bundle(
        name,
        packageName,
        property.version().isEmpty() ? versionIn(name) : property.version(),
        texts.getOrDefault(IMAGE, ""),
        related);
  }

  /** Such as 1.2.3 of {@code name.v1.2.3}; all after the first dot where it is no number. */
  private static String versionIn(String name) {
    String version = name.substring(name.indexOf('.') + 1);
    return version.length() > 1 && version.charAt(0) == 'v' && Character.isDigit(version.charAt(1))
        ? version.substring(1)
        : version;
  }

  private void field(String written) throws IOException {
    String name = written.toLowerCase(Locale.ROOT);
    JsonToken value = tokens.expect();
    boolean known = TEXTS.contains(name) || name.equals(RELATED);
    if (known && !seen.add(name)) {
      throw tokens.invalid("found '" + name + "' twice", "one");
    }
    if (TEXTS.contains(name)) {
      texts.put(name, text(written, value));
    } else if (name.equals(RELATED) && value == JsonToken.START_ARRAY) {
      relatedImages();
    } else if (name.equals(PROPERTIES) && value == JsonToken.START_ARRAY) {
      property.read();
    } else {
      if (name.equals(RELATED) && value != JsonToken.VALUE_NULL) {
        complain("found relatedImages that are no list", "a list");
      }
      tokens.skip(value);
    }
  }

  private String text(String name, JsonToken value) throws IOException {
    Optional<String> text = tokens.text(value);
    if (text.isEmpty() && value != JsonToken.VALUE_NULL) {
      if (!name.equalsIgnoreCase(IMAGE)) {
        throw tokens.invalid("found a " + name + " that is no text", "text");
      }
      complain("found an image that is no text", "text");
    }
    tokens.skip(value);
    return text.map(shared).orElse("");
  }

  private void relatedImages() throws IOException {
    for (JsonToken item = tokens.expect(); item != JsonToken.END_ARRAY; item = tokens.expect()) {
      if (item == JsonToken.START_OBJECT) {
        relatedImage();
      } else {
        if (item != JsonToken.VALUE_NULL) {
          complain("found a related image that is no object", "an object");
        }
        tokens.skip(item);
      }
    }
  }

  private void relatedImage() throws IOException {
    boolean named = false;
    while (tokens.expect() != JsonToken.END_OBJECT) {
      String name = tokens.field();
      JsonToken value = tokens.expect();
      if (!name.equalsIgnoreCase(IMAGE)) {
        tokens.skip(value);
        continue;
      }
      if (named) {
        complain("found 'image' twice in one related image", "one");
      }
      named = true;
      add(text(name, value));
    }
  }

  private void add(String image) {
    if (image.isEmpty()) {
      return;
    }
    if (related.size() == MOST_RELATED) {
      throw new Rejected(
          Code.LIMIT_EXCEEDED,
          tokens.where() + ": found a bundle with more than " + MOST_RELATED + " related images");
    }
    related.add(image);
  }

  /** It counts only if this turns out to be a bundle: other schemas may use the same names. */
  private void complain(String found, String expected) {
    if (problem.isEmpty()) {
      problem = Optional.of(tokens.invalid(found, expected));
    }
  }
}
