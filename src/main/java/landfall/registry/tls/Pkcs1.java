package landfall.registry.tls;

import java.io.ByteArrayOutputStream;

/** Puts an old RSA key (PKCS#1) into the envelope Java reads (PKCS#8, RFC 5208). */
final class Pkcs1 {
  private static final byte SEQUENCE = 0x30;
  private static final byte OCTETS = 0x04;

  /** Version 0, then the algorithm rsaEncryption (1.2.840.113549.1.1.1) without parameters. */
  private static final byte[] HEAD = {
    0x02,
    0x01,
    0x00,
    0x30,
    0x0d,
    0x06,
    0x09,
    0x2a,
    (byte) 0x86,
    0x48,
    (byte) 0x86,
    (byte) 0xf7,
    0x0d,
    0x01,
    0x01,
    0x01,
    0x05,
    0x00
  };

  private Pkcs1() {}

  static byte[] wrap(byte[] pkcs1) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(HEAD);
    body.writeBytes(tagged(OCTETS, pkcs1));
    return tagged(SEQUENCE, body.toByteArray());
  }

  private static byte[] tagged(byte tag, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    if (content.length >= 0x100) {
      out.write(0x82);
      out.write(content.length >> 8);
    } else if (content.length >= 0x80) {
      out.write(0x81);
    }
    out.write(content.length);
    out.writeBytes(content);
    return out.toByteArray();
  }
}
