package landfall.plan.content;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import landfall.failure.Code;
import landfall.failure.ImageRefused;
import landfall.failure.Rejected;
import landfall.plan.content.Manifest.Blob;
import landfall.plan.content.Manifest.Child;

/**
 * Reads one manifest or index, or refuses it where two readers could see two different images.
 *
 * <p>jib-core's templates are no help here: they do not give the media type of a layer nor the size
 * of an index's child.
 */
public final class ManifestReader {
  private static final int MOST_CHILDREN = 1000;
  private static final int MOST_LAYERS = 4096;
  private static final Set<String> NAMES =
      Set.of("schemaVersion", "mediaType", "config", "layers", "manifests", "fsLayers", "history");

  private final String subject;
  private final JsonNode json;
  private final DescriptorReader descriptors;

  private ManifestReader(String subject, JsonNode json) {
    this.subject = subject;
    this.json = json;
    this.descriptors = new DescriptorReader(subject);
  }

  /**
   * Reads a manifest.
   *
   * @param subject what it is, as a sentence begins
   * @throws Rejected when it is damaged or ambiguous
   * @throws ImageRefused when it is a kind of manifest that is not pushed
   */
  public static Manifest read(String subject, byte[] bytes) {
    return new ManifestReader(subject, StrictJson.object(subject, bytes)).manifest();
  }

  private Manifest manifest() {
    json.fieldNames().forEachRemaining(this::refuseOtherCase);
    String mediaType = mediaType();
    boolean implied = !json.path("mediaType").asText("").equals(mediaType);
    refuseOldSchema(mediaType);
    if (MediaTypes.index(mediaType)) {
      refuse(mediaType, "config", "layers", "fsLayers", "history");
      return new Manifest(mediaType, implied, children(), List.of());
    }
    if (MediaTypes.image(mediaType)) {
      refuse(mediaType, "manifests", "fsLayers", "history");
      return new Manifest(mediaType, implied, List.of(), blobs());
    }
    throw new ImageRefused(
        Code.MEDIATYPE_REJECTED,
        subject + " is a " + mediaType + "; docker schema 2 and OCI images and indexes are pushed");
  }

  /** Go reads {@code "Layers"} as {@code layers}, Java does not. */
  private void refuseOtherCase(String name) {
    for (String known : NAMES) {
      if (name.equalsIgnoreCase(known) && !name.equals(known)) {
        throw invalid("has a field '" + name + "' that some readers take for " + known);
      }
    }
  }

  private String mediaType() {
    JsonNode declared = json.path("mediaType");
    if (declared.isTextual() && !declared.textValue().isEmpty()) {
      return declared.textValue();
    }
    if (!declared.isMissingNode() && !declared.isTextual()) {
      throw invalid("has a mediaType that is no text");
    }
    return shape();
  }

  private String shape() {
    boolean index = json.has("manifests");
    boolean image = json.has("layers");
    if (index && image) {
      throw invalid(
          "has both manifests and layers, so it is an index to some and an image to others");
    }
    if (index || image) {
      return index ? MediaTypes.OCI_INDEX : MediaTypes.OCI_IMAGE;
    }
    if (json.has("fsLayers") || json.path("schemaVersion").asInt() == 1) {
      return "docker schema 1 manifest";
    }
    throw invalid("has neither manifests nor layers");
  }

  private void refuseOldSchema(String mediaType) {
    JsonNode version = json.path("schemaVersion");
    boolean known = MediaTypes.index(mediaType) || MediaTypes.image(mediaType);
    if (known && !(version.isInt() && version.intValue() == 2)) {
      throw invalid("has schemaVersion " + version + ", 2 was expected");
    }
  }

  private void refuse(String mediaType, String... names) {
    for (String name : names) {
      if (json.has(name)) {
        throw invalid("is a " + mediaType + " and yet has '" + name + "'");
      }
    }
  }

  private List<Child> children() {
    List<Child> children = new ArrayList<>();
    for (JsonNode node : array("manifests", MOST_CHILDREN)) {
      children.add(new Child(descriptors.read(node, "child"), platform(node.path("platform"))));
    }
    return children;
  }

  private static Optional<String> platform(JsonNode node) {
    String os = node.path("os").asText("");
    String architecture = node.path("architecture").asText("");
    return Optional.of(os + "/" + architecture).filter(platform -> !platform.equals("/"));
  }

  private List<Blob> blobs() {
    List<Blob> blobs = new ArrayList<>();
    blobs.add(new Blob(descriptors.read(json.path("config"), "config"), "config", false));
    for (JsonNode node : array("layers", MOST_LAYERS)) {
      blobs.add(new Blob(descriptors.read(node, "layer"), "layer", foreign(node)));
    }
    return blobs;
  }

  private static boolean foreign(JsonNode layer) {
    String mediaType = layer.path("mediaType").asText("");
    return !layer.path("urls").isEmpty()
        || mediaType.contains(".foreign.")
        || mediaType.contains(".nondistributable.");
  }

  /** Go writes null for an empty list. */
  private JsonNode array(String name, int most) {
    JsonNode array = json.path(name);
    if (!array.isArray() && !array.isNull()) {
      throw invalid("has no list of " + name);
    }
    if (array.size() > most) {
      throw new Rejected(
          Code.LIMIT_EXCEEDED,
          subject + " has " + array.size() + " " + name + ", at most " + most + " are read");
    }
    return array;
  }

  private Rejected invalid(String what) {
    return new Rejected(Code.MANIFEST_INVALID, subject + " " + what);
  }
}
