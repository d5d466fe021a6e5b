package landfall.plan.helm;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** Finds images in rendered manifests where oc-mirror looks for them (AF§3.4). */
final class Manifests {
  private static final List<String> STANDARD =
      List.of(
          "{.spec.template.spec.initContainers[*].image}",
          "{.spec.template.spec.containers[*].image}",
          "{.spec.initContainers[*].image}",
          "{.spec.containers[*].image}");
  private static final Pattern SEPARATOR = Pattern.compile("(?m)^---(?:[ \\t].*)?$");
  private static final int CHARACTERS = 16 << 20;
  private static final String HOOK = "helm.sh/hook";

  private final List<ImagePath> paths;
  private final List<String> images = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  /**
   * @param further paths besides the usual ones
   */
  Manifests(List<String> further) {
    List<ImagePath> all = new ArrayList<>(STANDARD.stream().map(ImagePath::parse).toList());
    for (String path : further) {
      try {
        all.add(ImagePath.parse(path));
      } catch (IllegalArgumentException unknown) {
        problems.add(String.valueOf(unknown.getMessage()));
      }
    }
    this.paths = List.copyOf(all);
  }

  /** Takes the images of a stream of YAML documents. */
  void read(String stream) {
    for (String document : SEPARATOR.split(stream, -1)) {
      if (paths.stream().anyMatch(path -> isIn(path.keyword(), document))) {
        readOne(document);
      }
    }
  }

  List<String> images() {
    return List.copyOf(images);
  }

  /** Why images may be missing. */
  List<String> problems() {
    return List.copyOf(problems);
  }

  private static boolean isIn(Optional<String> keyword, String document) {
    return keyword.map(document::contains).orElse(true);
  }

  private void readOne(String document) {
    try {
      Object root = yaml().load(document);
      if (root != null && !isHook(root)) {
        paths.forEach(path -> images.addAll(path.words(root)));
      }
    } catch (YAMLException
        | IllegalArgumentException
        | ClassCastException
        | StackOverflowError unreadable) {
      problems.add("a manifest is not understood: " + unreadable.getMessage());
    }
  }

  /** oc-mirror leaves out what a release would only run beside it, such as tests. */
  private static boolean isHook(Object root) {
    return root instanceof Map<?, ?> manifest
        && manifest.get("metadata") instanceof Map<?, ?> metadata
        && metadata.get("annotations") instanceof Map<?, ?> annotations
        && annotations.containsKey(HOOK);
  }

  /** A parser with limits; a field may stand twice, as in oc-mirror's. */
  static Yaml yaml() {
    LoaderOptions options = new LoaderOptions();
    options.setMaxAliasesForCollections(200);
    options.setNestingDepthLimit(100);
    options.setCodePointLimit(CHARACTERS);
    options.setAllowDuplicateKeys(true);
    options.setAllowRecursiveKeys(false);
    return new Yaml(new SafeConstructor(options));
  }
}
