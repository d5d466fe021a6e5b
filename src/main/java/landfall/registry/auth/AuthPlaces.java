package landfall.registry.auth;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The auth files podman and docker would look at, in their order. */
public final class AuthPlaces {
  private AuthPlaces() {}

  /** For this process. */
  public static List<Path> usual() {
    return usual(System.getenv(), Path.of(System.getProperty("user.home", "/")), userId());
  }

  static List<Path> usual(Map<String, String> environment, Path home, Optional<String> user) {
    List<Path> places = new ArrayList<>();
    named(environment, "REGISTRY_AUTH_FILE").ifPresent(places::add);
    named(environment, "XDG_RUNTIME_DIR")
        .ifPresent(folder -> places.add(folder.resolve("containers/auth.json")));
    user.ifPresent(id -> places.add(Path.of("/run/containers", id, "auth.json")));
    places.add(
        named(environment, "XDG_CONFIG_HOME")
            .orElse(home.resolve(".config"))
            .resolve("containers/auth.json"));
    places.add(
        named(environment, "DOCKER_CONFIG").orElse(home.resolve(".docker")).resolve("config.json"));
    return List.copyOf(places);
  }

  private static Optional<Path> named(Map<String, String> environment, String variable) {
    return Optional.ofNullable(environment.get(variable))
        .filter(value -> !value.isBlank())
        .map(Path::of);
  }

  /** Linux shows the owner of a process as the owner of its folder in /proc. */
  private static Optional<String> userId() {
    try {
      return Optional.of(Files.getAttribute(Path.of("/proc/self"), "unix:uid").toString());
    } catch (java.io.IOException | UnsupportedOperationException notLinux) {
      return Optional.empty();
    }
  }
}
