package landfall.registry.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import landfall.failure.Code;
import landfall.failure.Failure;
import landfall.failure.Parked;
import landfall.target.HostPort;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RealmTest {
  private static final List<HostPort> SERVERS =
      List.of(HostPort.parse("auth.example"), HostPort.parse("login.example:8443"));

  @ParameterizedTest
  @CsvSource({
    "https://r.example:5000, https://r.example/token",
    "https://r.example:5000, https://R.EXAMPLE:444/token?x",
    "https://r.example:5000, https://auth.example:444/token",
    "https://r.example:5000, https://login.example:8443/token",
    "http://r.example:5000, http://auth.example/token",
    "http://r.example:5000, https://auth.example/token",
  })
  void takesTheRegistrysOwnHostAndThoseThatWereNamed(String registry, String realm) {
    assertThat(Realm.parse(realm, URI.create(registry), SERVERS).address())
        .isEqualTo(URI.create(realm));
  }

  @ParameterizedTest
  @CsvSource({
    "https://r.example:5000, http://r.example/token",
    "https://r.example:5000, http://auth.example/token",
    "https://r.example:5000, https://login.example/token",
    "https://r.example:5000, https://auth.example.evil/token",
    "https://r.example:5000, https://r.example@evil/token",
    "https://r.example:5000, https://ci:pw@r.example/token",
    "https://r.example:5000, https://169.254.169.254/token",
    "https://r.example:5000, https://127.0.0.1/token",
    "http://r.example:5000, file:///etc/passwd",
    "http://r.example:5000, /token",
  })
  void sendsNothingAnywhereElse(String registry, String realm) {
    assertThatThrownBy(() -> Realm.parse(realm, URI.create(registry), SERVERS))
        .isInstanceOf(Parked.class)
        .hasMessageContaining("nothing was sent")
        .extracting(thrown -> ((Failure) thrown).code())
        .isEqualTo(Code.REGISTRY_AUTH);
  }
}
