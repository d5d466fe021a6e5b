package landfall.registry;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import landfall.image.Digest;
import landfall.image.RepositoryName;
import landfall.registry.wire.Answer;

/** Where things are at one registry, and what its Locations mean. */
record Addresses(URI root) {
  private static final int LONGEST = 16 * 1024;

  static Addresses of(String registry, boolean plainHttp) {
    return new Addresses(URI.create((plainHttp ? "http://" : "https://") + registry));
  }

  URI ping() {
    return root.resolve("/v2/");
  }

  URI blob(RepositoryName repository, Digest digest) {
    return root.resolve("/v2/" + repository + "/blobs/" + digest);
  }

  URI manifest(RepositoryName repository, String tagOrDigest) {
    return root.resolve("/v2/" + repository + "/manifests/" + tagOrDigest);
  }

  URI uploads(RepositoryName repository) {
    return root.resolve("/v2/" + repository + "/blobs/uploads/");
  }

  URI mount(RepositoryName repository, Digest digest, RepositoryName from) {
    return uploads(repository).resolve("?mount=" + digest + "&from=" + from);
  }

  /** Ends a session: its address as it is, however odd, and the digest behind it. */
  static URI finish(URI session, Digest digest) {
    String text = session.toString();
    return URI.create(text + (session.getRawQuery() == null ? "?" : "&") + "digest=" + digest);
  }

  /** Where an answer points, if that can be an address. */
  static Optional<URI> location(URI asked, Answer answer) {
    String text = answer.header("Location").orElse("");
    if (text.isEmpty() || text.length() > LONGEST) {
      return Optional.empty();
    }
    try {
      URI there = asked.resolve(text);
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

  private static String origin(URI address) {
    String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
    int usual = scheme.equals("https") ? 443 : 80;
    int port = address.getPort() < 0 ? usual : address.getPort();
    return scheme + "://" + address.getHost().toLowerCase(Locale.ROOT) + ":" + port;
  }
}
