package landfall.openpgp;

import java.io.ByteArrayOutputStream;

/** One packet of a message, its length known and its body whole. */
final class Packet {
  static final int SIGNATURE = 2;
  static final int ONE_PASS = 4;
  static final int COMPRESSED = 8;
  static final int MARKER = 10;
  static final int LITERAL = 11;

  private final int tag;
  private final byte[] body;

  Packet(int tag, byte[] body) {
    this.tag = tag;
    this.body = body.clone();
  }

  int tag() {
    return tag;
  }

  int length() {
    return body.length;
  }

  /** A byte of the body, as a number from 0 to 255. */
  int at(int index) throws BadSignature {
    if (index >= body.length) {
      throw new BadSignature("has a packet of kind " + tag + " that is cut short");
    }
    return body[index] & 0xFF;
  }

  byte[] from(int index) throws BadSignature {
    if (index > body.length) {
      throw new BadSignature("has a packet of kind " + tag + " that is cut short");
    }
    byte[] rest = new byte[body.length - index];
    System.arraycopy(body, index, rest, 0, rest.length);
    return rest;
  }

  /** The packet with a header of the new format. */
  byte[] framed() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(0xC0 | tag);
    bytes.write(0xFF);
    for (int shift = 24; shift >= 0; shift -= 8) {
      bytes.write(body.length >>> shift);
    }
    bytes.writeBytes(body);
    return bytes.toByteArray();
  }
}
