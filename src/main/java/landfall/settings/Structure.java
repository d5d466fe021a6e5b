package landfall.settings;

import java.util.Optional;

/** Says which keys are unknown and where a value stands in place of a group, or a list. */
final class Structure {
  private final Problems problems;

  Structure(Problems problems) {
    this.problems = problems;
  }

  void check(Written.Group root) {
    members(Key.ALL, root, "");
  }

  private void check(Key key, Written node, String path) {
    switch (key.shape()) {
      case ANY -> {}
      case VALUE -> expect(key, node, path, node instanceof Written.Text);
      case VALUES -> values(key, node, path);
      case GROUP -> group(key, node, path);
      case LIST -> list(key, node, path);
    }
  }

  private void values(Key key, Written node, String path) {
    if (node instanceof Written.Items list) {
      items(key, list, path);
    } else {
      expect(key, node, path, node instanceof Written.Text);
    }
  }

  private void group(Key key, Written node, String path) {
    if (node instanceof Written.Group group) {
      members(key, group, path + ".");
    } else {
      expect(key, node, path, node.blank());
    }
  }

  private void list(Key key, Written node, String path) {
    if (node instanceof Written.Items list) {
      items(key, list, path);
    } else {
      expect(key, node, path, node.blank());
    }
  }

  private void items(Key key, Written.Items list, String path) {
    for (int index = 0; index < list.items().size(); index++) {
      Written item = list.items().get(index);
      String itemPath = path + "[" + index + "]";
      if (item.blank()) {
        expect(key.item(), item, itemPath, false);
      } else {
        check(key.item(), item, itemPath);
      }
    }
  }

  private void members(Key key, Written.Group group, String prefix) {
    group
        .members()
        .forEach(
            (name, node) ->
                key.member(name)
                    .ifPresentOrElse(
                        member -> check(member, node, prefix + name),
                        () -> unknown(key, name, node.origin(), prefix)));
  }

  private void expect(Key key, Written node, String path, boolean fits) {
    if (!fits) {
      String names = key.members().isEmpty() ? "" : " (" + listed(key) + ")";
      problems.add(node.origin(), path, node.shown(), key.shape() + names);
    }
  }

  private void unknown(Key parent, String name, Origin origin, String prefix) {
    Optional<String> meant =
        Nearest.to(name, parent.memberNames()).map(near -> prefix + near).or(() -> elsewhere(name));
    problems.add(
        origin,
        prefix + Shown.unquoted(name),
        meant
            .map(path -> "unknown setting, did you mean " + path + "?")
            .orElse("unknown setting, expected one of " + listed(parent)));
  }

  /** A setting of that name in another group: the indentation is probably wrong. */
  private static Optional<String> elsewhere(String name) {
    return Key.ALL
        .paths()
        .filter(path -> ("." + path).endsWith("." + name))
        .findFirst()
        .map(path -> path.replace(".0.", "[0]."));
  }

  private static String listed(Key key) {
    return String.join(", ", key.memberNames());
  }
}
