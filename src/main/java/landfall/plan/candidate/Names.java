package landfall.plan.candidate;

import java.util.List;
import landfall.image.RepositoryName;
import landfall.image.Tag;
import landfall.target.Target;

/** Names images in one target: below its prefix, no deeper than it allows. */
public final class Names {
  private final Target target;

  public Names(Target target) {
    this.target = target;
  }

  /**
   * Where an image goes.
   *
   * @throws IllegalArgumentException when no registry takes such a name
   */
  public Destination place(String path, Tag tag) {
    return new Destination(new RepositoryName(flattened(prefixed(path))), tag);
  }

  /** The name before it is flattened: what oc-mirror compares blocked images with. */
  public String unflattened(String path, String tag) {
    return target.registry() + "/" + prefixed(path) + ":" + tag;
  }

  private String prefixed(String path) {
    return target.prefix().map(prefix -> prefix + "/" + path).orElse(path);
  }

  private String flattened(String path) {
    List<String> components = List.of(path.split("/", -1));
    int most = target.maxNestedPaths();
    if (most == 0 || components.size() <= most) {
      return path;
    }
    String rest = String.join("-", components.subList(most - 1, components.size()));
    return most == 1 ? rest : String.join("/", components.subList(0, most - 1)) + "/" + rest;
  }
}
