package landfall.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import landfall.settings.Settings;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import picocli.CommandLine.Option;

/** The options every command takes. */
final class CommonOptions {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "the operator's file (default: config/landfall.yaml)")
  private Optional<Path> config = Optional.empty();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "the data folder, instead of the one the file names")
  private Optional<Path> data = Optional.empty();

  @Option(names = "--output", paramLabel = "FORMAT", description = "text or json (default: text)")
  private Output output = Output.text;

  @Option(
      names = {"-v", "--verbose"},
      description = "log more, to stderr")
  private boolean verbose;

  /** How facts are printed. */
  enum Output {
    text,
    json
  }

  boolean json() {
    return output == Output.json;
  }

  /** Where the program lies. */
  static Path home() {
    return Path.of(System.getProperty("landfall.home", ".")).toAbsolutePath().normalize();
  }

  /** The settings; the defaults where nobody wrote a file. Sets how much is logged. */
  Settings settings() {
    if (verbose) {
      Configurator.setLevel("landfall", Level.DEBUG);
    }
    Path standard = home().resolve("config").resolve("landfall.yaml");
    Settings settings =
        config.isPresent() || Files.exists(standard)
            ? Settings.read(config.orElse(standard), System.getenv(), System.getProperties())
            : Settings.withoutFile(System.getenv(), System.getProperties());
    return data.map(settings::withData).orElse(settings);
  }

  /** Lets only warnings through, where a command prints its own progress. */
  void quiet() {
    if (!verbose) {
      Configurator.setLevel("landfall", Level.WARN);
    }
  }

  Optional<Path> data() {
    return data;
  }
}
