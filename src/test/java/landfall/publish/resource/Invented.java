package landfall.publish.resource;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import landfall.image.Digest;
import landfall.open.Opened;
import landfall.plan.Samples;
import landfall.plan.candidate.Destination;
import landfall.plan.candidate.ImageType;

/**
 * What a delivery of a sample leaves in the ledger, made up from what oc-mirror left in the
 * registry: its {@code mapping.txt} says which image went where, its {@code registry.txt} with
 * which digest, and what the images were called at their sources is known here.
 */
public final class Invented {
  private static final String ART = "quay.io/openshift-release-dev/ocp-v4.0-art-dev";
  private static final Map<String, String> HOSTS =
      Map.ofEntries(
          Map.entry("argoproj", "quay.io"),
          Map.entry("argoprojlabs", "quay.io"),
          Map.entry("cert-manager", "registry.redhat.io"),
          Map.entry("grafana", "quay.io"),
          Map.entry("kubebuilder", "gcr.io"),
          Map.entry("lab", "quay.io"),
          Map.entry("openshift-serverless-1", "registry.redhat.io"),
          Map.entry("openshift4", "registry.redhat.io"),
          Map.entry("openshifttest", "quay.io"),
          Map.entry("rhel9", "registry.redhat.io"),
          Map.entry("ubi9", "registry.access.redhat.com"));

  private Invented() {}

  /** The delivery of a sample at {@code SAMPLE/GOLDEN}. */
  public static Delivery delivery(String sample, String golden) {
    String folder = sample + "/" + golden + "/";
    Map<String, Digest> digests = new HashMap<>();
    Samples.lines(folder + "registry.txt").stream()
        .map(line -> line.split(" ", 2))
        .forEach(pair -> digests.put(pair[0], Digest.parse(pair[1].strip())));
    List<Delivered> images = new ArrayList<>();
    List<ReleaseSignature> signatures = new ArrayList<>();
    for (String line : Samples.lines(folder + "mapping.txt")) {
      String[] pair = line.replace("docker://", "").split("=", 2);
      Destination destination = Destination.parse(pair[1].substring(Samples.REGISTRY.length() + 1));
      Digest digest = Objects.requireNonNull(digests.get(destination.toString()), line);
      Destination cached = Destination.parse(pair[0].substring("localhost:55000/".length()));
      ImageType type = type(cached);
      images.add(
          new Delivered(
              type,
              origin(type, cached, digest),
              Samples.REGISTRY,
              destination,
              Optional.of(digest)));
      if (type == ImageType.RELEASE) {
        signatures.add(signature(sample, destination, digest));
      }
    }
    return new Delivery(images, signatures, Map.of());
  }

  private static ReleaseSignature signature(String sample, Destination image, Digest digest) {
    Opened opened = Samples.sample(sample);
    String name = image.tag() + "-sha256-" + digest.hex();
    byte[] bytes =
        opened
            .contents()
            .read(opened.contents().entry("working-dir/signatures/" + name).orElseThrow(), 1 << 20);
    return ReleaseSignature.of(image, name, Base64.getEncoder().encodeToString(bytes));
  }

  private static ImageType type(Destination cached) {
    String path = cached.repository().path();
    if (path.equals("openshift/release")) {
      return ImageType.COMPONENT;
    }
    if (path.equals("openshift/release-images")) {
      return ImageType.RELEASE;
    }
    if (path.equals("openshift/graph-image")) {
      return ImageType.GRAPH;
    }
    if (path.endsWith("-index")) {
      return ImageType.CATALOG;
    }
    boolean additional =
        path.matches("(ubi9|openshifttest|lab)/.*") || path.equals("grafana/grafana");
    if (additional) {
      return ImageType.ADDITIONAL;
    }
    return path.endsWith("-bundle") ? ImageType.BUNDLE : ImageType.RELATED;
  }

  private static String origin(ImageType type, Destination cached, Digest digest) {
    String path = cached.repository().path();
    String tag = cached.tag().name();
    return switch (type) {
      case COMPONENT -> ART + "@" + digest;
      case RELEASE -> "quay.io/openshift-release-dev/ocp-release:" + tag;
      case GRAPH -> "localhost:55000/openshift/graph-image:latest";
      case CATALOG -> "registry.redhat.io/redhat/an-index:v4.18";
      default -> host(path) + "/" + path + reference(path, tag, digest);
    };
  }

  private static String host(String path) {
    return path.equals("grafana/grafana")
        ? "docker.io"
        : Objects.requireNonNull(HOSTS.get(path.substring(0, path.indexOf('/'))), path);
  }

  private static String reference(String path, String tag, Digest digest) {
    if (tag.startsWith("sha256-")) {
      return "@" + digest;
    }
    return path.equals("kubebuilder/kube-rbac-proxy") ? ":" + tag + "@" + digest : ":" + tag;
  }
}
