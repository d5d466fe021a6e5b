package landfall.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import landfall.plan.Unclaimed;
import landfall.push.ReadBack;
import landfall.push.TagConflict;
import landfall.target.Target;

/**
 * Everything an operator can set, checked once as a whole. Paths are absolute.
 *
 * @param data the folder that holds drop, work, quarantine, done and out
 * @param separateState where the ledger lies when that is not below data
 * @param targets in the order of the file; may be empty
 */
public record Settings(
    Path data,
    Optional<Path> separateState,
    List<Target> targets,
    Drop drop,
    Push push,
    Publish publish,
    Web web,
    Notices notices,
    Signatures signatures) {

  public Settings {
    targets = List.copyOf(targets);
    Set<String> seen = new HashSet<>();
    for (Target target : targets) {
      if (!seen.add(target.name())) {
        throw new IllegalArgumentException(
            "two targets are named " + target.name() + ", expected a name of its own for each");
      }
      if (!seen.add("//" + target.address().toLowerCase(Locale.ROOT))) {
        throw new IllegalArgumentException(
            "two targets are " + target.address() + ", expected each address once");
      }
    }
  }

  /**
   * Reads the operator's file; environment variables win over it, and system properties over them.
   *
   * @throws SettingsException with every problem there is
   */
  public static Settings read(Path file, Map<String, String> environment, Properties system) {
    return new SettingsReader(environment, system).read(file);
  }

  /**
   * The settings where no file is: what every key is by default, with the same overrides.
   *
   * @throws SettingsException with every problem of the overrides
   */
  public static Settings withoutFile(Map<String, String> environment, Properties system) {
    return new SettingsReader(environment, system).withoutFile();
  }

  /** What every key is by default; no targets. */
  public static Settings defaults() {
    return withoutFile(Map.of(), new Properties());
  }

  /** The folder of ledger and tokens. */
  public Path state() {
    return separateState.orElseGet(() -> data.resolve("state"));
  }

  /** The same with another data folder; a state below data moves along. */
  public Settings withData(Path other) {
    Path absolute = other.toAbsolutePath().normalize();
    return new Settings(
        absolute, separateState, targets, drop, push, publish, web, notices, signatures);
  }

  /**
   * The same for other targets.
   *
   * @throws IllegalArgumentException when two have the same name or address
   */
  public Settings withTargets(List<Target> others) {
    return new Settings(data, separateState, others, drop, push, publish, web, notices, signatures);
  }

  /**
   * How archives arrive and leave.
   *
   * @param settle how long a dropped file must lie unchanged before it counts as complete
   * @param patience how long an incomplete archive waits before Landfall speaks up
   */
  public record Drop(Duration settle, Sidecar sidecar, Duration patience, Retention retention) {}

  /**
   * What is asked of checksum files.
   *
   * @param required whether an archive without one waits for it
   * @param delay how long one may come later than its archive
   */
  public record Sidecar(boolean required, Duration delay) {}

  /**
   * How images are pushed.
   *
   * @param retries how often the push of an image is tried again
   * @param uri the Camel endpoint that pushes one image
   * @param signatures whether signature images are pushed
   * @param unclaimed what happens to complete tags that no rule claims
   * @param tagConflict what happens where a tag points to something that was not delivered
   * @param readBack how much is proven to be there before a tag moves
   */
  public record Push(
      int retries,
      String uri,
      boolean signatures,
      Unclaimed unclaimed,
      TagConflict tagConflict,
      ReadBack readBack) {}

  /**
   * What cluster resources are made of besides the archive.
   *
   * @param catalogSourceTemplates the folder with templates of CatalogSources
   */
  public record Publish(Optional<Path> catalogSourceTemplates) {}

  /** Where the web page listens. */
  public record Web(String host, int port) {}

  /** Who is told: the URL that notices are posted to. */
  public record Notices(Optional<Secret> webhook) {}

  /**
   * Whose signatures count.
   *
   * @param releaseKeys files of keys that OpenShift releases may be signed with, besides Red Hat's
   */
  public record Signatures(List<Path> releaseKeys) {
    public Signatures {
      releaseKeys = List.copyOf(releaseKeys);
    }
  }
}
