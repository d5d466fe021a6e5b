package landfall.campaign;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import landfall.archive.Packed;
import landfall.archive.TarBuilder;
import landfall.image.Digest;

/**
 * Makes archives as oc-mirror writes them, the same ones for the same seed: images of both formats,
 * an index with children, signatures, and base layers that several repositories share.
 */
public final class SampleMaker {
  private static final String DOCKER = "application/vnd.docker.";
  private static final String OCI = "application/vnd.oci.image.";

  private final Random random;
  private final List<byte[]> bases;
  private final int largest;

  private final Map<String, byte[]> contents = new LinkedHashMap<>();
  private final Map<String, String> tags = new TreeMap<>();
  private final Map<String, Map<String, Long>> blobs = new TreeMap<>();
  private final Map<String, Map<String, Long>> manifests = new TreeMap<>();
  private final List<String> wanted = new ArrayList<>();

  /**
   * Prepares to make one archive.
   *
   * @param bases layers that many of its images share, and other archives may too
   * @param largest bytes of the largest layer of its own
   */
  private SampleMaker(Random random, List<byte[]> bases, int largest) {
    this.random = random;
    this.bases = bases;
    this.largest = largest;
  }

  /**
   * How large archives are.
   *
   * @param images how many, signatures not counted
   * @param largestLayer bytes
   */
  public record Size(int images, int largestLayer) {}

  /** An archive that shares nothing with others. */
  public static Sample make(long seed, Shape shape, Size size, Path folder) throws IOException {
    Random random = new Random(seed);
    return make(random, bases(random, size.largestLayer()), "made-" + seed, shape, size, folder);
  }

  /** Archives that share base layers and repositories. */
  public static List<Sample> family(long seed, int count, Size size, Path folder)
      throws IOException {
    Random random = new Random(seed);
    List<byte[]> bases = bases(random, size.largestLayer());
    List<Sample> samples = new ArrayList<>();
    for (int each = 0; each < count; each++) {
      String name = "family-" + seed + "-" + each;
      samples.add(make(random, bases, name, Shape.of(each), size, folder));
    }
    return samples;
  }

  private static Sample make(
      Random random, List<byte[]> bases, String name, Shape shape, Size size, Path folder)
      throws IOException {
    SampleMaker maker = new SampleMaker(random, bases, size.largestLayer());
    for (int image = 0; image < size.images(); image++) {
      maker.add(image, name);
    }
    return maker.write(name, shape, folder);
  }

  private static List<byte[]> bases(Random random, int largest) {
    List<byte[]> bases = new ArrayList<>();
    for (int each = 0; each < 3; each++) {
      bases.add(bytes(random, largest));
    }
    return bases;
  }

  private void add(int number, String version) {
    String repository = "lab/team-" + number % 3 + "/app-" + number;
    String root =
        number % 5 == 4 ? index(repository) : image(repository, number % 2 == 0, "linux/amd64");
    tag(repository, version, root);
    wanted.add("quay.io/" + repository + ":" + version);
    if (number % 4 == 1) {
      String signature = image(repository, false, "signature of " + root);
      tag(repository, root.replace(':', '-') + ".sig", signature);
    }
  }

  private String index(String repository) {
    StringBuilder children = new StringBuilder();
    for (String architecture : List.of("amd64", "arm64", "s390x")) {
      String child = image(repository, false, architecture);
      int size = bytesOf(child).length;
      children
          .append(children.isEmpty() ? "" : ",")
          .append("{\"mediaType\":\"" + OCI + "manifest.v1+json\",\"digest\":\"" + child)
          .append("\",\"size\":" + size + ",\"platform\":{\"os\":\"linux\",\"architecture\":\"")
          .append(architecture + "\"}}");
    }
    return manifest(
        repository,
        "{\"schemaVersion\":2,\"mediaType\":\""
            + OCI
            + "index.v1+json\",\"manifests\":["
            + children
            + "]}");
  }

  private String image(String repository, boolean docker, String about) {
    String media = docker ? DOCKER : OCI;
    String config = "{\"os\":\"linux\",\"comment\":\"" + about + " " + random.nextLong() + "\"}";
    String layerType = docker ? "image.rootfs.diff.tar.gzip" : "layer.v1.tar+gzip";
    List<byte[]> layers =
        List.of(
            bases.get(random.nextInt(bases.size())),
            bytes(random, 1000 + random.nextInt(largest)),
            bytes(random, 1000 + random.nextInt(largest / 4)));
    StringBuilder list = new StringBuilder();
    for (byte[] layer : layers) {
      list.append(list.isEmpty() ? "" : ",").append(part(repository, media + layerType, layer));
    }
    String configType = docker ? "container.image.v1+json" : "config.v1+json";
    String type = docker ? "distribution.manifest.v2+json" : "manifest.v1+json";
    return manifest(
        repository,
        "{\"schemaVersion\":2,\"mediaType\":\""
            + media
            + type
            + "\",\"config\":"
            + part(repository, media + configType, config.getBytes(UTF_8))
            + ",\"layers\":["
            + list
            + "]}");
  }

