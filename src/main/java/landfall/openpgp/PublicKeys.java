package landfall.openpgp;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.bcpg.sig.KeyFlags;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPPublicKeyRing;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPUtil;
import org.bouncycastle.openpgp.bc.BcPGPPublicKeyRingCollection;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentVerifierBuilderProvider;

/** The keys whose signatures count. Who names a key here trusts it. */
public final class PublicKeys {
  private static final String BEGIN = "-----BEGIN PGP PUBLIC KEY BLOCK-----";
  private static final int LONGEST = 4 << 20;

  private final List<PGPPublicKeyRing> rings;

  private PublicKeys(List<PGPPublicKeyRing> rings) {
    this.rings = List.copyOf(rings);
  }

  /**
   * Reads keys as {@code gpg --export} writes them, armored or not; several blocks may follow each
   * other.
   *
   * @throws IllegalArgumentException when these are no public keys
   */
  public static PublicKeys parse(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    List<PGPPublicKeyRing> rings = new ArrayList<>();
    int begin = text.indexOf(BEGIN);
    if (begin < 0) {
      rings.addAll(block(bytes));
    }
    while (begin >= 0) {
      int next = text.indexOf(BEGIN, begin + BEGIN.length());
      String block = text.substring(begin, next < 0 ? text.length() : next);
      rings.addAll(block(block.getBytes(StandardCharsets.ISO_8859_1)));
      begin = next;
    }
    return new PublicKeys(rings);
  }

  /**
   * Reads a file of keys.
   *
   * @throws IllegalArgumentException when it cannot be read or holds no public keys
   */
  public static PublicKeys read(Path file) {
    try {
      if (Files.size(file) > LONGEST) {
        throw new IllegalArgumentException(file + " has more than " + LONGEST + " bytes");
      }
      return parse(Files.readAllBytes(file));
    } catch (IOException unreadable) {
      throw new IllegalArgumentException(file + " cannot be read", unreadable);
    }
  }

  /** These and others. */
  public PublicKeys plus(PublicKeys others) {
    return new PublicKeys(Stream.concat(rings.stream(), others.rings.stream()).toList());
  }

  /** The primary keys, in the order they were read. */
  public List<KeyId> ids() {
    return rings.stream()
        .map(ring -> new KeyId(ring.getPublicKey().getKeyID()))
        .distinct()
        .toList();
  }

  List<PGPPublicKey> named(KeyId id) {
    return rings.stream()
        .flatMap(ring -> Stream.ofNullable(ring.getPublicKey(id.value())))
        .toList();
  }

  /** Whether a key is for signing, belongs to its owner and was not revoked. */
  boolean maySign(PGPPublicKey key) {
    PGPPublicKeyRing ring =
        rings.stream()
            .filter(one -> one.getPublicKey(key.getKeyID()) == key)
            .findFirst()
            .orElseThrow();
    PGPPublicKey primary = ring.getPublicKey();
    if (primary.hasRevocation() || key.hasRevocation()) {
      return false;
    }
    return isForSigning(key) && (key.isMasterKey() || isBound(key, primary));
  }

  /** A key that does not say what it is for may do everything. */
  private static boolean isForSigning(PGPPublicKey key) {
    boolean limited = false;
    for (Iterator<PGPSignature> all = key.getSignatures(); all.hasNext(); ) {
      PGPSignature signature = all.next();
      if (signature.getHashedSubPackets() != null) {
        int flags = signature.getHashedSubPackets().getKeyFlags();
        if ((flags & KeyFlags.SIGN_DATA) != 0) {
          return true;
        }
        limited |= flags != 0;
      }
    }
    return !limited;
  }

  private static boolean isBound(PGPPublicKey subkey, PGPPublicKey primary) {
    try {
      for (Iterator<PGPSignature> all = subkey.getSignaturesOfType(PGPSignature.SUBKEY_BINDING);
          all.hasNext(); ) {
        PGPSignature binding = all.next();
        binding.init(new BcPGPContentVerifierBuilderProvider(), primary);
        if (binding.verifyCertification(primary, subkey)) {
          return true;
        }
      }
      return false;
    } catch (PGPException malformed) {
      return false;
    }
  }

  private static List<PGPPublicKeyRing> block(byte[] bytes) {
    List<PGPPublicKeyRing> rings = new ArrayList<>();
    try {
      new BcPGPPublicKeyRingCollection(PGPUtil.getDecoderStream(new ByteArrayInputStream(bytes)))
          .getKeyRings()
          .forEachRemaining(rings::add);
    } catch (IOException | PGPException | RuntimeException malformed) {
      // Bouncy Castle throws whatever comes up on bytes that are no keys.
      throw new IllegalArgumentException("these are no OpenPGP public keys", malformed);
    }
    if (rings.isEmpty()) {
      throw new IllegalArgumentException("there is no OpenPGP public key");
    }
    return rings;
  }
}
