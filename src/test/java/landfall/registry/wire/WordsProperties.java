package landfall.registry.wire;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class WordsProperties {
  @Property
  void fitAnySentence(@ForAll String foreign) {
    String clean = Words.clean(foreign);

    assertThat(clean.length()).isLessThanOrEqualTo(301);
    assertThat(clean.codePoints())
        .noneMatch(Character::isISOControl)
        .noneMatch(point -> Character.getType(point) == Character.FORMAT)
        .noneMatch(point -> Character.getType(point) == Character.LINE_SEPARATOR);
  }

  @Property
  void comeFromAnyBytes(@ForAll byte[] foreign) {
    assertThat(Words.clean(foreign).codePoints()).noneMatch(Character::isISOControl);
  }
}
