package landfall.arrive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Optional;
import landfall.arrive.ChecksumFile.Algorithm;
import landfall.arrive.ChecksumFile.Line;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChecksumFileTest {
  private static final String HEX =
      "43a2dba987f1427e33f6c04ea2aad22d4505edc17da6d979bdd8eef2e0c9bfae";

  @ParameterizedTest
  @ValueSource(
      strings = {
        HEX + "  a.tar.gz",
        HEX + " *a.tar.gz",
        HEX + "  /media/usb/a.tar.gz",
        HEX + "  ./a.tar.gz\r\n",
        HEX + "  E:\\carry\\a.tar.gz",
        "\uFEFF" + HEX + "  a.tar.gz\n",
        "SHA256 (a.tar.gz) = " + HEX,
        "SHA256 (/tmp/x/a.tar.gz) = " + HEX + "\n",
        "\n# a comment\n" + HEX + "\ta.tar.gz\n\n"
      })
  void readsWhatGnuAndBsdWrite(String text) {
    assertThat(ChecksumFile.parse(text).naming("a.tar.gz"))
        .singleElement()
        .satisfies(line -> assertThat(line.hex()).isEqualTo(HEX));
  }

  @Test
  void readsUpperCaseAndABareHash() {
    assertThat(ChecksumFile.parse(HEX.toUpperCase(Locale.ROOT)).lines())
        .containsExactly(new Line(Optional.empty(), Optional.empty(), HEX));
  }

  @Test
  void unescapesNamesThatGnuEscaped() {
    assertThat(ChecksumFile.parse("\\" + HEX + "  a\\nb\\\\c.tar").lines())
        .containsExactly(new Line(Optional.of("a\nb\\c.tar"), Optional.empty(), HEX));
  }

  @Test
  void findsTheLineOfAFileAmongSeveral() {
    String other = "0".repeat(64);
    String text = other + "  b.tar\n" + HEX + "  a.tar\n" + other + "  c.tar\n";

    assertThat(ChecksumFile.parse(text).naming("a.tar"))
        .containsExactly(new Line(Optional.of("a.tar"), Optional.empty(), HEX));
  }

  @Test
  void passesOverWhatIsNoChecksum() {
    assertThat(
            ChecksumFile.parse("-----BEGIN PGP SIGNED MESSAGE-----\nhello world\n\u0000").lines())
        .isEmpty();
  }

  @Test
  void tellsHashFunctionsByTheirLength() {
    assertThat(new Line(Optional.empty(), Optional.empty(), HEX).algorithm())
        .isEqualTo(Algorithm.SHA256);
    assertThat(new Line(Optional.empty(), Optional.empty(), HEX + HEX).algorithm())
        .isEqualTo(Algorithm.SHA512);
    assertThat(new Line(Optional.empty(), Optional.empty(), HEX.substring(0, 40)).algorithm())
        .isEqualTo(Algorithm.UNSUPPORTED);
  }
}
