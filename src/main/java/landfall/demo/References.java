package landfall.demo;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import landfall.demo.Refusal.Code;
import landfall.image.Digest;
import landfall.image.RawManifest;

/**
 * What a manifest needs to be there before it is stored: the config and layers of an image, the
 * manifests of an index. Its subject is not among them; that may come later.
 */
record References(List<Digest> blobs, List<Digest> manifests) {
  private static final JsonMapper STRICT =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(64).build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  References {
    blobs = List.copyOf(blobs);
    manifests = List.copyOf(manifests);
  }

  static References of(RawManifest manifest) throws Refusal {
    JsonNode document = parsed(manifest);
    String mediaType = document.path("mediaType").asText(manifest.mediaType());
    if (!mediaType.equals(manifest.mediaType())) {
      throw invalid("mediaType is " + mediaType + ", but Content-Type " + manifest.mediaType());
    }
    boolean index = document.path("manifests").isArray() && !document.has("layers");
    boolean image = document.path("layers").isArray() && !document.has("manifests");
    if (!index && !image) {
      throw invalid("must have either a list of manifests, or a config and a list of layers");
    }
    if (index) {
      return new References(List.of(), digests(document.path("manifests")));
    }
    List<Digest> blobs = digests(document.path("layers"));
    blobs.add(digest(document.path("config")));
    return new References(blobs, List.of());
  }

  private static JsonNode parsed(RawManifest manifest) throws Refusal {
    try {
      JsonNode document = STRICT.readTree(manifest.bytes());
      if (document.isObject()) {
        return document;
      }
    } catch (IOException invalid) {
      throw invalid("not JSON: " + invalid.getMessage());
    }
    throw invalid("not a JSON object");
  }

  private static List<Digest> digests(JsonNode descriptors) throws Refusal {
    List<Digest> digests = new ArrayList<>();
    for (JsonNode descriptor : descriptors) {
      digests.add(digest(descriptor));
    }
    return digests;
  }

  private static Digest digest(JsonNode descriptor) throws Refusal {
    try {
      return Digest.parse(descriptor.path("digest").asText());
    } catch (IllegalArgumentException invalid) {
      throw invalid("a descriptor's digest is " + invalid.getMessage());
    }
  }

  private static Refusal invalid(String message) {
    return new Refusal(400, Code.MANIFEST_INVALID, message);
  }
}
