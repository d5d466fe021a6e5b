package landfall.cli;

import landfall.settings.Settings;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;

/** How much is logged. */
final class Verbosity {
  private Verbosity() {}

  /** Sets the log level the options ask for; gives the settings they name. */
  static Settings apply(CommonOptions common) {
    if (common.verbose()) {
      Configurator.setLevel("landfall", Level.DEBUG);
    }
    return common.settings();
  }

  /** Lets only warnings through, where a command prints its own progress. */
  static void quiet(CommonOptions common) {
    if (!common.verbose()) {
      Configurator.setLevel("landfall", Level.WARN);
    }
  }
}
