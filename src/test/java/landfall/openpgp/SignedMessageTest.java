package landfall.openpgp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SignedMessageTest {
  private static final Signer SIGNER = Signer.create();
  private static final PublicKeys KEYS = PublicKeys.parse(SIGNER.publicKeys());
  private static final byte[] CONTENT = "{\"critical\":{}}".getBytes(StandardCharsets.UTF_8);

  @Test
  void acceptsWhatRedHatSigned() throws Exception {
    byte[] message = resource("/signatures/ocp-release-4.16.0-x86_64.signature");
    PublicKeys redHat = PublicKeys.parse(resource("/keys/redhat-release.asc"));

    String content =
        new String(SignedMessage.parse(message).verified(redHat), StandardCharsets.UTF_8);

    assertThat(content)
        .contains("sha256:3717338045df06e31effea46761b2c7e90f543cc4f00547af8158dd6aea868c3")
        .contains("quay.io/openshift-release-dev/ocp-release:4.16.0-x86_64");
    assertThat(redHat.ids())
        .extracting(KeyId::toString)
        .containsExactly("199E2F91FD431D51", "938A80CAF21541EB");
  }

  @Test
  void namesTheKeyThatIsNotKnown() throws Exception {
    byte[] message = resource("/signatures/ocp-release-4.16.0-x86_64.signature");

    assertThatExceptionOfType(BadSignature.class)
        .isThrownBy(() -> SignedMessage.parse(message).verified(KEYS))
        .withMessage("is signed with key 199E2F91FD431D51, which is not known here")
        .satisfies(bad -> assertThat(bad.wanted()).contains(new KeyId(0x199E2F91FD431D51L)));
  }

  @Test
  void acceptsWhatAKnownKeyOrASubkeyOfItSigned() throws Exception {
    Signer withSubkey = Signer.withSubkey();

    assertThat(SignedMessage.parse(SIGNER.sign(CONTENT)).verified(KEYS)).isEqualTo(CONTENT);
    assertThat(SignedMessage.parse(SIGNER.signed(CONTENT, HashAlgorithmTags.SHA512)).verified(KEYS))
        .isEqualTo(CONTENT);
    assertThat(
            SignedMessage.parse(withSubkey.sign(CONTENT))
                .verified(KEYS.plus(PublicKeys.parse(withSubkey.publicKeys()))))
        .isEqualTo(CONTENT);
  }

  @Test
  void refusesAKeyThatWasRevokedOrASubkeyNobodyVouchesFor() {
    Signer withSubkey = Signer.withSubkey();
    byte[] unbound = withSubkey.publicKeys();
    unbound[unbound.length - 1] ^= 1;

    assertThatExceptionOfType(BadSignature.class)
        .isThrownBy(
            () ->
                SignedMessage.parse(SIGNER.sign(CONTENT))
                    .verified(PublicKeys.parse(SIGNER.revoked())))
        .withMessageContaining("may sign no more");
    assertThatExceptionOfType(BadSignature.class)
        .isThrownBy(
            () ->
                SignedMessage.parse(withSubkey.sign(CONTENT)).verified(PublicKeys.parse(unbound)));
  }

  @Test
  void refusesAHashThatCanBeForged() {
    assertThatExceptionOfType(BadSignature.class)
        .isThrownBy(
            () ->
                SignedMessage.parse(SIGNER.signed(CONTENT, HashAlgorithmTags.SHA1)).verified(KEYS))
        .withMessageContaining("expected SHA-2");
  }

  @Test
  void neverTakesChangedContentForSigned() throws Exception {
    byte[] message = SIGNER.signed(CONTENT, HashAlgorithmTags.SHA256);
    for (int index = 0; index < message.length; index++) {
      byte[] tampered = message.clone();
      tampered[index] ^= 0x10;
      try {
        assertThat(SignedMessage.parse(tampered).verified(KEYS)).isEqualTo(CONTENT);
      } catch (BadSignature expected) {
        assertThat(expected.why()).isNotBlank();
      }
    }
  }

  @Test
  void saysOfEveryMessageThatIsCutShortThatItIsBad() {
    byte[] message = SIGNER.signed(CONTENT, HashAlgorithmTags.SHA256);
    for (int length = 0; length < message.length; length++) {
      byte[] cut = Arrays.copyOf(message, length);
      assertThat(catchThrowable(() -> SignedMessage.parse(cut).verified(KEYS)))
          .isInstanceOf(BadSignature.class);
    }
  }

  @Test
  void saysOfRandomBytesThatTheyAreBad() {
    Random random = new Random(4);
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = new byte[random.nextInt(60)];
      random.nextBytes(bytes);
      assertThat(catchThrowable(() -> SignedMessage.parse(bytes).verified(KEYS)))
          .isInstanceOf(BadSignature.class);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | has packets of kinds []",
        "00 | is no OpenPGP message: no packet begins at byte 0",
        "C8FF7FFFFFFF01 | is cut short: a packet wants 2147483647 bytes",
        "C8FFFFFFFFFF01 | is cut short: a packet wants 4294967295 bytes",
        "A2FFFFFFFF | is cut short: a packet wants 4294967295 bytes",
        "CBFE | is cut short: a packet wants 1073741824 bytes",
        "C801 | is cut short",
        "C800 | has a packet of kind 8 that is cut short",
        "C80103 | is compressed in way 3",
        "C80163 | is compressed in way 99",
        "C80201FF | damaged compressed data",
        "C80101 | compressed data that is cut short",
        "C103000000 | has packets of kinds [1]",
        "CA035047504A00 | is no OpenPGP message",
        "C400CB00C200 | has a packet of kind 4 that is cut short",
      })
  void saysWhatIsWrongWithStrangePackets(String hex, String why) {
    assertThatExceptionOfType(BadSignature.class)
        .isThrownBy(() -> SignedMessage.parse(HexFormat.of().parseHex(hex)))
        .withMessageContaining(why);
  }

  @Test
  void unpacksNoBombAndNothingTwice() {
    byte[] bomb = zip(new byte[100 << 20]);
    byte[] twice = Signer.compressed(SIGNER.sign(CONTENT));
    ByteArrayOutputStream many = new ByteArrayOutputStream();
    for (int packet = 0; packet < 100; packet++) {
      many.writeBytes(new byte[] {(byte) 0xCA, 3, 'P', 'G', 'P'});
    }

    assertBad(bomb, "unpacks to more than");
    assertBad(twice, "has packets of kinds [8]");
    assertBad(many.toByteArray(), "has more than 16 packets");
    assertBad(new byte[SignedMessage.LONGEST + 1], "has more than");
  }

  @ParameterizedTest
  @CsvSource({
    // version 4, then counts of hashed and unhashed subpackets and lengths within them that lie
    "0400010800067FFFFFFFFF02",
    "040001080006FFFFFFFFFF020000",
    "0400010800050000000000FFFF",
    "0400010800000000B468FFFF01",
    "0300FF",
    "0305000000000000000000000000000001080000FFFF01",
    "04000163000000000000000100",
    "0400FF08000000000000000100"
  })
  void believesNoLengthInsideASignature(String hex) throws Exception {
    byte[] signature = HexFormat.of().parseHex(hex);
    byte[] good = SIGNER.signed(CONTENT, HashAlgorithmTags.SHA256);
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    message.writeBytes(PacketReader.read(good).get(0).framed());
    message.writeBytes(PacketReader.read(good).get(1).framed());
    message.writeBytes(new Packet(Packet.SIGNATURE, signature).framed());

    assertThatExceptionOfType(BadSignature.class)
        .isThrownBy(() -> SignedMessage.parse(message.toByteArray()).verified(KEYS));
  }

  @Test
  void readsSeveralBlocksOfKeysAndNothingElse() throws Exception {
    String armored = new String(resource("/keys/redhat-release.asc"), StandardCharsets.US_ASCII);

    assertThat(
            PublicKeys.parse((armored + "\n" + armored).getBytes(StandardCharsets.US_ASCII)).ids())
        .hasSize(2);
    for (String none :
        new String[] {"", "no key", "-----BEGIN PGP PUBLIC KEY BLOCK-----", "\u0099\u0001"}) {
      assertThatExceptionOfType(IllegalArgumentException.class)
          .isThrownBy(() -> PublicKeys.parse(none.getBytes(StandardCharsets.ISO_8859_1)));
    }
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> PublicKeys.parse(SIGNER.sign(CONTENT)));
  }

  private static void assertBad(byte[] message, String why) {
    assertThatExceptionOfType(BadSignature.class)
        .isThrownBy(() -> SignedMessage.parse(message))
        .withMessageContaining(why);
  }

  private static byte[] zip(byte[] content) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.write(1);
    try (DeflaterOutputStream out =
        new DeflaterOutputStream(body, new Deflater(Deflater.BEST_COMPRESSION, true))) {
      out.write(content);
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
    return new Packet(Packet.COMPRESSED, body.toByteArray()).framed();
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(SignedMessageTest.class.getResourceAsStream(name), name)) {
      return in.readAllBytes();
    }
  }
}
