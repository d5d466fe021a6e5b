package landfall.registry.exchange;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import landfall.registry.auth.Secret;

/**
 * What ties the requests of one upload session together, so that they reach the same replica: one
 * connection, and the cookies a proxy set. Whoever holds these knows nothing of other sessions.
 */
public final class Ties {
  private static final int MOST = 16;
  private static final int LONGEST = 4096;
  private static final Pattern PAIR =
      Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+=[\\x20-\\x3a\\x3c-\\x7e]*");

  private final Map<String, Cookie> cookies = new LinkedHashMap<>();

  private record Cookie(Secret value, Optional<String> path, boolean secure) {
    boolean goesTo(URI address) {
      String wanted = path.orElse("/");
      String asked = Optional.ofNullable(address.getRawPath()).orElse("");
      boolean below =
          asked.equals(wanted) || asked.startsWith(wanted.endsWith("/") ? wanted : wanted + "/");
      return below && (!secure || "https".equalsIgnoreCase(address.getScheme()));
    }
  }

  /** Takes what {@code Set-Cookie} headers of the registry itself say. */
  synchronized void learn(List<String> headers) {
    for (String header : headers) {
      String[] parts = header.split(";", -1);
      String pair = parts[0].strip();
      if (header.length() <= LONGEST && PAIR.matcher(pair).matches()) {
        learn(pair, List.of(parts).subList(1, parts.length));
      }
    }
  }

  private void learn(String pair, List<String> attributes) {
    String name = pair.substring(0, pair.indexOf('='));
    if (attribute(attributes, "max-age").filter(age -> age.matches("-\\d+|0")).isPresent()) {
      cookies.remove(name);
    } else if (cookies.containsKey(name) || cookies.size() < MOST) {
      cookies.put(
          name,
          new Cookie(
              new Secret(pair),
              attribute(attributes, "path").filter(path -> path.startsWith("/")),
              attribute(attributes, "secure").isPresent()));
    }
  }

  private static Optional<String> attribute(List<String> attributes, String name) {
    return attributes.stream()
        .map(String::strip)
        .filter(text -> text.toLowerCase(Locale.ROOT).split("=", 2)[0].strip().equals(name))
        .findFirst()
        .map(text -> text.contains("=") ? text.substring(text.indexOf('=') + 1).strip() : "");
  }

  /** The Cookie header for an address of the registry itself. */
  synchronized Optional<Secret> header(URI address) {
    String text =
        cookies.values().stream()
            .filter(cookie -> cookie.goesTo(address))
            .map(cookie -> cookie.value().reveal())
            .collect(Collectors.joining("; "));
    return text.isEmpty() ? Optional.empty() : Optional.of(new Secret(text));
  }
}
