package landfall.registry.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.util.Arrays;
import java.util.Base64;
import landfall.failure.Parked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PemTest {
  /** Where PKCS#1 begins inside the PKCS#8 of a 2048-bit RSA key. */
  private static final int ENVELOPE = 26;

  private final Path folder;

  PemTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private Path pem(String label, byte[] der) throws IOException {
    String text = Base64.getMimeEncoder().encodeToString(der);
    return Files.writeString(
        folder.resolve("it.pem"),
        "-----BEGIN " + label + "-----\n" + text + "\n-----END " + label + "-----\n");
  }

  private static PrivateKey key(String algorithm) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
    if (algorithm.equals("RSA")) {
      generator.initialize(2048);
    }
    return generator.generateKeyPair().getPrivate();
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC", "Ed25519"})
  void readsAModernKey(String algorithm) throws IOException, GeneralSecurityException {
    PrivateKey key = key(algorithm);

    assertThat(Pem.read(pem("PRIVATE KEY", key.getEncoded())).key()).isEqualTo(key);
  }

  @Test
  void readsAnOldRsaKey() throws IOException, GeneralSecurityException {
    PrivateKey key = key("RSA");
    byte[] pkcs8 = key.getEncoded();
    byte[] pkcs1 = Arrays.copyOfRange(pkcs8, ENVELOPE, pkcs8.length);

    assertThat(Pem.read(pem("RSA PRIVATE KEY", pkcs1)).key()).isEqualTo(key);
  }

  @ParameterizedTest
  @CsvSource({
    "ENCRYPTED PRIVATE KEY, without a password",
    "EC PRIVATE KEY, openssl pkcs8 -topk8",
    "PRIVATE KEY, neither RSA",
    "CERTIFICATE, no private key"
  })
  void saysWhatIsWrongWithAKey(String label, String sentence) throws IOException {
    Path file = pem(label, new byte[] {1, 2, 3});

    assertThatThrownBy(() -> Pem.read(file).key())
        .isInstanceOf(Parked.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(sentence);
  }

  @Test
  void saysWhatIsWrongWithACertificate() throws IOException {
    Path file = pem("CERTIFICATE", new byte[] {1, 2, 3});

    assertThatThrownBy(() -> Pem.read(file).certificates())
        .isInstanceOf(Parked.class)
        .hasMessageContaining("cannot be understood");
  }
}
