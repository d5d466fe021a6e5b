package landfall.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
  @ParameterizedTest
  @ValueSource(strings = {"a", "lab/app-a", "group/sub-1/sub_2/sub.3/x__y/image", "a--b"})
  void takesRepositoriesThatRegistriesTake(String path) {
    assertThat(new RepositoryName(path)).hasToString(path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "/a", "a/", "a//b", "../a", "a/../b", "A", "a b", "a\nb", "a___b", "a.", "-a", "a%2fb",
        "a:b", "a@b", "é"
      })
  void refusesWhatIsNoRepository(String path) {
    assertThatThrownBy(() -> new RepositoryName(path)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesARepositoryLongerThanRegistriesTake() {
    assertThatThrownBy(() -> new RepositoryName("a".repeat(256)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.36", "Mixed_Case-1.0", "_x", "v1"})
  void takesTags(String name) {
    assertThat(new Tag(name)).hasToString(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".a", "-a", "a b", "a\n", "$(x)", "<script>", "a/b", "é"})
  void refusesWhatIsNoTag(String name) {
    assertThatThrownBy(() -> new Tag(name)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesATagLongerThan128() {
    assertThat(new Tag("a".repeat(128)).name()).hasSize(128);
    assertThatThrownBy(() -> new Tag("a".repeat(129))).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sha256:", "sha256:XYZ", "sha512:00", "../../x", "SHA256:00"})
  void refusesWhatIsNoDigest(String text) {
    assertThatThrownBy(() -> Digest.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void namesTheTagOfASignature() {
    Digest digest = Digest.of(new byte[0]);

    assertThat(Tag.signatureOf(digest)).hasToString("sha256-" + digest.hex() + ".sig");
    assertThat(Digest.parse(digest.toString())).isEqualTo(digest);
  }

  @ParameterizedTest
  @CsvSource({
    "sha256-HEX, true",
    "sha256:HEX, true",
    "HEX, true",
    "HEX.blob, true",
    "sha256-HEX.bin, true",
    "HEX.tar, false",
    "HEX.TGZ, false",
    "HEX.tar.gz, false",
    "xHEX, false",
    "HEXa, false",
    "sha512-HEX, false",
    "HEX., false",
  })
  void knowsAFileThatIsNamedByItsDigest(String file, boolean named) {
    Digest digest = Digest.of(new byte[] {7});

    assertThat(Digest.named(file.replace("HEX", digest.hex())))
        .isEqualTo(named ? Optional.of(digest) : Optional.empty());
  }
}
