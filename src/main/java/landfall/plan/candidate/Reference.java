package landfall.plan.candidate;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An image reference as oc-mirror takes it apart. Its quirks are kept on purpose: they decide which
 * repository of the archive holds the image, and which sources a mirror set names.
 *
 * <p>The first path component is always the domain, so {@code busybox:1} has none and {@code
 * library/nginx:1} has the domain {@code library}. There is no implicit {@code latest}.
 *
 * @param transport {@code docker://} where none is written
 * @param reference the text without its transport
 * @param name the reference without tag and digest
 * @param domain empty where there is one path component only
 * @param digest with its algorithm
 */
public record Reference(
    String transport,
    String reference,
    String name,
    String domain,
    String path,
    Optional<String> tag,
    Optional<String> digest) {
  private static final String DOCKER = "docker://";
  private static final String MARK = "://";
  private static final Pattern DIGEST =
      Pattern.compile("sha256:[a-f0-9]{64}|sha384:[a-f0-9]{96}|sha512:[a-f0-9]{128}");

  /**
   * Takes a reference apart.
   *
   * @throws IllegalArgumentException when oc-mirror would refuse it
   */
  public static Reference parse(String text) {
    int mark = text.indexOf(MARK);
    String transport = mark < 0 ? DOCKER : text.substring(0, mark + MARK.length());
    String reference = mark < 0 ? text : text.substring(mark + MARK.length());
    if (reference.contains(MARK)) {
      throw new IllegalArgumentException("'" + text + "' names two transports");
    }
    String[] halves = reference.split("@", -1);
    int colon = transport.equals(DOCKER) ? tagColon(halves[0]) : -1;
    String name = colon < 0 ? halves[0] : halves[0].substring(0, colon);
    String tag = colon < 0 ? "" : halves[0].substring(colon + 1);
    Optional<String> digest = digest(text, halves);
    if (name.isEmpty()) {
      throw new IllegalArgumentException("'" + text + "' names no image");
    }
    if (transport.equals(DOCKER) && tag.isEmpty() && digest.isEmpty()) {
      throw new IllegalArgumentException("'" + text + "' has neither tag nor digest");
    }
    int slash = transport.equals(DOCKER) ? name.indexOf('/') : -1;
    String domain = slash < 0 ? "" : name.substring(0, slash);
    Optional<String> written = Optional.of(tag).filter(characters -> !characters.isEmpty());
    return new Reference(
        transport, reference, name, domain, name.substring(slash + 1), written, digest);
  }

  /** Whether it is an image of a registry, and not of a folder on the sender's disk. */
  public boolean docker() {
    return transport.equals(DOCKER);
  }

  /** Whether nothing but a digest tells which image is meant. */
  public boolean digestOnly() {
    return tag.isEmpty() && digest.isPresent();
  }

  /**
   * Whether oc-mirror takes it for one with tag and digest. It counts colons, so it takes {@code
   * host:5000/a@sha256:…} for one too; ask {@link #digestOnly()} first, as it does.
   */
  public boolean tagAndDigest() {
    return reference.contains("@") && reference.chars().filter(c -> c == ':').count() > 1;
  }

  /** The last component of the path. */
  public String component() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static Optional<String> digest(String text, String[] halves) {
    if (halves.length < 2) {
      return Optional.empty();
    }
    if (!DIGEST.matcher(halves[1]).matches()) {
      throw new IllegalArgumentException("'" + text + "' has a malformed digest");
    }
    return Optional.of(halves[1]);
  }

  /** A colon before the first slash belongs to a port. */
  private static int tagColon(String name) {
    int colon = name.lastIndexOf(':');
    int slash = name.indexOf('/');
    return slash < 0 || (slash > 0 && colon > slash) ? colon : -1;
  }
}
