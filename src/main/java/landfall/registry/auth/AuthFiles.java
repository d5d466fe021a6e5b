package landfall.registry.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.cloud.tools.jib.registry.credentials.DockerConfigCredentialRetriever;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import landfall.failure.Code;
import landfall.failure.Parked;
import landfall.image.RepositoryName;

/**
 * Finds the credential for a repository in podman's and docker's auth files, credential helpers
 * included. Files are read anew at every call, so that {@code podman login} takes effect at once.
 */
public final class AuthFiles {
  private static final long LARGEST = 1 << 20;
  private static final JsonMapper JSON = new JsonMapper();
  private static final List<String> LOGIN_PATHS = List.of("", "/", "/v1/", "/v2/", "/v1", "/v2");

  private final String registry;
  private final List<Path> files;
  private final boolean named;

  private AuthFiles(String registry, List<Path> files, boolean named) {
    this.registry = registry;
    this.files = List.copyOf(files);
    this.named = named;
  }

  /** Looks into files the operator named, which therefore must exist; else at the usual places. */
  public static AuthFiles of(String registry, List<Path> named) {
    return named.isEmpty()
        ? new AuthFiles(registry, AuthPlaces.usual(), false)
        : new AuthFiles(registry, named, true);
  }

  /**
   * The first file's most specific entry.
   *
   * @throws Parked when a file is there but cannot be read or understood
   */
  public Optional<Credential> find(Optional<RepositoryName> repository) {
    for (Path file : files) {
      if (!named && !Files.exists(file)) {
        continue;
      }
      Optional<Credential> found = find(file, repository);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** The files that are looked at, for a sentence. */
  @Override
  public String toString() {
    return String.join(", ", files.stream().map(Path::toString).toList());
  }

  private Optional<Credential> find(Path file, Optional<RepositoryName> repository) {
    JsonNode json = read(file);
    for (String name : names(repository)) {
      Optional<String> key = key(json, name);
      if (key.isPresent()) {
        return Optional.of(retrieve(file, json.path("auths").path(key.get()), key.get()));
      }
    }
    return json.path("credsStore").isTextual() ? retrieveIfAny(file, registry) : Optional.empty();
  }

  private JsonNode read(Path file) {
    try {
      if (Files.size(file) > LARGEST) {
        throw unusable(file, "is larger than an auth file can be");
      }
      JsonNode json = JSON.readTree(Files.readAllBytes(file));
      if (!json.isObject()) {
        throw unusable(file, "is not a JSON object");
      }
      return json;
    } catch (com.fasterxml.jackson.core.JacksonException garbled) {
      // its message may quote the file
      throw unusable(file, "is not JSON");
    } catch (IOException unreadable) {
      throw unusable(file, "cannot be read (" + unreadable.getClass().getSimpleName() + ")");
    }
  }

  /** {@code host/a/b}, {@code host/a}, {@code host}: podman's keys, the most specific first. */
  private List<String> names(Optional<RepositoryName> repository) {
    List<String> names = new ArrayList<>();
    String name = repository.map(path -> registry + "/" + path).orElse(registry);
    while (name.length() > registry.length()) {
      names.add(name);
      name = name.substring(0, name.lastIndexOf('/'));
    }
    names.add(registry);
    return names;
  }

  private Optional<String> key(JsonNode json, String name) {
    List<String> paths = name.equals(registry) ? LOGIN_PATHS : List.of("");
    for (String path : paths) {
      for (String key : List.of(name + path, "https://" + name + path)) {
        if (json.path("credHelpers").has(key) || isFilled(json.path("auths").path(key))) {
          return Optional.of(key);
        }
      }
    }
    return Optional.empty();
  }

  /** {@code docker login} with a credential store leaves an empty entry. */
  private static boolean isFilled(JsonNode entry) {
    return entry.hasNonNull("auth") || entry.hasNonNull("identitytoken");
  }

  private Credential retrieve(Path file, JsonNode entry, String key) {
    String token = entry.path("identitytoken").asText("");
    if (!token.isEmpty()) {
      // jib reads these for Azure only
      return new Credential(file, new Secret(""), new Secret(token), true);
    }
    return retrieveIfAny(file, key)
        .orElseThrow(() -> unusable(file, "has an entry for " + key + " without a credential"));
  }

  private Optional<Credential> retrieveIfAny(Path file, String key) {
    try {
      return DockerConfigCredentialRetriever.create(key, file)
          .retrieve(event -> {})
          .map(
              found ->
                  new Credential(
                      file,
                      new Secret(found.getUsername()),
                      new Secret(found.getPassword()),
                      found.isOAuth2RefreshToken()));
    } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException garbled) {
      throw unusable(file, "has an entry for " + key + " that cannot be understood");
    }
  }

  private Parked unusable(Path file, String why) {
    return new Parked(Code.REGISTRY_AUTH, "auth file " + file + " for " + registry + " " + why);
  }
}
