package landfall.registry.wire;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;

/**
 * Finds the addresses of a name at the moment they are connected to, and refuses those that serve
 * nobody but the machine itself or the cloud it runs in: who can lead a name there reads secrets.
 */
final class Names implements DnsResolver {
  private static final byte[] CLOUD_METADATA =
      HexFormat.of().parseHex("fd000ec2000000000000000000000254");
  private static final Set<String> LOCAL = Set.of("localhost", "[::1]", "::1");

  private static final Pattern LOCAL_NUMBER = Pattern.compile("127(?:\\.\\d{1,3}){3}");

  private final String registry;

  /**
   * For one registry.
   *
   * @param registry its host, which may be this machine
   */
  Names(String registry) {
    this.registry = registry;
  }

  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    InetAddress[] found = SystemDefaultDnsResolver.INSTANCE.resolve(host);
    for (InetAddress address : found) {
      if (isForbidden(address) || (isOurs(address) && !mayBeOurs(host))) {
        throw new Forbidden(host + " is " + address.getHostAddress() + ", where nothing is sent");
      }
    }
    return found;
  }

  @Override
  public String resolveCanonicalHostname(String host) throws UnknownHostException {
    return SystemDefaultDnsResolver.INSTANCE.resolveCanonicalHostname(host);
  }

  private static boolean isForbidden(InetAddress address) {
    return address.isLinkLocalAddress() || Arrays.equals(address.getAddress(), CLOUD_METADATA);
  }

  private static boolean isOurs(InetAddress address) {
    return address.isLoopbackAddress() || address.isAnyLocalAddress();
  }

  /** Whether a person wrote that it is this machine, rather than a name server. */
  private boolean mayBeOurs(String host) {
    return host.equalsIgnoreCase(registry)
        || LOCAL.contains(host.toLowerCase(Locale.ROOT))
        || LOCAL_NUMBER.matcher(host).matches();
  }
}