  private String part(String repository, String mediaType, byte[] content) {
    String digest = keep(content);
    blobs.computeIfAbsent(repository, key -> new TreeMap<>()).put(digest, (long) content.length);
    return "{\"mediaType\":\""
        + mediaType
        + "\",\"digest\":\""
        + digest
        + "\",\"size\":"
        + content.length
        + "}";
  }

  private String manifest(String repository, String json) {
    String digest = keep(json.getBytes(UTF_8));
    manifests
        .computeIfAbsent(repository, key -> new TreeMap<>())
        .put(digest, (long) json.getBytes(UTF_8).length);
    return digest;
  }

  private void tag(String repository, String tag, String digest) {
    tags.put(repository + ":" + tag, digest);
  }

  private byte[] bytesOf(String digest) {
    return Objects.requireNonNull(contents.get(digest), digest);
  }

  private String keep(byte[] content) {
    String digest = Digest.of(content).toString();
    contents.put(digest, content);
    return digest;
  }

  private static byte[] bytes(Random random, int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  private Sample write(String name, Shape shape, Path folder) throws IOException {
    Path source = folder.resolve(shape.file(name));
    List<byte[]> tars = tars(shape == Shape.CHUNKS ? 3 : 1);
    StringBuilder sums = new StringBuilder();
    if (shape == Shape.CHUNKS) {
      Files.createDirectories(source);
      for (int chunk = 0; chunk < tars.size(); chunk++) {
        String file = String.format("mirror_%06d.tar", chunk + 1);
        Files.write(source.resolve(file), tars.get(chunk));
        sums.append(sum(tars.get(chunk), file));
      }
      Files.writeString(source.resolve("SHA256SUMS.sha256"), sums);
    } else {
      byte[] packed = packed(shape, tars.get(0));
      Files.write(source, packed);
      Files.writeString(
          folder.resolve(source.getFileName() + ".sha256"),
          sum(packed, source.getFileName().toString()));
    }
    long size = tars.stream().mapToLong(tar -> tar.length).sum();
    return new Sample(name, shape, source, tags, blobs, manifests, size);
  }

  private static String sum(byte[] content, String file) {
    return Digest.of(content).hex() + "  " + file + "\n";
  }

  private static byte[] packed(Shape shape, byte[] tar) {
    return switch (shape) {
      case GZ -> Packed.gzip(tar);
      case ZST -> Packed.zstd(tar);
      case TAR, CHUNKS -> tar;
    };
  }

  private List<byte[]> tars(int count) {
    List<TarBuilder> tars = new ArrayList<>();
    for (int each = 0; each < count; each++) {
      tars.add(new TarBuilder());
    }
    links(tars.get(0));
    int next = 0;
    for (byte[] content : contents.values()) {
      tars.get(next++ * count / contents.size()).blob(content);
    }
    TarBuilder last = tars.get(count - 1);
    last.file("working-dir/internal/oc-mirror-version.json", "{\"gitVersion\":\"v5.1.0-855b64a\"}");
    last.file("working-dir/isc_pinned_2026-11-22T17:45:22Z.yaml", configuration());
    last.file("isc_2026-11-22T17:45:22Z", configuration());
    return tars.stream().map(TarBuilder::bytes).toList();
  }

  private void links(TarBuilder tar) {
    blobs.forEach(
        (repository, digests) ->
            digests.keySet().forEach(each -> link(tar, repository + "/_layers/sha256/", each)));
    manifests.forEach(
        (repository, digests) ->
            digests
                .keySet()
                .forEach(each -> link(tar, repository + "/_manifests/revisions/sha256/", each)));
    tags.forEach(
        (tag, digest) -> {
          int colon = tag.indexOf(':');
          String at =
              tag.substring(0, colon) + "/_manifests/tags/" + tag.substring(colon + 1) + "/";
          tar.link("repositories/" + at + "current/link", Digest.parse(digest));
          link(tar, at + "index/sha256/", digest);
        });
  }

  private static void link(TarBuilder tar, String folder, String digest) {
    Digest target = Digest.parse(digest);
    tar.link("repositories/" + folder + target.hex() + "/link", target);
  }

  private String configuration() {
    StringBuilder text =
        new StringBuilder(
            """
            kind: ImageSetConfiguration
            apiVersion: mirror.openshift.io/v2alpha1
            mirror:
              additionalImages:
            """);
    wanted.forEach(image -> text.append("  - name: ").append(image).append('\n'));
    return text.toString();
  }
}
