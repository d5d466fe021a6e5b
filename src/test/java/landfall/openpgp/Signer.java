package landfall.openpgp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.bcpg.CompressionAlgorithmTags;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyPacket;
import org.bouncycastle.bcpg.sig.KeyFlags;
import org.bouncycastle.crypto.generators.RSAKeyPairGenerator;
import org.bouncycastle.crypto.params.RSAKeyGenerationParameters;
import org.bouncycastle.openpgp.PGPCompressedDataGenerator;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPKeyPair;
import org.bouncycastle.openpgp.PGPKeyRingGenerator;
import org.bouncycastle.openpgp.PGPLiteralData;
import org.bouncycastle.openpgp.PGPLiteralDataGenerator;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPPublicKeyRing;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureGenerator;
import org.bouncycastle.openpgp.PGPSignatureSubpacketGenerator;
import org.bouncycastle.openpgp.PGPSignatureSubpacketVector;
import org.bouncycastle.openpgp.operator.PGPContentSignerBuilder;
import org.bouncycastle.openpgp.operator.bc.BcKeyFingerprintCalculator;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentSignerBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPDigestCalculatorProvider;
import org.bouncycastle.openpgp.operator.bc.BcPGPKeyPair;

/** Somebody with a key of their own who signs what a test asks for. */
public final class Signer {
  private static final Date CREATED = Date.from(Instant.parse("2026-11-22T17:20:00Z"));
  private static final String OWNER = "Test <test@example.com>";

  private final PGPKeyPair primary;
  private final PGPKeyPair signing;

  private Signer(PGPKeyPair primary, PGPKeyPair signing) {
    this.primary = primary;
    this.signing = signing;
  }

  public static Signer create() {
    PGPKeyPair pair = pair();
    return new Signer(pair, pair);
  }

  /** One who signs with a second key that the first one vouches for. */
  static Signer withSubkey() {
    try {
      return new Signer(pair(), pair().asSubkey(new BcKeyFingerprintCalculator()));
    } catch (PGPException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  public KeyId id() {
    return new KeyId(signing.getKeyID());
  }

  /** The public keys as {@code gpg --export} gives them. */
  public byte[] publicKeys() {
    return written(ring()::encode);
  }

  /** The same after the key was given up. */
  byte[] revoked() {
    return written(
        out -> {
          PGPPublicKey key = primary.getPublicKey();
          PGPSignature revocation =
              generator(primary, PGPSignature.KEY_REVOCATION, HashAlgorithmTags.SHA256)
                  .generateCertification(key);
          PGPPublicKeyRing ring = ring();
          PGPPublicKeyRing.insertPublicKey(
                  ring, PGPPublicKey.addCertification(ring.getPublicKey(), revocation))
              .encode(out);
        });
  }

  /** A message as {@code gpg --sign} writes it. */
  public byte[] sign(byte[] content) {
    return compressed(signed(content, HashAlgorithmTags.SHA256));
  }

  /** A message whose signature is of other content. */
  public byte[] forged(byte[] content) {
    byte[] packets = signed(content, HashAlgorithmTags.SHA256);
    packets[packets.length - 1] ^= 1;
    return compressed(packets);
  }

  static byte[] compressed(byte[] packets) {
    return written(
        out -> {
          PGPCompressedDataGenerator zip =
              new PGPCompressedDataGenerator(CompressionAlgorithmTags.ZIP);
          zip.open(out).write(packets);
          zip.close();
        });
  }

  byte[] signed(byte[] content, int hash) {
    return written(
        out -> {
          PGPSignatureGenerator generator = generator(signing, PGPSignature.BINARY_DOCUMENT, hash);
          generator.generateOnePassVersion(false).encode(out);
          OutputStream literal =
              new PGPLiteralDataGenerator()
                  .open(out, PGPLiteralData.BINARY, "", content.length, CREATED);
          literal.write(content);
          generator.update(content);
          generator.generate().encode(out);
        });
  }

  private PGPPublicKeyRing ring() {
    try {
      PGPKeyRingGenerator generator =
          new PGPKeyRingGenerator(
              PGPSignature.POSITIVE_CERTIFICATION,
              primary,
              OWNER,
              new BcPGPDigestCalculatorProvider().get(HashAlgorithmTags.SHA1),
              forSigning(),
              null,
              builder(),
              null);
      if (signing != primary) {
        generator.addSubKey(signing, forSigning(), null, builder());
      }
      return generator.generatePublicKeyRing();
    } catch (PGPException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static PGPSignatureSubpacketVector forSigning() {
    PGPSignatureSubpacketGenerator flags = new PGPSignatureSubpacketGenerator();
    flags.setKeyFlags(false, KeyFlags.SIGN_DATA | KeyFlags.CERTIFY_OTHER);
    return flags.generate();
  }

  private static PGPContentSignerBuilder builder() {
    return new BcPGPContentSignerBuilder(
        PublicKeyAlgorithmTags.RSA_GENERAL, HashAlgorithmTags.SHA256);
  }

  private static PGPSignatureGenerator generator(PGPKeyPair pair, int type, int hash)
      throws PGPException {
    PGPSignatureGenerator generator =
        new PGPSignatureGenerator(
            new BcPGPContentSignerBuilder(PublicKeyAlgorithmTags.RSA_GENERAL, hash),
            pair.getPublicKey());
    generator.init(type, pair.getPrivateKey());
    return generator;
  }

  private static PGPKeyPair pair() {
    RSAKeyPairGenerator generator = new RSAKeyPairGenerator();
    generator.init(
        new RSAKeyGenerationParameters(BigInteger.valueOf(65537), new SecureRandom(), 1024, 80));
    try {
      return new BcPGPKeyPair(
          PublicKeyPacket.VERSION_4,
          PublicKeyAlgorithmTags.RSA_GENERAL,
          generator.generateKeyPair(),
          CREATED);
    } catch (PGPException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static byte[] written(Writing writing) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      writing.to(bytes);
      return bytes.toByteArray();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    } catch (PGPException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Writes packets. */
  private interface Writing {
    void to(OutputStream out) throws IOException, PGPException;
  }
}
