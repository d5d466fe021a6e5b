package landfall.publish;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import landfall.publish.resource.YamlText;

/** The names by which catalogs are known to those who applied what was published. */
final class PublishedNames {
  private PublishedNames() {}

  /** Names without {@code cs-}, by the image that the CatalogSource names. */
  static Map<String, String> in(SortedMap<String, String> texts) {
    Map<String, String> names = new HashMap<>();
    texts.forEach(
        (file, text) -> {
          if (file.startsWith("cs-") && file.endsWith(".yaml")) {
            String stem = file.substring("cs-".length(), file.length() - ".yaml".length());
            for (Object document : YamlText.read(text).orElse(List.of())) {
              if (document instanceof Map<?, ?> map && map.get("spec") instanceof Map<?, ?> spec) {
                names.put(String.valueOf(spec.get("image")), stem);
              }
            }
          }
        });
    return names;
  }
}
