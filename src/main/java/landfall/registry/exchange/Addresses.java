package landfall.registry.exchange;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import landfall.image.Digest;
import landfall.image.RepositoryName;
import landfall.registry.wire.Answer;
import landfall.target.HostPort;
import landfall.target.Target;

/**
 * Where things are at one registry, and what its Locations mean.
 *
 * @param abroad other servers it may point to with blobs
 */
public record Addresses(URI root, List<HostPort> abroad) {
  private static final int LONGEST = 16 * 1024;

  public Addresses {
    abroad = List.copyOf(abroad);
  }

  public static Addresses of(Target target) {
    String scheme = target.security().plainHttp() ? "http://" : "https://";
    return new Addresses(
        URI.create(scheme + target.registry()), target.security().others().uploads());
  }

  public URI ping() {
    return root.resolve("/v2/");
  }

  public URI blob(RepositoryName repository, Digest digest) {
    return root.resolve("/v2/" + repository + "/blobs/" + digest);
  }

  /** Of the tags of a repository, of which the first will do. */
  public URI anyTag(RepositoryName repository) {
    return root.resolve("/v2/" + repository + "/tags/list?n=1");
  }

  public URI manifest(RepositoryName repository, String tagOrDigest) {
    return root.resolve("/v2/" + repository + "/manifests/" + tagOrDigest);
  }

  public URI uploads(RepositoryName repository) {
    return root.resolve("/v2/" + repository + "/blobs/uploads/");
  }

  public URI mount(RepositoryName repository, Digest digest, RepositoryName from) {
    return uploads(repository).resolve("?mount=" + digest + "&from=" + from);
  }

  /** Ends a session: its address as it is, however odd, and the digest behind it. */
  public static URI finish(URI session, Digest digest) {
    String text = session.toString();
    return URI.create(text + (session.getRawQuery() == null ? "?" : "&") + "digest=" + digest);
  }

  /** Where an answer points, if that can be an address, and a single one. */
  static Optional<URI> location(URI asked, Answer answer) {
    List<String> named = answer.headers("Location").stream().distinct().toList();
    if (named.size() != 1 || named.get(0).isEmpty() || named.get(0).length() > LONGEST) {
      return Optional.empty();
    }
    try {
      URI there = asked.resolve(named.get(0));
      return there.getHost() == null || there.getRawFragment() != null
          ? Optional.empty()
          : Optional.of(there);
    } catch (IllegalArgumentException notAnAddress) {
      return Optional.empty();
    }
  }

  /** Whether an address is of this registry: same scheme, host and port. */
  boolean isHere(URI there) {
    return origin(there).equals(origin(root)) && there.getRawUserInfo() == null;
  }

  /** Whether a blob may come from there or go there; from TLS never to anything less. */
  boolean isAllowed(URI there) {
    String scheme = scheme(there);
    return (scheme.equals("https") || (scheme.equals("http") && scheme(root).equals("http")))
        && there.getRawUserInfo() == null
        && abroad.stream().anyMatch(server -> server.covers(there));
  }

  private static String origin(URI address) {
    return scheme(address)
        + "://"
        + address.getHost().toLowerCase(Locale.ROOT)
        + ":"
        + HostPort.portOf(address);
  }

  private static String scheme(URI address) {
    return String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
  }
}
