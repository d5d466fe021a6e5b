package landfall.openpgp;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.bouncycastle.bcpg.BCPGInputStream;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentVerifierBuilderProvider;

/**
 * A message with one signature around its content, in the one shape that {@code gpg --sign} writes:
 * perhaps compressed, then who signs, what, and the signature.
 */
public final class SignedMessage {
  /** Most bytes a message may have. */
  public static final int LONGEST = 256 * 1024;

  private static final List<Integer> SHAPE =
      List.of(Packet.ONE_PASS, Packet.LITERAL, Packet.SIGNATURE);
  private static final Set<Integer> HASHES =
      Set.of(
          HashAlgorithmTags.SHA256,
          HashAlgorithmTags.SHA384,
          HashAlgorithmTags.SHA512,
          HashAlgorithmTags.SHA224);
  private static final int LONGEST_SIGNATURE = 16 * 1024;
  private static final int ONE_PASS_LENGTH = 13;

  private final KeyId signer;
  private final byte[] content;
  private final Packet signature;

  private SignedMessage(KeyId signer, byte[] content, Packet signature) {
    this.signer = signer;
    this.content = content;
    this.signature = signature;
  }

  /**
   * Takes a message apart; whether its signature is good, nobody knows yet.
   *
   * @throws BadSignature when it has another shape
   */
  public static SignedMessage parse(byte[] message) throws BadSignature {
    if (message.length > LONGEST) {
      throw new BadSignature("has more than " + LONGEST + " bytes");
    }
    List<Packet> packets = withoutMarkers(PacketReader.read(message));
    if (packets.size() == 1 && packets.get(0).tag() == Packet.COMPRESSED) {
      packets = withoutMarkers(PacketReader.read(Compressed.content(packets.get(0))));
    }
    List<Integer> shape = packets.stream().map(Packet::tag).toList();
    if (!shape.equals(SHAPE)) {
      throw new BadSignature(
          "has packets of kinds " + shape + ", a signed message has " + SHAPE + " and no others");
    }
    return new SignedMessage(
        signer(packets.get(0)), content(packets.get(1)), signature(packets.get(2)));
  }

  /**
   * What was signed.
   *
   * @throws BadSignature when none of the keys made the signature, or it is not of this content
   */
  public byte[] verified(PublicKeys keys) throws BadSignature {
    List<PGPPublicKey> named = keys.named(signer);
    if (named.isEmpty()) {
      throw new BadSignature("is signed with key " + signer + ", which is not known here", signer);
    }
    for (PGPPublicKey key : named) {
      if (keys.maySign(key) && good(key)) {
        return content.clone();
      }
    }
    throw new BadSignature("is not what key " + signer + " signed, or that key may sign no more");
  }

  private boolean good(PGPPublicKey key) throws BadSignature {
    try {
      PGPSignature read =
          new PGPSignature(new BCPGInputStream(new ByteArrayInputStream(signature.framed())));
      if (!HASHES.contains(read.getHashAlgorithm())) {
        throw new BadSignature(
            "is signed over a hash of kind " + read.getHashAlgorithm() + ", expected SHA-2");
      }
      int type = read.getSignatureType();
      if (type != PGPSignature.BINARY_DOCUMENT && type != PGPSignature.CANONICAL_TEXT_DOCUMENT) {
        throw new BadSignature("has a signature of type " + type + ", expected one of a document");
      }
      read.init(new BcPGPContentVerifierBuilderProvider(), key);
      read.update(content);
      return read.verify();
    } catch (IOException | PGPException malformed) {
      throw new BadSignature("has a signature that is none: " + malformed.getMessage(), malformed);
    } catch (RuntimeException malformed) { // Bouncy Castle has no checked word for odd numbers
      throw new BadSignature("has a signature that is none: " + malformed, malformed);
    }
  }

  private static List<Packet> withoutMarkers(List<Packet> packets) {
    return packets.stream().filter(packet -> packet.tag() != Packet.MARKER).toList();
  }

  private static KeyId signer(Packet onePass) throws BadSignature {
    boolean last = onePass.length() == ONE_PASS_LENGTH && onePass.at(12) != 0;
    if (onePass.at(0) != 3 || !last) {
      throw new BadSignature("is signed in a way other than once, in version 3 or 4");
    }
    long id = 0;
    for (int index = 4; index < 12; index++) {
      id = id << 8 | onePass.at(index);
    }
    return new KeyId(id);
  }

  private static byte[] content(Packet literal) throws BadSignature {
    int nameLength = literal.at(1);
    return literal.from(2 + nameLength + 4);
  }

  /** Later versions hold lengths that a reader would have to believe. */
  private static Packet signature(Packet packet) throws BadSignature {
    if (packet.at(0) != 3 && packet.at(0) != 4) {
      throw new BadSignature(
          "has a signature of version " + packet.at(0) + ", expected version 3 or 4");
    }
    if (packet.length() > LONGEST_SIGNATURE) {
      throw new BadSignature("has a signature of more than " + LONGEST_SIGNATURE + " bytes");
    }
    return packet;
  }
}
