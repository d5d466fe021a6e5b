package landfall.plan.candidate;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.NumericChars;
import net.jqwik.api.constraints.StringLength;

final class ReferenceProperties {
  @Property
  void anyTextIsTakenApartOrRefusedInWords(@ForAll String text) {
    try {
      Reference reference = Reference.parse(text);

      assertThat(text).endsWith(reference.reference());
      assertThat(reference.reference()).startsWith(reference.name());
      assertThat(reference.name()).endsWith(reference.path());
    } catch (IllegalArgumentException refused) {
      assertThat(refused).hasMessageContaining("'");
    }
  }

  @Property
  void nothingIsLostOfAReferenceWithATag(
      @ForAll @AlphaChars @NumericChars @Chars({'.', '-', '/', ':'}) String name,
      @ForAll @AlphaChars @NumericChars @StringLength(min = 1, max = 128) String tag) {
    String text = "host.example:5000/a" + name.replace(':', 'c').replace("//", "") + ":" + tag;

    Reference reference = Reference.parse(text);

    assertThat(reference.domain() + "/" + reference.path() + ":" + reference.tag().orElseThrow())
        .isEqualTo(text);
  }
}
