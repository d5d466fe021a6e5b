package landfall.plan.candidate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BlockedImagesTest {
  @ParameterizedTest
  @CsvSource({
    "quay.io/lab/app:v1, lab, true",
    "quay.io/lab/app:v1, ^lab, false",
    "docker://quay.io/lab/app:v1, ^quay, true",
    "quay.io/lab/app:v1, [[:alpha:]]/app, true",
    "quay.io/lab/app:v1, (?P<a_b>app), true",
    "quay.io/lab/app:v1, (?<n>app), true",
    "quay.io/lab/app:v1, \\Qy.i\\E, true",
    "quay.io/lab/app:v1, v1\\z, true",
    "quay.io/lab/app:v1, \\pN, true",
    "quay.io/lab/app:v1, (?U)a+, true",
    "quay.io/lab/app:v1, '[a&&b]', true",
    "quay.io/lab/app:v1, 'a{,2}', false",
    "quay.io/lab/app:v1, 'a]', false",
    "quay.io/lab/app:v1, '[]a]', true",
    "quay.io/lab/app:v1, [:word:]/, true"
  })
  void findsPatternsAsGoDoes(String reference, String pattern, boolean blocked) {
    BlockedImages images = BlockedImages.of("isc", List.of(pattern));

    assertThat(images.block(reference)).isEqualTo(blocked);
  }
}
