package landfall.cli;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import landfall.failure.Rejected;
import landfall.open.Opened.Document;
import landfall.openpgp.PublicKeys;
import landfall.plan.Planner;
import landfall.plan.release.ReleaseTrust;
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

  @Option(
      names = "--ignore-release-signature",
      description = "deliver the release that platform.release names without its signature")
  private boolean ignoreReleaseSignature;

  /** What settings and options say together. */
  Planner.Options of(Settings settings) throws IOException {
    return new Planner.Options(
        settings.push().signatures() && !removeSignatures,
        configuration(),
        new ReleaseTrust(keys(settings), ignoreReleaseSignature),
        settings.publish().catalogSourceTemplates(),
        settings.push().unclaimed());
  }

  /** What the settings say alone. */
  static Planner.Options standard(Settings settings) {
    return new Planner.Options(
        settings.push().signatures(),
        Optional.empty(),
        new ReleaseTrust(keys(settings), false),
        settings.publish().catalogSourceTemplates(),
        settings.push().unclaimed());
  }

  private static Supplier<PublicKeys> keys(Settings settings) {
    List<PublicKeys> own =
        settings.signatures().releaseKeys().stream().map(PublicKeys::read).toList();
    return () -> own.stream().reduce(ReleaseTrust.STANDARD.keys().get(), PublicKeys::plus);
  }

  /** The image set configuration of {@code --isc}. */
  private Optional<Document> configuration() throws IOException {
    if (isc.isEmpty()) {
      return Optional.empty();
    }
    Path file = isc.get();
    try {
      Document document = new Document(file.toString(), Files.readString(file));
      Planner.check(document);
      return Optional.of(document);
    } catch (Rejected unusable) {
      throw new UsageException("--isc: " + unusable.sentence());
    } catch (CharacterCodingException notText) {
      throw new UsageException("--isc: " + file + " is no UTF-8 text");
    } catch (NoSuchFileException absent) {
      throw new UsageException("--isc: there is no file " + file);
    }
  }
}
