package landfall.registry.auth;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a registry wants us to log in, from its {@code WWW-Authenticate} headers.
 *
 * @param realm address of the token server; empty = user and password to the registry itself
 */
public record Challenge(Optional<String> realm, Optional<String> service) {
  private static final int LONGEST = 8192;
  private static final Pattern SCHEME =
      Pattern.compile("(?i)(?:^|,)\\s*(bearer|basic)(?:\\s+|\\s*$)");
  private static final Pattern PARAMETER =
      Pattern.compile("([A-Za-z_]+)\\s*=\\s*(?:\"([^\"]*)\"|([^\\s,\"]+))");

  /** The best way that is offered and that we know: a token rather than a password. */
  public static Optional<Challenge> parse(List<String> headers) {
    Optional<Challenge> basic = Optional.empty();
    for (String header : headers) {
      if (header.length() > LONGEST) {
        continue;
      }
      Matcher scheme = SCHEME.matcher(header);
      while (scheme.find()) {
        if (!scheme.group(1).toLowerCase(Locale.ROOT).equals("bearer")) {
          basic = Optional.of(new Challenge(Optional.empty(), Optional.empty()));
          continue;
        }
        String parameters = header.substring(scheme.end());
        Optional<String> realm = parameter(parameters, "realm");
        if (realm.isPresent()) {
          return Optional.of(new Challenge(realm, parameter(parameters, "service")));
        }
      }
    }
    return basic;
  }

  public boolean isBearer() {
    return realm.isPresent();
  }

  private static Optional<String> parameter(String parameters, String name) {
    Matcher parameter = PARAMETER.matcher(parameters);
    while (parameter.find()) {
      if (parameter.group(1).toLowerCase(Locale.ROOT).equals(name)) {
        String quoted = parameter.group(2);
        return Optional.of(quoted == null ? parameter.group(3) : quoted);
      }
    }
    return Optional.empty();
  }
}
