package landfall.registry.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Arrays;
import landfall.target.HostPort;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressesTest {
  private static Addresses addresses(String root, String abroad) {
    return new Addresses(
        URI.create(root), Arrays.stream(abroad.split(" ", -1)).map(HostPort::parse).toList());
  }

  @ParameterizedTest
  @CsvSource({
    // the registry, servers that are allowed, where it points, whether a blob may go there
    "https://r.example, s.example, https://s.example/x, true",
    "https://r.example, s.example, https://S.EXAMPLE:9000/x, true",
    "https://r.example, s.example:9000, https://s.example:9000/x, true",
    "https://r.example, s.example:9000, https://s.example/x, false",
    "https://r.example, s.example:443, https://s.example/x, true",
    "https://r.example, a.example s.example, https://s.example/x, true",
    "https://r.example, s.example, https://t.s.example/x, false",
    "https://r.example, s.example, https://s.example.evil/x, false",
    "https://r.example, s.example, https://ci@s.example/x, false",
    "https://r.example, s.example, http://s.example/x, false",
    "https://r.example, r.example, http://r.example/x, false",
    "http://r.example, s.example, http://s.example/x, true",
    "http://r.example, s.example, https://s.example/x, true",
    "http://r.example, s.example, ftp://s.example/x, false",
    "https://r.example, [fd00::1]:9000, https://[fd00::1]:9000/x, true",
  })
  void knowsWhereABlobMayGo(String root, String abroad, String there, boolean allowed) {
    assertThat(addresses(root, abroad).isAllowed(URI.create(there))).isEqualTo(allowed);
  }

  @ParameterizedTest
  @CsvSource({
    "https://r.example, https://r.example:443/x, true",
    "https://r.example:443, https://R.example/x, true",
    "https://r.example, http://r.example/x, false",
    "https://r.example, http://r.example:443/x, false",
    "http://r.example, https://r.example/x, false",
    "https://r.example, https://r.example:8443/x, false",
    "https://r.example, https://ci:pw@r.example/x, false",
  })
  void knowsTheRegistryItself(String root, String there, boolean here) {
    assertThat(addresses(root, "s.example").isHere(URI.create(there))).isEqualTo(here);
  }
}
