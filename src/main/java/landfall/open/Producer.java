package landfall.open;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Optional;
import java.util.regex.Pattern;
import landfall.archive.Contents;
import landfall.failure.Code;
import landfall.failure.Rejected;

/** Which oc-mirror wrote an archive, where it says so; older ones do not. */
final class Producer {
  private static final String ENTRY = "working-dir/internal/oc-mirror-version.json";
  private static final int LARGEST = 1 << 16;
  private static final Pattern VERSION = Pattern.compile("[\\x21-\\x7e]{1,128}");
  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(64)
                          .maxStringLength(LARGEST)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Producer() {}

  static Optional<String> version(String archive, Contents contents) {
    return contents
        .entry(ENTRY)
        .map(extent -> Opener.text(archive, ENTRY, contents.read(extent, LARGEST)))
        .flatMap(text -> parsed(archive, text));
  }

  private static Optional<String> parsed(String archive, String text) {
    try {
      JsonNode version = JSON.readTree(text).path("gitVersion");
      if (version.isMissingNode() || version.asText().isEmpty()) {
        return Optional.empty();
      }
      if (version.isTextual() && VERSION.matcher(version.asText()).matches()) {
        return Optional.of(version.asText());
      }
    } catch (JsonProcessingException broken) {
      throw new Rejected(
          Code.MANIFEST_INVALID, archive + ": " + ENTRY + " is no JSON document", broken);
    }
    throw new Rejected(
        Code.MANIFEST_INVALID,
        archive + ": " + ENTRY + " has a gitVersion that is no version, expected as v5.1.0");
  }
}
