package landfall.target;

import java.net.URI;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The address of a server: a host name or IP address, and a port where one is named. */
public record HostPort(String host, OptionalInt port) {
  private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?";
  private static final String HOST = LABEL + "(?:\\." + LABEL + ")*|\\[[0-9a-fA-F:]+]";
  private static final Pattern GRAMMAR = Pattern.compile("(" + HOST + ")(?::(\\d{1,5}))?");
  private static final int HIGHEST = 65535;

  public static HostPort parse(String text) {
    Matcher matcher = GRAMMAR.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not host[:port]");
    }
    String digits = matcher.group(2);
    if (digits == null) {
      return new HostPort(matcher.group(1), OptionalInt.empty());
    }
    int port = Integer.parseInt(digits);
    if (port > HIGHEST) {
      throw new IllegalArgumentException("not a port: " + port);
    }
    return new HostPort(matcher.group(1), OptionalInt.of(port));
  }

  /** Of something to connect to, which no server is at port 0. */
  public static HostPort server(String text) {
    return parse(checked(text));
  }

  /** The text itself, once it is known to be {@code host[:port]} of something to connect to. */
  public static String checked(String text) {
    if (parse(text).port().orElse(1) == 0) {
      throw new IllegalArgumentException("port 0 cannot be connected to");
    }
    return text;
  }

  /** The port an address is asked at, whether it names it or not. */
  public static int portOf(URI address) {
    boolean tls = "https".equalsIgnoreCase(address.getScheme());
    return address.getPort() >= 0 ? address.getPort() : tls ? 443 : 80;
  }

  /** Whether an address is of this server; where no port is named, at any port. */
  public boolean covers(URI address) {
    return host.equalsIgnoreCase(address.getHost())
        && (port.isEmpty() || port.getAsInt() == portOf(address));
  }

  @Override
  public String toString() {
    return port.isEmpty() ? host : host + ":" + port.getAsInt();
  }
}
