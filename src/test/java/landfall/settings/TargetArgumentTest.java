package landfall.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import landfall.target.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TargetArgumentTest {
  private static final Target.Security PLAIN =
      new Target.Security(
          true, true, Optional.empty(), Optional.empty(), Optional.empty(), List.of());

  @ParameterizedTest
  @CsvSource({
    "docker://127.0.0.1:5555/mirror/site, 127.0.0.1_5555_mirror_site, 127.0.0.1:5555/mirror/site",
    "docker://127.0.0.1:5555, 127.0.0.1_5555, 127.0.0.1:5555",
    "docker://registry.example, registry.example, registry.example",
    "docker://registry.example/, registry.example, registry.example",
    "docker://registry.example/a_b/, registry.example_a_b, registry.example/a_b",
    "docker://[::1]:5000, 1__5000, [::1]:5000",
    "site-a=docker://registry.example:8443/mirror, site-a, registry.example:8443/mirror"
  })
  void readsWhatPeopleWrite(String text, String name, String address) {
    Target target = TargetArgument.parse(text, PLAIN, 3, TargetArgument.STANDARD_LIMITS);

    assertThat(target.name()).isEqualTo(name);
    assertThat(target.address()).isEqualTo(address);
    assertThat(target.security()).isEqualTo(PLAIN);
    assertThat(target.maxNestedPaths()).isEqualTo(3);
    assertThat(target.limits()).isEqualTo(new Target.Limits(4, 16, 16, 0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "127.0.0.1:5000 | --to: found '127.0.0.1:5000', expected SHAPE",
        "https://a.example | --to: found 'https://a.example', expected SHAPE",
        "`` | --to: found '', expected SHAPE",
        "a=b=docker://c | --to: found 'a=b=docker://c', expected SHAPE",
        "docker:// | --to 'docker://': found the registry '', expected HOST[:PORT] after docker://",
        "docker://a.example:99999 | --to 'docker://a.example:99999': found the registry"
            + " 'a.example:99999', expected HOST[:PORT] after docker://",
        "docker://a/Mirror | --to 'docker://a/Mirror': found the prefix 'Mirror', expected a path in"
            + " lower case without tag",
        "docker://a/mirror:4.18 | --to 'docker://a/mirror:4.18': found the prefix 'mirror:4.18',"
            + " expected a path in lower case without tag",
        "a b=docker://c | --to 'a b=docker://c': found the name 'a b', expected up to 100 letters,"
            + " digits, dots, dashes and underscores",
        "=docker://c | --to '=docker://c': found the name '', expected up to 100 letters, digits,"
            + " dots, dashes and underscores",
        "docker://bot:s3cret@a.example/x | --to 'docker://***@a.example/x': found credentials,"
            + " expected them in an auth file (--authfile FILE)",
        "bot:s3cret@a.example | --to: found '***@a.example', expected SHAPE"
      })
  void teachesHowItIsWritten(String text, String sentence) {
    String shape =
        "[NAME=]docker://HOST[:PORT][/PREFIX], such as"
            + " docker://registry.site-a.example:8443/mirror/ocp";

    assertThatThrownBy(() -> TargetArgument.parse(text, PLAIN, 0, TargetArgument.STANDARD_LIMITS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(sentence.replace("SHAPE", shape));
  }

  @Test
  void shortensANameMadeOfALongAddress() {
    String text = "docker://a.example/" + "x".repeat(150);

    Target target = TargetArgument.parse(text, PLAIN, 0, TargetArgument.STANDARD_LIMITS);

    assertThat(target.name()).isEqualTo("a.example_" + "x".repeat(90));
  }
}
