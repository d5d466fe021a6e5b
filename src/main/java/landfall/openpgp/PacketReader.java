package landfall.openpgp;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes a message apart into packets (RFC 4880, section 4.2) without believing any length it names.
 */
final class PacketReader {
  private static final int MOST_PACKETS = 16;
  private static final int OLD_INDETERMINATE = 3;

  private final byte[] bytes;
  private int next;

  private PacketReader(byte[] bytes) {
    this.bytes = bytes.clone();
  }

  static List<Packet> read(byte[] bytes) throws BadSignature {
    PacketReader reader = new PacketReader(bytes);
    List<Packet> packets = new ArrayList<>();
    while (reader.next < bytes.length) {
      if (packets.size() == MOST_PACKETS) {
        throw new BadSignature("has more than " + MOST_PACKETS + " packets");
      }
      packets.add(reader.packet());
    }
    return packets;
  }

  private Packet packet() throws BadSignature {
    int head = octet();
    if ((head & 0x80) == 0) {
      throw new BadSignature("is no OpenPGP message: no packet begins at byte " + (next - 1));
    }
    return (head & 0x40) == 0
        ? new Packet(head >> 2 & 0x0F, oldBody(head & 0x03))
        : new Packet(head & 0x3F, newBody());
  }

  private byte[] oldBody(int lengthKind) throws BadSignature {
    if (lengthKind == OLD_INDETERMINATE) {
      return take(bytes.length - next);
    }
    return take(number(1 << lengthKind));
  }

  private byte[] newBody() throws BadSignature {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      int first = octet();
      if (first < 192) {
        body.writeBytes(take(first));
        return body.toByteArray();
      }
      if (first < 224) {
        body.writeBytes(take(((first - 192) << 8) + octet() + 192));
        return body.toByteArray();
      }
      if (first == 255) {
        body.writeBytes(take(number(4)));
        return body.toByteArray();
      }
      body.writeBytes(take(1L << (first & 0x1F)));
    }
  }

  private long number(int octets) throws BadSignature {
    long number = 0;
    for (int octet = 0; octet < octets; octet++) {
      number = number << 8 | octet();
    }
    return number;
  }

  private int octet() throws BadSignature {
    return take(1)[0] & 0xFF;
  }

  private byte[] take(long length) throws BadSignature {
    if (length > bytes.length - next) {
      throw new BadSignature(
          "is cut short: a packet wants "
              + length
              + " bytes at byte "
              + next
              + " and "
              + (bytes.length - next)
              + " are left");
    }
    byte[] taken = new byte[(int) length];
    System.arraycopy(bytes, next, taken, 0, taken.length);
    next += taken.length;
    return taken;
  }
}
