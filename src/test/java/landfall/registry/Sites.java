package landfall.registry;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import landfall.image.Digest;
import landfall.image.RawManifest;
import landfall.image.RepositoryName;
import landfall.registry.fault.Pause;
import landfall.registry.wire.Times;
import landfall.target.Target;

/** Targets and small content for tests. */
public final class Sites {
  public static final RepositoryName APP = new RepositoryName("lab/app");
  static final RepositoryName OTHER = new RepositoryName("lab/other");
  static final byte[] HELLO = "hello".getBytes(java.nio.charset.StandardCharsets.UTF_8);
  static final Digest HELLO_DIGEST = Digest.of(HELLO);
  public static final RawManifest MANIFEST =
      new RawManifest(
          "application/vnd.oci.image.manifest.v1+json",
          "{ \"schemaVersion\": 2 }\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
  public static final Times SHORT =
      new Times(
          Duration.ofSeconds(2),
          Duration.ofSeconds(2),
          Duration.ofSeconds(2),
          Duration.ofMillis(600));

  private Sites() {}

  /** Plain HTTP; looks for credentials in these files, or in one that does not exist. */
  public static Target plain(String registry, Path... authfiles) {
    return new Target(
        "site",
        registry,
        Optional.empty(),
        new Target.Security(
            true, true, Optional.empty(), Optional.empty(), Optional.empty(), List.of(authfiles)),
        0,
        new Target.Limits(1, 4, 16, 0));
  }

  static Target tls(String registry, boolean verify, Optional<Path> ca) {
    return mutual(registry, verify, ca, Optional.empty(), Optional.empty());
  }

  static Target mutual(
      String registry,
      boolean verify,
      Optional<Path> ca,
      Optional<Path> certificate,
      Optional<Path> key) {
    return new Target(
        "site",
        registry,
        Optional.empty(),
        new Target.Security(false, verify, ca, certificate, key, List.of()),
        0,
        new Target.Limits(1, 4, 16, 0));
  }

  public static HttpRegistry open(Target target, Pause pause) {
    return HttpRegistry.open(target, bytes -> {}, pause, SHORT);
  }

  public static HttpRegistry open(Target target, Pause pause, Times times) {
    return HttpRegistry.open(target, bytes -> {}, pause, times);
  }

  public static HttpRegistry open(Target target) {
    return open(target, StandingClock.halfway());
  }
}
