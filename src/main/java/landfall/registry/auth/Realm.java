package landfall.registry.auth;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import landfall.failure.Code;
import landfall.failure.Parked;
import landfall.registry.wire.Words;
import landfall.target.HostPort;

/**
 * The address of a token server, found fit to be sent credentials: the registry names it, so it is
 * foreign until it has passed here.
 */
public record Realm(URI address) {

  /**
   * Accepts https, or http where the registry itself is spoken to in plain HTTP; nothing with a
   * user in it, and no server but the registry's host and those the operator named.
   *
   * @throws Parked when the registry names anything else
   */
  public static Realm parse(String text, URI registry, List<HostPort> servers) {
    URI address = uri(text);
    String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
    boolean safe =
        scheme.equals("https")
            || (scheme.equals("http") && "http".equalsIgnoreCase(registry.getScheme()));
    if (!safe || address.getHost() == null || address.getRawUserInfo() != null) {
      throw refused(registry, "not an https address without user and password");
    }
    boolean known =
        address.getHost().equalsIgnoreCase(registry.getHost())
            || servers.stream().anyMatch(server -> server.covers(address));
    if (!known) {
      throw refused(
          registry,
          Words.clean(address.getAuthority())
              + ", another host; where that is right, name it under tokenHosts of the target");
    }
    return new Realm(address);
  }

  /** The address that gives a token of that service for these actions. */
  public URI asking(Challenge challenge, List<String> actions) {
    StringBuilder query = new StringBuilder(form(challenge, actions));
    String known = address.getRawQuery();
    if (known != null) {
      query.insert(0, query.length() == 0 ? known : known + "&");
    }
    String bare = address.toString().replaceFirst("[?#].*", "");
    return URI.create(query.length() == 0 ? bare : bare + "?" + query);
  }

  /** What {@link #asking} puts in the query, as a form. */
  public static String form(Challenge challenge, List<String> actions) {
    List<String> form = new ArrayList<>();
    challenge.service().ifPresent(service -> form.addAll(List.of("service", service)));
    actions.forEach(action -> form.addAll(List.of("scope", action)));
    return form(form);
  }

  /** Names and values in turn, as a form. */
  public static String form(List<String> namesAndValues) {
    StringBuilder form = new StringBuilder();
    for (int i = 0; i < namesAndValues.size(); i += 2) {
      form.append(i == 0 ? "" : "&").append(namesAndValues.get(i)).append('=');
      form.append(URLEncoder.encode(namesAndValues.get(i + 1), StandardCharsets.UTF_8));
    }
    return form.toString();
  }

  private static URI uri(String text) {
    try {
      return URI.create(text);
    } catch (IllegalArgumentException notAnAddress) {
      return URI.create("");
    }
  }

  private static Parked refused(URI registry, String why) {
    return new Parked(
        Code.REGISTRY_AUTH,
        registry.getAuthority() + ": the token server it names is " + why + "; nothing was sent");
  }
}
