package landfall.publish.resource;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The ConfigMap by which a cluster trusts delivered releases without asking the internet (AF§5.4),
 * as YAML and as JSON.
 *
 * <p>oc-mirror numbers the signatures of all releases through, in random order; here the number
 * counts within one digest, so that a key stays what it is when others come.
 */
public final class SignatureConfigMaps {
  public static final String YAML = "signature-configmap.yaml";
  public static final String JSON = "signature-configmap.json";

  private static final JsonMapper MAPPER = new JsonMapper();

  private SignatureConfigMaps() {}

  /**
   * Both files; none for no signature.
   *
   * @param signatures the newest of a digest last: it is the one meant
   */
  static List<ResourceFile> files(List<ReleaseSignature> signatures, Stamp stamp) {
    SortedMap<String, String> data = new TreeMap<>();
    signatures.forEach(one -> data.put("sha256-" + one.digest().hex() + "-1", one.base64()));
    return data.isEmpty()
        ? List.of()
        : List.of(
            new ResourceFile(JSON, json(data, stamp)), new ResourceFile(YAML, yaml(data, stamp)));
  }

  private static String yaml(SortedMap<String, String> data, Stamp stamp) {
    Map<String, Object> document = new TreeMap<>();
    document.put("apiVersion", "v1");
    document.put("binaryData", data);
    document.put("kind", "ConfigMap");
    document.put("metadata", new TreeMap<>(metadata(stamp)));
    return YamlText.of(document);
  }

  private static String json(SortedMap<String, String> data, Stamp stamp) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("kind", "ConfigMap");
    document.put("apiVersion", "v1");
    document.put("metadata", metadata(stamp));
    document.put("binaryData", data);
    try {
      return MAPPER.writeValueAsString(document);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a map of texts is no JSON", impossible);
    }
  }

  private static Map<String, Object> metadata(Stamp stamp) {
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("name", "mirrored-release-signatures");
    metadata.put("namespace", "openshift-config-managed");
    metadata.put("labels", Map.of("release.openshift.io/verification-signatures", ""));
    metadata.put("annotations", stamp.annotations());
    return metadata;
  }
}
