package landfall.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import landfall.settings.Settings;
import landfall.settings.TargetArgument;
import landfall.target.HostPort;
import landfall.target.Target;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Where to, when not to the configured targets. */
final class TargetOptions {
  @Option(
      names = "--to",
      paramLabel = "[NAME=]docker://HOST[:PORT][/PREFIX]",
      description = "a target instead of the configured ones; may be repeated")
  private List<String> to = new ArrayList<>();

  @Option(names = "--plain-http", description = "speak HTTP to the --to targets")
  private boolean plainHttp;

  @Option(
      names = "--tls-verify",
      arity = "0..1",
      fallbackValue = "true",
      defaultValue = "true",
      paramLabel = "BOOL",
      description = "false: accept any certificate of the --to targets")
  private boolean tlsVerify = true;

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description = "PEM file with the CAs of the --to targets")
  private Optional<Path> ca = Optional.empty();

  @Option(
      names = "--authfile",
      paramLabel = "FILE",
      description = "podman or docker auth file for the --to targets")
  private Optional<Path> authfile = Optional.empty();

  @Option(
      names = "--upload-host",
      paramLabel = "HOST[:PORT]",
      description = "another server the --to registries may keep blobs at; may be repeated",
      converter = ServerConverter.class)
  private List<HostPort> uploadHosts = new ArrayList<>();

  @Option(
      names = "--token-host",
      paramLabel = "HOST[:PORT]",
      description = "another server that may log in to the --to registries; may be repeated",
      converter = ServerConverter.class)
  private List<HostPort> tokenHosts = new ArrayList<>();

  @Option(
      names = "--max-nested-paths",
      paramLabel = "N",
      description = "most path components a repository may have")
  private Optional<Integer> maxNestedPaths = Optional.empty();

  boolean given() {
    return !to.isEmpty();
  }

  /** The settings with these targets instead, if any were given. */
  Settings applyTo(Settings settings) {
    if (given()) {
      return settings.withTargets(
          to.stream()
              .map(
                  text ->
                      TargetArgument.parse(
                          text,
                          security(),
                          maxNestedPaths.orElse(0),
                          TargetArgument.STANDARD_LIMITS))
              .toList());
    }
    return maxNestedPaths
        .map(
            most ->
                settings.withTargets(
                    settings.targets().stream().map(target -> nested(target, most)).toList()))
        .orElse(settings);
  }

  /** The settings with at least one target. */
  Settings required(Settings settings) {
    Settings applied = applyTo(settings);
    if (applied.targets().isEmpty()) {
      throw new UsageException(
          "no target: name one under 'targets:' in config/landfall.yaml, or with --to"
              + " docker://HOST[:PORT][/PREFIX]");
    }
    return applied;
  }

  private Target.Security security() {
    ca.ifPresent(file -> requireFile("--ca", file));
    authfile.ifPresent(file -> requireFile("--authfile", file));
    return new Target.Security(
        plainHttp,
        tlsVerify,
        ca,
        Optional.empty(),
        Optional.empty(),
        authfile.stream().toList(),
        new Target.Others(uploadHosts, tokenHosts));
  }

  private static void requireFile(String option, Path file) {
    if (!file.toFile().isFile()) {
      throw new UsageException(option + ": there is no file " + file);
    }
  }

  private static Target nested(Target target, int most) {
    return new Target(
        target.name(),
        target.registry(),
        target.prefix(),
        target.security(),
        most,
        target.limits());
  }

  private static final class ServerConverter implements ITypeConverter<HostPort> {
    @Override
    public HostPort convert(String text) {
      try {
        return HostPort.server(text);
      } catch (IllegalArgumentException unfit) {
        throw new TypeConversionException("'" + text + "' is not HOST[:PORT]");
      }
    }
  }
}
