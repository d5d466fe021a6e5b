package landfall.campaign;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import landfall.image.Digest;

/** Asks the registry itself, past proxy and Landfall, with a client of its own. */
public final class Witness {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ACCEPT =
      "application/vnd.docker.distribution.manifest.v2+json,"
          + "application/vnd.docker.distribution.manifest.list.v2+json,"
          + "application/vnd.oci.image.manifest.v1+json,"
          + "application/vnd.oci.image.index.v1+json";

  /** Where everything is expected. */
  public static final String PREFIX = "mirror/site";

  private final HttpClient client = HttpClient.newHttpClient();
  private final String address;

  public Witness(String address) {
    this.address = address;
  }

  /** A1 and A2: everything of these archives is there with the right bytes, and nothing else. */
  public List<String> whole(List<Sample> samples) {
    List<String> problems = new ArrayList<>();
    Map<String, String> expected = new TreeMap<>();
    for (Sample sample : samples) {
      sample.tags().forEach((tag, digest) -> expected.put(PREFIX + "/" + tag, digest));
      check(sample, problems);
    }
    Map<String, String> found = tags();
    expected.forEach(
        (tag, digest) -> {
          if (!digest.equals(found.get(tag))) {
            problems.add("A1 " + tag + " is " + found.get(tag) + ", expected " + digest);
          }
        });
    found.keySet().stream()
        .filter(tag -> !expected.containsKey(tag))
        .forEach(tag -> problems.add("A2 nobody sent " + tag));
    return problems;
  }

  private void check(Sample sample, List<String> problems) {
    sample.blobs().forEach((name, all) -> check(name, "/blobs/", all.keySet(), problems));
    sample.manifests().forEach((name, all) -> check(name, "/manifests/", all.keySet(), problems));
  }

  private void check(String name, String kind, Set<String> digests, List<String> problems) {
    for (String digest : digests) {
      HttpResponse<byte[]> answer = get(PREFIX + "/" + name + kind + digest);
      boolean right =
          answer.statusCode() == 200 && Digest.of(answer.body()).toString().equals(digest);
      if (!right) {
        problems.add("A1 " + name + kind + digest + " answers " + answer.statusCode());
      }
    }
  }

  /** A5: tags whose graph is not there as a whole, at this moment. */
  public List<String> partial() {
    List<String> problems = new ArrayList<>();
    Set<String> done = new HashSet<>();
    tags()
        .forEach(
            (tag, digest) -> {
              String repository = tag.substring(0, tag.lastIndexOf(':'));
              for (String each : missing(repository, digest, done)) {
                problems.add("A5 " + tag + " lacks " + each);
              }
            });
    return problems;
  }

  private List<String> missing(String repository, String digest, Set<String> done) {
    if (!done.add(repository + "@" + digest)) {
      return List.of();
    }
    HttpResponse<byte[]> manifest = get(repository + "/manifests/" + digest);
    if (manifest.statusCode() != 200) {
      return List.of(digest);
    }
    List<String> missing = new ArrayList<>();
    JsonNode json = parse(manifest.body());
    for (JsonNode child : json.path("manifests")) {
      missing.addAll(missing(repository, child.path("digest").asText(), done));
    }
    List<JsonNode> blobs = new ArrayList<>();
    json.path("layers").forEach(blobs::add);
    if (json.has("config")) {
      blobs.add(json.path("config"));
    }
    for (JsonNode blob : blobs) {
      String each = blob.path("digest").asText();
      if (done.add(repository + "@" + each)
          && send("HEAD", repository + "/blobs/" + each).statusCode() != 200) {
        missing.add(each);
      }
    }
    return missing;
  }

  /** Every {@code repository:tag} with its digest. */
  public Map<String, String> tags() {
    Map<String, String> tags = new TreeMap<>();
    for (String repository : strings("_catalog?n=1000", "repositories")) {
      for (String tag : strings(repository + "/tags/list", "tags")) {
        tags.put(
            repository + ":" + tag,
            Digest.of(get(repository + "/manifests/" + tag).body()).toString());
      }
    }
    return tags;
  }

  private Set<String> strings(String path, String key) {
    Set<String> found = new TreeSet<>();
    HttpResponse<byte[]> answer = get(path);
    if (answer.statusCode() == 200) {
      parse(answer.body()).path(key).forEach(each -> found.add(each.asText()));
    }
    return found;
  }

  private static JsonNode parse(byte[] json) {
    try {
      return JSON.readTree(json);
    } catch (IOException damaged) {
      throw new UncheckedIOException(damaged);
    }
  }

  private HttpResponse<byte[]> get(String path) {
    return send("GET", path);
  }

  private HttpResponse<byte[]> send(String method, String path) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + address + "/v2/" + path))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .header("Accept", ACCEPT)
            .build();
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }
}
