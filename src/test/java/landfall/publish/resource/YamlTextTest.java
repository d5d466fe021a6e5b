package landfall.publish.resource;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts that people may have edited. */
final class YamlTextTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a: [",
        "a: !!int abc",
        "a: !!float x",
        "a: !!set [a]",
        "a: !!binary '='",
        "!!map a",
        "!!str [a]",
        "&a [*a]",
        "a: 1\na: 2"
      })
  void whatIsNoYamlReadsAsNothing(String text) {
    assertThat(YamlText.read(text)).isEmpty();
  }
}
