package landfall.registry.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.UnknownHostException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
  private final Names names = new Names("registry.example");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "169.254.169.254",
        "169.254.0.1",
        "[fe80::1]",
        "[febf::1]",
        "[fd00:ec2::254]",
        "[::ffff:169.254.169.254]",
        "2852039166", // 169.254.169.254 as one number
        "0.0.0.0",
        "[::]"
      })
  void refusesWhatServesOnlyThisMachineOrItsCloud(String host) {
    assertThatThrownBy(() -> names.resolve(host))
        .isInstanceOf(Forbidden.class)
        .hasMessageContaining("where nothing is sent");
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.0.0.2", "localhost", "[::1]", "10.0.0.1", "[fd00::1]"})
  void takesWhatAPersonWroteAndPrivateNetworks(String host) throws UnknownHostException {
    assertThat(names.resolve(host)).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost4.localdomain4", "2130706433"})
  void takesNoNameForThisMachineThatDoesNotSaySo(String host) {
    assertThatThrownBy(() -> names.resolve(host)).isInstanceOf(UnknownHostException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2130706433"})
  void takesARegistryThatIsThisMachine(String host) throws UnknownHostException {
    assertThat(new Names(host).resolve(host)).isNotEmpty();
  }
}
