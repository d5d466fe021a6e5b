package landfall.settings;

import java.util.List;

/** The settings cannot be used; every problem of theirs is in here. */
public final class SettingsException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient List<String> problems;

  SettingsException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  /** One line each: {@code file:line: setting: found, expected}; without any secret. */
  public List<String> problems() {
    return problems;
  }
}
