package landfall.rebuild;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import landfall.image.Digest;
import landfall.ledger.ImageRow;
import landfall.ledger.Notes.Kind;
import landfall.ledger.Notes.Note;
import landfall.plan.candidate.Destination;
import landfall.plan.candidate.ImageType;
import landfall.publish.resource.CatalogSourceTemplate;
import landfall.publish.resource.ReleaseSignature;
import landfall.publish.resource.SignatureConfigMaps;
import landfall.publish.resource.Stamp;
import landfall.publish.resource.YamlText;
import landfall.report.Receipt.TargetReport;

/**
 * Release signatures and CatalogSource templates, read back from the resources that lie beside an
 * archive's receipt: nothing else has kept them.
 */
final class KeptResources {
  private static final long LARGEST = 64L * 1024 * 1024;
  private static final Pattern SIGNATURE_KEY = Pattern.compile("sha256-([0-9a-f]{64})-[0-9]+");

  private final Path done;
  private final List<String> findings = new ArrayList<>();

  KeptResources(Path done) {
    this.done = done;
  }

  /** What could not be read back; one a line. */
  List<String> findings() {
    return findings;
  }

  /** What a delivery needs of it. */
  List<KeptNotes> notes(TargetReport target, List<ImageRow> images) {
    Path folder = done.resolve("cluster-resources").resolve(target.name());
    List<Note> signatures = signatures(folder, images);
    List<Note> templates = new ArrayList<>();
    for (String name : target.resources()) {
      if (name.startsWith("cs-") && name.endsWith(".yaml") && !name.contains("/")) {
        template(folder.resolve(name), target, images).ifPresent(templates::add);
      }
    }
    return List.of(
        new KeptNotes(target.name(), Kind.SIGNATURE, signatures),
        new KeptNotes(target.name(), Kind.TEMPLATE, templates));
  }

  private List<Note> signatures(Path folder, List<ImageRow> images) {
    List<ImageRow> releases = delivered(images, ImageType.RELEASE);
    if (releases.isEmpty()) {
      return List.of();
    }
    Path file = folder.resolve(SignatureConfigMaps.JSON);
    Map<String, Note> notes = new TreeMap<>();
    Map<?, ?> object = object(file).orElse(Map.of());
    if (object.get("binaryData") instanceof Map<?, ?> data) {
      data.forEach(
          (key, base64) ->
              signature(String.valueOf(key), String.valueOf(base64), releases)
                  .ifPresentOrElse(
                      note -> notes.put(note.name(), note),
                      () -> findings.add(file + ": " + key + " is of no release of the receipt")));
    }
    speakOfTheLost(file, releases, notes.values());
    return List.copyOf(notes.values());
  }

  private void speakOfTheLost(Path file, List<ImageRow> releases, Collection<Note> notes) {
    releases.stream()
        .filter(row -> notes.stream().noneMatch(note -> isOf(note, row)))
        .forEach(
            row ->
                findings.add(
                    file
                        + " has no signature of "
                        + row.destination()
                        + "; the site's signature ConfigMap will lack it until its archive is"
                        + " delivered again"));
  }

  private static boolean isOf(Note note, ImageRow row) {
    return note.text().startsWith(row.destination() + " ");
  }

  private static Optional<Note> signature(String key, String base64, List<ImageRow> releases) {
    Matcher parts = SIGNATURE_KEY.matcher(key);
    if (!parts.matches()) {
      return Optional.empty();
    }
    Digest digest = new Digest(parts.group(1));
    return releases.stream()
        .filter(row -> row.digest().filter(digest::equals).isPresent())
        .map(ImageRow::destination)
        .findFirst()
        .map(destination -> signature(Destination.parse(destination), digest, base64))
        .filter(Optional::isPresent)
        .map(Optional::get);
  }

  private static Optional<Note> signature(Destination image, Digest digest, String base64) {
    String name = image.tag() + "-sha256-" + digest.hex();
    try {
      return Optional.of(
          new Note(name, image + " " + ReleaseSignature.of(image, name, base64).base64()));
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  /** One that says more than any CatalogSource was made from a template, and can be one again. */
  private Optional<Note> template(Path file, TargetReport target, List<ImageRow> images) {
    Optional<Map<?, ?>> object = object(file);
    if (object.isEmpty() || isPlain(object.get())) {
      return Optional.empty();
    }
    String host = target.registry().replaceAll("/.*", "") + "/";
    Object image = object.get().get("spec") instanceof Map<?, ?> spec ? spec.get("image") : "";
    Optional<String> catalog =
        delivered(images, ImageType.CATALOG).stream()
            .map(ImageRow::destination)
            .filter(destination -> (host + destination).equals(image))
            .findFirst();
    try {
      String text = text(file);
      CatalogSourceTemplate.parse(text);
      if (catalog.isPresent()) {
        return Optional.of(new Note(catalog.get(), text));
      }
      findings.add(file + " is of no catalog of the receipt; its template is not taken up");
    } catch (IOException | IllegalArgumentException unusable) {
      findings.add(file + ": its template is not taken up: " + unusable.getMessage());
    }
    return Optional.empty();
  }

  private static boolean isPlain(Map<?, ?> object) {
    return object.keySet().equals(Set.of("apiVersion", "kind", "metadata", "spec"))
        && object.get("spec") instanceof Map<?, ?> spec
        && spec.keySet().equals(Set.of("image", "sourceType"))
        && object.get("metadata") instanceof Map<?, ?> metadata
        && metadata.keySet().equals(Set.of("annotations", "name", "namespace"))
        && metadata.get("annotations") instanceof Map<?, ?> annotations
        && annotations.keySet().stream().allMatch(name -> Stamp.isPartOf(String.valueOf(name)));
  }

  private static List<ImageRow> delivered(List<ImageRow> images, ImageType type) {
    return images.stream()
        .filter(row -> row.fate().delivered() && row.type().equals(type.word()))
        .toList();
  }

  private Optional<Map<?, ?>> object(Path file) {
    try {
      List<Object> documents = YamlText.read(text(file)).orElse(List.of());
      if (documents.size() == 1 && documents.get(0) instanceof Map<?, ?> map) {
        return Optional.of(map);
      }
      findings.add(file + " is no single object; what it kept is not taken up");
    } catch (IOException unreadable) {
      findings.add(file + " cannot be read; what it kept is not taken up");
    }
    return Optional.empty();
  }

  private static String text(Path file) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > LARGEST) {
      throw new IOException(file + " is no file of at most " + LARGEST + " bytes");
    }
    return Files.readString(file);
  }
}
