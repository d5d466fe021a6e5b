package landfall.publish.node;

import java.util.List;
import java.util.Map;
import landfall.publish.resource.Mirror;
import landfall.publish.resource.ResourceFile;
import landfall.target.Target;

/**
 * A file for {@code /etc/containers/registries.conf.d}, as podman, CRI-O, buildah and skopeo read
 * it.
 *
 * <p>These look at the entry with the longest matching prefix and at no other, so an entry repeats
 * the mirrors of wider ones.
 */
final class RegistriesDropIn {
  private static final String HEAD =
      """
      # Mirrors of %s, for podman, CRI-O, buildah and skopeo: copy this file into
      # /etc/containers/registries.conf.d/. The registry's CA belongs into
      # /etc/containers/certs.d/%s/ca.crt, a login into the auth file (podman login).
      # When no mirror has an image, the source itself is asked.
      """;

  private RegistriesDropIn() {}

  static String fileName(Target target) {
    return "50-landfall-" + target.name() + ".conf";
  }

  static ResourceFile file(List<Mirror> mirrors, Target target) {
    StringBuilder text = new StringBuilder(HEAD.formatted(target.address(), target.registry()));
    new MirrorTable(mirrors)
        .inherited()
        .forEach((source, places) -> text.append(registry(source, places, insecure(target))));
    return new ResourceFile(fileName(target), text.toString());
  }

  private static boolean insecure(Target target) {
    return target.security().plainHttp() || !target.security().verify();
  }

  private static String registry(String source, Map<String, PullFrom> places, boolean insecure) {
    StringBuilder text = new StringBuilder("\n[[registry]]\n");
    text.append("prefix = ").append(Toml.text(source)).append('\n');
    text.append("location = ").append(Toml.text(source)).append('\n');
    places.forEach(
        (mirror, from) -> {
          text.append("\n[[registry.mirror]]\n");
          text.append("location = ").append(Toml.text(mirror)).append('\n');
          text.append("pull-from-mirror = ").append(Toml.text(from.word())).append('\n');
          if (insecure) {
            text.append("insecure = true\n");
          }
        });
    return text.toString();
  }
}
