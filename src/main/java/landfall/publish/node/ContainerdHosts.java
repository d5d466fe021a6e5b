package landfall.publish.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import landfall.publish.resource.Mirror;
import landfall.publish.resource.ResourceFile;
import landfall.target.Target;

/**
 * {@code hosts.toml} files for containerd, one for each source's host.
 *
 * <p>containerd knows mirrors of a whole host only, and can put nothing but a path before the
 * repository: an image that has another path at the mirror cannot be found by it. Each file says
 * which these are.
 */
final class ContainerdHosts {
  private static final String HEAD =
      """
      # Mirrors of %s for images of %s: copy this folder to /etc/containerd/certs.d/%s/ and let
      # config_path in containerd's configuration name /etc/containerd/certs.d. containerd asks a mirror
      # for everything of this host, and the next one when it has no such image; a mirror without
      # "resolve" is not asked for tags. A private CA is named by: ca = "/path/of/the/ca.pem" in [host].
      """;

  private ContainerdHosts() {}

  /** The files by the host they are for, which is the name of their folder. */
  static SortedMap<String, ResourceFile> files(List<Mirror> mirrors, Target target) {
    SortedMap<String, List<Route>> byHost = new TreeMap<>();
    new MirrorTable(mirrors)
        .plain()
        .forEach(
            (source, places) ->
                places.forEach(
                    (mirror, from) ->
                        byHost
                            .computeIfAbsent(host(source), host -> new ArrayList<>())
                            .add(new Route(source, mirror, from))));
    SortedMap<String, ResourceFile> files = new TreeMap<>();
    byHost.forEach(
        (host, routes) ->
            files.put(host, new ResourceFile("hosts.toml", text(host, routes, target))));
    return files;
  }

  private static String host(String source) {
    return source.split("/", 2)[0];
  }

  private static String text(String host, List<Route> routes, Target target) {
    StringBuilder text = new StringBuilder(HEAD.formatted(target.address(), host, host));
    SortedMap<String, PullFrom> places = new TreeMap<>();
    List<Route> lost = new ArrayList<>();
    for (Route route : routes) {
      route
          .pathBefore(target.registry())
          .ifPresentOrElse(
              path -> places.merge(path, route.from(), PullFrom::and), () -> lost.add(route));
    }
    if (!lost.isEmpty()) {
      text.append("#\n# What containerd cannot be told, because the paths differ:\n");
      lost.forEach(
          route ->
              text.append("#   ")
                  .append(route.source())
                  .append(" is at ")
                  .append(route.mirror())
                  .append('\n'));
      text.append("# Name these images by their place at the mirror.\n");
    }
    text.append("\nserver = ").append(Toml.text("https://" + server(host))).append('\n');
    places.forEach((path, from) -> text.append(mirror(path, from, target)));
    return text.toString();
  }

  private static String server(String host) {
    return host.equals("docker.io") ? "registry-1.docker.io" : host;
  }

  private static String mirror(String path, PullFrom from, Target target) {
    String scheme = target.security().plainHttp() ? "http://" : "https://";
    StringBuilder text = new StringBuilder("\n[host.");
    text.append(Toml.text(scheme + target.registry() + "/v2" + path)).append("]\n");
    text.append("  capabilities = ")
        .append(from.answersTags() ? "[\"pull\", \"resolve\"]" : "[\"pull\"]")
        .append('\n');
    text.append("  override_path = true\n");
    if (!target.security().plainHttp() && !target.security().verify()) {
      text.append("  skip_verify = true\n");
    }
    return text.toString();
  }

  /** A source and one of its mirrors. */
  private record Route(String source, String mirror, PullFrom from) {

    /** What the mirror has before the source's own path, such as {@code /mirror/site}. */
    Optional<String> pathBefore(String registry) {
      String asked = source.substring(host(source).length());
      String held = mirror.substring(registry.length());
      return held.endsWith(asked)
          ? Optional.of(held.substring(0, held.length() - asked.length()))
          : Optional.empty();
    }
  }
}
