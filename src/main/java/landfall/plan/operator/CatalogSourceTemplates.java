package landfall.plan.operator;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import landfall.plan.candidate.Companion;
import landfall.plan.candidate.Destination;
import landfall.plan.configuration.ImageSetConfiguration.Operator;

/**
 * The templates of CatalogSources (AF§5.2). The configuration names a path on the disk of whoever
 * once ran disk-to-mirror; it is foreign, so only its last name counts and the file comes from a
 * folder of this site.
 */
final class CatalogSourceTemplates {
  private static final int LARGEST = 64 * 1024;
  private static final String SETTING = "publish.catalogSourceTemplates";

  private final Optional<Path> folder;
  private final List<Operator> operators;
  private final List<String> warnings = new ArrayList<>();

  CatalogSourceTemplates(Optional<Path> folder, List<Operator> operators) {
    this.folder = folder;
    this.operators = operators;
  }

  List<String> warnings() {
    return List.copyOf(warnings);
  }

  /** The template of one catalog, if it has one and this site has the file. */
  Optional<Companion> of(String origin, Destination destination) {
    Optional<String> path = path(origin).filter(text -> !text.isEmpty());
    if (path.isEmpty()) {
      return Optional.empty();
    }
    String subject = "catalog " + origin + ": its CatalogSource template '" + path.get() + "'";
    Optional<String> name = name(path.get());
    if (name.isEmpty()) {
      warnings.add(subject + " names no file; its CatalogSource is written without it");
      return Optional.empty();
    }
    if (folder.isEmpty()) {
      warnings.add(
          subject
              + " is not used; put the file "
              + name.get()
              + " into a folder and name that as "
              + SETTING);
      return Optional.empty();
    }
    return content(subject, folder.get().resolve(name.get()))
        .map(
            text ->
                new Companion(
                    destination, Companion.Kind.CATALOG_SOURCE_TEMPLATE, name.get(), text));
  }

  /** oc-mirror takes the first entry whose catalog stands within the origin. */
  private Optional<String> path(String origin) {
    String whole = origin.contains("://") ? origin : "docker://" + origin;
    return operators.stream()
        .filter(operator -> whole.contains(operator.catalog()))
        .findFirst()
        .flatMap(Operator::targetCatalogSourceTemplate);
  }

  private static Optional<String> name(String path) {
    String name = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    return Optional.of(name)
        .filter(text -> !Set.of("", ".", "..").contains(text) && text.indexOf('\0') < 0);
  }

  private Optional<String> content(String subject, Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(LARGEST + 1);
      if (bytes.length > LARGEST) {
        warnings.add(subject + " is not used: " + file + " has more than " + LARGEST + " bytes");
        return Optional.empty();
      }
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (NoSuchFileException absent) {
      warnings.add(subject + " is not used; put it at " + file + " (" + SETTING + ")");
    } catch (CharacterCodingException notText) {
      warnings.add(subject + " is not used: " + file + " is no UTF-8 text");
    } catch (IOException unreadable) {
      warnings.add(subject + " is not used: " + file + " cannot be read (" + unreadable + ")");
    }
    return Optional.empty();
  }
}
