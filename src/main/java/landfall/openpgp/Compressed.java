package landfall.openpgp;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** The content of a compressed packet (RFC 4880, section 5.6), as far as it is no bomb. */
final class Compressed {
  private static final int MOST = 1 << 20;
  private static final int PIECE = 1 << 13;

  private Compressed() {}

  static byte[] content(Packet packet) throws BadSignature {
    int algorithm = packet.at(0);
    byte[] content = packet.from(1);
    return switch (algorithm) {
      case 0 -> content;
      case 1 -> inflate(content, true);
      case 2 -> inflate(content, false);
      default ->
          throw new BadSignature(
              "is compressed in way " + algorithm + ", expected 1 (ZIP) or 2 (ZLIB)");
    };
  }

  private static byte[] inflate(byte[] content, boolean raw) throws BadSignature {
    Inflater inflater = new Inflater(raw);
    try {
      // Raw deflate may ask for one byte behind its end.
      inflater.setInput(Arrays.copyOf(content, content.length + 1));
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      byte[] piece = new byte[PIECE];
      while (!inflater.finished()) {
        int inflated = inflater.inflate(piece);
        if (inflated == 0 && !inflater.finished()) {
          throw new BadSignature("has compressed data that is cut short");
        }
        out.write(piece, 0, inflated);
        if (out.size() > MOST) {
          throw new BadSignature("unpacks to more than " + MOST + " bytes");
        }
      }
      return out.toByteArray();
    } catch (DataFormatException damaged) {
      throw new BadSignature("has damaged compressed data", damaged);
    } finally {
      inflater.end();
    }
  }
}
