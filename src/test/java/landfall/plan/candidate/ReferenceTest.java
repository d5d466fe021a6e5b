package landfall.plan.candidate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ReferenceTest {
  private static final String HEX = "0123456789abcdef".repeat(4);

  @ParameterizedTest
  @CsvSource({
    "busybox:1, '', busybox, 1, busybox",
    "library/nginx:1, library, nginx, 1, library/nginx",
    "quay.io/lab/app:v1, quay.io, lab/app, v1, quay.io/lab/app",
    "host:5000/a/b:v1, host:5000, a/b, v1, host:5000/a/b",
    "docker://quay.io/lab/app:v1, quay.io, lab/app, v1, quay.io/lab/app",
    "quay.io/lab/zeros:Mixed_Case-1.0, quay.io, lab/zeros, Mixed_Case-1.0, quay.io/lab/zeros"
  })
  void takesTheFirstComponentForTheDomain(
      String text, String domain, String path, String tag, String name) {
    Reference reference = Reference.parse(text);

    assertThat(reference.domain()).isEqualTo(domain);
    assertThat(reference.path()).isEqualTo(path);
    assertThat(reference.tag()).contains(tag);
    assertThat(reference.name()).isEqualTo(name);
    assertThat(reference.digestOnly()).isFalse();
    assertThat(reference.tagAndDigest()).isFalse();
  }

  @Test
  void knowsAnImageByDigestOnly() {
    Reference reference = Reference.parse("quay.io/lab/app@sha256:" + HEX);

    assertThat(reference.digestOnly()).isTrue();
    assertThat(reference.tagAndDigest()).isFalse();
    assertThat(reference.digest()).contains("sha256:" + HEX);
    assertThat(reference.component()).isEqualTo("app");
  }

  @Test
  void knowsAnImageByTagAndDigest() {
    Reference reference = Reference.parse("quay.io/lab/app:v1@sha256:" + HEX);

    assertThat(reference.digestOnly()).isFalse();
    assertThat(reference.tagAndDigest()).isTrue();
    assertThat(reference.tag()).contains("v1");
  }

  @Test
  void takesAPortForATagAsOcMirrorDoes() {
    Reference reference = Reference.parse("host:5000/a/b@sha256:" + HEX);

    assertThat(reference.digestOnly()).isTrue();
    assertThat(reference.tagAndDigest()).isTrue();
  }

  @Test
  void leavesTheNameOfAFolderAlone() {
    Reference reference = Reference.parse("oci:///a/b/img:x");

    assertThat(reference.docker()).isFalse();
    assertThat(reference.path()).isEqualTo("/a/b/img:x");
    assertThat(reference.tag()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "quay.io/lab/app",
        "quay.io/lab/app:",
        "/lab/app:v1",
        ":v1",
        "docker://quay.io://lab/app:v1",
        "quay.io/lab/app@sha256:abc",
        "quay.io/lab/app@md5:0123456789abcdef0123456789abcdef",
        "quay.io/lab/app@sha256:0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF"
      })
  void refusesWhatOcMirrorRefuses(String text) {
    assertThatThrownBy(() -> Reference.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + text + "'");
  }
}
