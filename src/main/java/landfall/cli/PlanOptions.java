package landfall.cli;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import landfall.open.Opened.Document;
import landfall.plan.Planner;
import landfall.settings.Settings;
import picocli.CommandLine.Option;

/** What an operator may say about a plan; the settings say the rest. */
final class PlanOptions {
  @Option(
      names = "--isc",
      paramLabel = "FILE",
      description = "image set configuration to use instead of the archive's own")
  private Optional<Path> isc = Optional.empty();

  @Option(names = "--remove-signatures", description = "leave cosign signatures out")
  private boolean removeSignatures;

  /** What settings and options say together. */
  Planner.Options of(Settings settings) throws IOException {
    return options(settings, removeSignatures, configuration());
  }

  /** What the settings say alone. */
  static Planner.Options standard(Settings settings) {
    return options(settings, false, Optional.empty());
  }

  private static Planner.Options options(
      Settings settings, boolean removeSignatures, Optional<Document> configuration) {
    return new Planner.Options(
        settings.push().signatures() && !removeSignatures,
        configuration,
        settings.publish().catalogSourceTemplates());
  }

  /** The image set configuration of {@code --isc}. */
  private Optional<Document> configuration() throws IOException {
    if (isc.isEmpty()) {
      return Optional.empty();
    }
    Path file = isc.get();
    try {
      return Optional.of(new Document(file.toString(), Files.readString(file)));
    } catch (CharacterCodingException notText) {
      throw new UsageException("--isc: " + file + " is no UTF-8 text");
    } catch (NoSuchFileException absent) {
      throw new UsageException("--isc: there is no file " + file);
    }
  }
}
