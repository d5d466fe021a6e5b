package landfall.plan.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ImagePathTest {
  private static final String DOCUMENT =
      """
      spec:
        image: one
        a.b: dotted
        more: [two, three, four]
        pods:
        - {name: x, image: five}
        - {name: y, image: six, deep: {image: seven}}
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{.spec.image} | one",
        "{$.spec.image} | one",
        "{@.spec['image']} | one",
        "{.spec.a\\.b} | dotted",
        "{.spec['a.b']} | dotted",
        "{.spec.more[*]} | two three four",
        "{.spec.more[0]} | two",
        "{.spec.more[-1]} | four",
        "{.spec.more[0:2]} | two three",
        "{.spec.more[1:]} | three four",
        "{.spec.more[::2]} | two four",
        "{.spec.more[0,2]} | two four",
        "{.spec.more[7]} | ''",
        "{.spec.pods[*].image} | five six",
        "{.spec.pods[?(@.name==\"y\")].image} | six",
        "{.spec.pods[?(@.name!='y')].image} | five",
        "{.spec.pods[?(@.deep)].name} | y",
        "{.spec.pods[*]['name','image']} | x five y six",
        "{..image} | one five six seven",
        "{.spec.pods..image} | five six seven",
        "{.spec.pods.*.name} | x y",
        "{.spec.absent.deeper} | ''",
        "{.spec.image.deeper} | ''",
        "{.spec.image}{\" \"}{.spec.more[0]} | one two",
        "{.spec.image}:{.spec.more[0]} | one:two",
        ".spec.image | .spec.image",
      })
  void findsWhatKubectlWould(String template, String words) {
    Object document = Manifests.yaml().load(DOCUMENT);

    assertThat(String.join(" ", ImagePath.parse(template).words(document))).isEqualTo(words);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{.a",
        "{.a[}",
        "{.a[x]}",
        "{a}",
        "{.a[?(@.b=~'c')]}",
        "{range .a[*]}{.b}{end}",
        "{.a b}"
      })
  void refusesWhatItDoesNotUnderstand(String template) {
    assertThatIllegalArgumentException().isThrownBy(() -> ImagePath.parse(template));
  }

  @Test
  void doesNotGrowWithoutEnd() {
    Object document = Manifests.yaml().load("[[[[[[[[1,1,1,1,1,1,1,1]]]]]]]]");
    ImagePath path = ImagePath.parse("{" + ".".repeat(60) + "a}");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> path.words(document))
        .withMessageContaining("more than");
  }
}
