package landfall.archive;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.function.Consumer;
import landfall.image.Digest;

/** Writes tars byte by byte, so that tests can write what no tar program would. */
public final class TarBuilder {
  public static final int BLOCK = 512;

  private static final String REGISTRY = "docker/registry/v2/";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** A small archive as oc-mirror writes it: one image with a tag, a version, a configuration. */
  public static TarBuilder archive() {
    byte[] manifest = "{\"schemaVersion\":2}".getBytes(UTF_8);
    Digest digest = Digest.of(manifest);
    return new TarBuilder()
        .link("repositories/lab/app/_layers/sha256/" + digest.hex() + "/link", digest)
        .link("repositories/lab/app/_manifests/revisions/sha256/" + digest.hex() + "/link", digest)
        .link("repositories/lab/app/_manifests/tags/v1/current/link", digest)
        .link(
            "repositories/lab/app/_manifests/tags/v1/index/sha256/" + digest.hex() + "/link",
            digest)
        .blob(manifest)
        .file("working-dir/internal/oc-mirror-version.json", "{\"gitVersion\":\"v5.1.0\"}")
        .file("working-dir/isc_pinned_2026-11-22T17:45:22Z.yaml", "pinned: true\n")
        .file("isc_2026-11-22T17:45:22Z", "kind: ImageSetConfiguration\n");
  }

  /** The digest of the one image of {@link #archive()}. */
  public static Digest manifest() {
    return Digest.of("{\"schemaVersion\":2}".getBytes(UTF_8));
  }

  public TarBuilder link(String path, Digest target) {
    return file(REGISTRY + path, target.toString());
  }

  public TarBuilder blob(byte[] content) {
    return blob(Digest.of(content), content);
  }

  /** A blob under a digest that may not be its own. */
  public TarBuilder blob(Digest digest, byte[] content) {
    String hex = digest.hex();
    return file(REGISTRY + "blobs/sha256/" + hex.substring(0, 2) + "/" + hex + "/data", content);
  }

  public TarBuilder file(String name, String content) {
    return file(name, content.getBytes(UTF_8));
  }

  /** A file, with a PAX header where its name is too long. */
  public TarBuilder file(String name, byte[] content) {
    if (name.getBytes(UTF_8).length > 100) {
      return pax("path", name).entry('0', "long", content);
    }
    return entry('0', name, content);
  }

  public TarBuilder entry(char type, String name, byte[] content) {
    return header(type, name, content.length, header -> {}).data(content);
  }

  /** An entry without content. */
  public TarBuilder entry(char type, String name) {
    return entry(type, name, new byte[0]);
  }

  /** A header changed before its checksum is written. */
  public TarBuilder header(char type, String name, long size, Consumer<byte[]> change) {
    byte[] header = new byte[BLOCK];
    put(header, 0, name.getBytes(UTF_8), 100);
    text(header, 100, "0000644\0");
    text(header, 108, "0000000\0");
    text(header, 116, "0000000\0");
    text(header, 124, String.format("%011o\0", size));
    text(header, 136, "14720000000\0");
    header[156] = (byte) type;
    text(header, 257, "ustar\00000");
    change.accept(header);
    seal(header);
    return raw(header);
  }

  /** Writes the checksum a header ought to have. */
  public static void seal(byte[] header) {
    Arrays.fill(header, 148, 156, (byte) ' ');
    int sum = 0;
    for (byte b : header) {
      sum += b & 0xff;
    }
    text(header, 148, String.format("%06o\0 ", sum));
  }

  public static void text(byte[] header, int at, String text) {
    put(header, at, text.getBytes(ISO_8859_1), header.length - at);
  }

  /** A PAX header of one record for the entry that follows. */
  public TarBuilder pax(String key, String value) {
    return entry('x', "PaxHeaders.0/x", record(key, value));
  }

  public static byte[] record(String key, String value) {
    byte[] body = (" " + key + "=" + value + "\n").getBytes(UTF_8);
    int length = body.length + 1;
    while (String.valueOf(length).length() + body.length != length) {
      length++;
    }
    ByteArrayOutputStream record = new ByteArrayOutputStream();
    record.writeBytes(String.valueOf(length).getBytes(UTF_8));
    record.writeBytes(body);
    return record.toByteArray();
  }

  /** Content, padded to whole blocks. */
  public TarBuilder data(byte[] content) {
    return raw(content).raw(new byte[-content.length & (BLOCK - 1)]);
  }

  public TarBuilder raw(byte[] bytes) {
    out.writeBytes(bytes);
    return this;
  }

  /** All so far, without an end. */
  public byte[] unfinished() {
    return out.toByteArray();
  }

  /** All, with two zero blocks. */
  public byte[] bytes() {
    return raw(new byte[2 * BLOCK]).unfinished();
  }

  private static void put(byte[] into, int at, byte[] bytes, int most) {
    System.arraycopy(bytes, 0, into, at, Math.min(bytes.length, most));
  }
}
