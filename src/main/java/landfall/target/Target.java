package landfall.target;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import landfall.image.RepositoryName;

/**
 * A registry images go to, with all an operator may say about it.
 *
 * @param name how people and folders call it: letters, digits, dot, dash, underscore
 * @param registry {@code host[:port]}
 * @param prefix the path every repository is put below, if any
 * @param maxNestedPaths most path components a repository may have, prefix included; 0 = any number
 */
public record Target(
    String name,
    String registry,
    Optional<RepositoryName> prefix,
    Security security,
    int maxNestedPaths,
    Limits limits) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
  private static final Pattern REGISTRY =
      Pattern.compile(
          "(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\\[[0-9a-fA-F:]+])(?::\\d{1,5})?");

  public Target {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("not a target name: " + name);
    }
    if (!REGISTRY.matcher(registry).matches()) {
      throw new IllegalArgumentException("not a registry host[:port]: " + registry);
    }
    if (maxNestedPaths < 0) {
      throw new IllegalArgumentException("maxNestedPaths is negative: " + maxNestedPaths);
    }
  }

  /** {@code host[:port][/prefix]}, as people write it. */
  public String address() {
    return registry + prefix.map(path -> "/" + path).orElse("");
  }

  /**
   * How the registry is spoken to.
   *
   * @param plainHttp HTTP instead of HTTPS
   * @param verify whether the certificate is checked
   * @param ca PEM file with the CAs to trust instead of the system's
   * @param clientCert PEM certificate chain shown to the registry alone (mTLS)
   * @param clientKey PEM private key of that certificate
   * @param authfiles podman or docker auth files, first match wins; empty = the usual places
   * @param others servers it may point to
   */
  public record Security(
      boolean plainHttp,
      boolean verify,
      Optional<Path> ca,
      Optional<Path> clientCert,
      Optional<Path> clientKey,
      List<Path> authfiles,
      Others others) {
    public Security {
      authfiles = List.copyOf(authfiles);
    }

    /** Of a registry that may point to nobody else. */
    public Security(
        boolean plainHttp,
        boolean verify,
        Optional<Path> ca,
        Optional<Path> clientCert,
        Optional<Path> clientKey,
        List<Path> authfiles) {
      this(plainHttp, verify, ca, clientCert, clientKey, authfiles, Others.NONE);
    }
  }

  /**
   * Servers besides the registry that may be spoken to where the registry points there.
   *
   * @param uploads take and give blobs, without being shown any credentials
   * @param tokens give tokens, and are shown the credentials for that
   */
  public record Others(List<HostPort> uploads, List<HostPort> tokens) {
    public static final Others NONE = new Others(List.of(), List.of());

    public Others {
      uploads = List.copyOf(uploads);
      tokens = List.copyOf(tokens);
    }
  }

  /**
   * How hard the registry is worked.
   *
   * @param fewestImages images at a time to begin with
   * @param mostImages images at a time at most
   * @param blobs blobs of all these images at a time at most
   * @param bytesPerSecond cap on upload speed; 0 = none
   */
  public record Limits(int fewestImages, int mostImages, int blobs, long bytesPerSecond) {
    public Limits {
      if (fewestImages < 1 || mostImages < fewestImages || blobs < 1 || bytesPerSecond < 0) {
        throw new IllegalArgumentException(
            "not limits: images %d..%d, blobs %d, %d bytes a second"
                .formatted(fewestImages, mostImages, blobs, bytesPerSecond));
      }
    }
  }
}
