package landfall.plan.release;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads the list of a release's components, an ImageStream in JSON (AF§3.1, step C). */
final class ImageReferences {
  static final String FILE = "image-references";
  static final int LARGEST = 8 << 20;
  private static final int MOST = 5000;

  private final List<Component> components = new ArrayList<>();

  private ImageReferences() {}

  /**
   * The components in the order of the list.
   *
   * @throws landfall.failure.Rejected MANIFEST_INVALID or LIMIT_EXCEEDED
   */
  static List<Component> read(String document, byte[] bytes) {
    ImageReferences references = new ImageReferences();
    JsonReader.read(
        document,
        bytes,
        json -> {
          json.object(Map.of("spec", spec -> spec.object(Map.of("tags", references::components))));
          if (references.components.isEmpty()) {
            throw json.wrong("found no spec.tags, expected the components of a release");
          }
        });
    return references.components;
  }

  private void components(JsonReader json) throws IOException {
    json.array(this::component);
  }

  private void component(JsonReader json) throws IOException {
    if (components.size() == MOST) {
      throw json.tooMany(MOST, "components");
    }
    String[] texts = {"", ""};
    json.object(
        Map.of(
            "name", text -> texts[0] = text.text(),
            "from", from -> from.object(Map.of("name", text -> texts[1] = text.text()))));
    if (texts[0].isEmpty() || texts[1].isEmpty()) {
      throw json.wrong("a component lacks its name or from.name");
    }
    components.add(new Component(texts[0], texts[1]));
  }

  /**
   * One image of a release.
   *
   * @param name what it is called in the release, such as {@code etcd}
   * @param image its reference
   */
  record Component(String name, String image) {}
}
