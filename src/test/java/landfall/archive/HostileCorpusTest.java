package landfall.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static landfall.archive.Packed.flipped;
import static landfall.archive.Packed.gzip;
import static landfall.archive.Packed.join;
import static landfall.archive.Packed.zstd;
import static landfall.archive.TarBuilder.record;
import static landfall.archive.TarBuilder.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import landfall.failure.Code;
import landfall.failure.Rejected;
import landfall.image.Digest;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What must be refused and why, one line each; numbers are rows of the threat table. */
class HostileCorpusTest {
  private static final String V2 = "docker/registry/v2/";
  private static final Digest DIGEST = TarBuilder.manifest();
  private static final String TAGS = "repositories/lab/app/_manifests/tags/";
  private static final byte[] GOOD = TarBuilder.archive().bytes();
  private static final byte[] GZ = gzip(GOOD);
  private static final byte[] ZST = zstd(GOOD);

  private final Path folder;

  HostileCorpusTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private static final class Hostile {
    private final String name;
    private final byte[] bytes;
    private final Code code;

    Hostile(String name, byte[] bytes, Code code) {
      this.name = name;
      this.bytes = bytes;
      this.code = code;
    }

    @Override
    public String toString() {
      return name;
    }
  }

  @ParameterizedTest
  @MethodSource({
    "names",
    "types",
    "extensions",
    "numbers",
    "ends",
    "formats",
    "packed",
    "contents"
  })
  void refuses(Hostile hostile) {
    Scan scan = Scans.of(folder, hostile.bytes);

    assertThat(scan.refusal()).map(Rejected::code).contains(hostile.code);
    assertThat(scan.refusal().orElseThrow().evidence()).isNotEmpty();
    assertThat(scan.digests()).containsExactly(Digest.of(hostile.bytes));
    assertThat(scan.contents().tags()).isEmpty();
    assertThat(folder.resolve("work").resolve("spool.tar")).doesNotExist();
  }

  static Stream<Hostile> names() {
    return Stream.of(
            "/etc/passwd",
            "../x",
            "a/../../b",
            "working-dir/..",
            "working-dir/../mirror_000002.tar",
            "a\\..\\b",
            "..\\b",
            "\\\\host\\share",
            "C:\\x",
            "c:/x",
            "./c:/x",
            "./\\x",
            V2 + "blobs/../x",
            V2 + "a\nb",
            V2 + "\u202eb",
            V2 + "blobs/sha256/AB/" + "AB".repeat(32) + "/data")
        .map(name -> tar("1-9 name " + name, builder().file(name, "x"), Code.UNSAFE_ENTRY));
  }

  static Stream<Hostile> types() {
    Stream<Hostile> refused =
        "1234567SKVMDNXA"
            .chars()
            .filter(type -> type != '5')
            .mapToObj(
                type ->
                    tar(
                        "3-5 type " + (char) type,
                        builder().entry((char) type, "a"),
                        Code.UNSAFE_ENTRY));
    return Stream.concat(
        refused,
        Stream.of(
            tar("2 NUL in name", field(0, "a\0b"), Code.UNSAFE_ENTRY),
            tar(
                "4 symlink, then through it",
                builder().entry('2', "d").file("d/x", "x"),
                Code.UNSAFE_ENTRY),
            tar("24 not UTF-8", field(0, V2 + "\u00ff"), Code.UNSAFE_ENTRY),
            tar("24 overlong UTF-8", field(0, V2 + "\u00c0\u00af"), Code.UNSAFE_ENTRY),
            tar("2 empty name", builder().entry('0', ""), Code.UNSAFE_ENTRY),
            tar(
                "6 folder with content",
                builder().entry('5', "d/", new byte[9]),
                Code.ARCHIVE_CORRUPT),
            tar(
                "file named as a folder",
                builder().entry('0', "d/", new byte[9]),
                Code.UNSAFE_ENTRY)));
  }

  static Stream<Hostile> extensions() {
    return Stream.of(
        tar("10 PAX sparse", pax("GNU.sparse.major", "1"), Code.UNSAFE_ENTRY),
        tar("10 unknown PAX key", pax("LANDFALL.x", "1"), Code.UNSAFE_ENTRY),
        tar("3 PAX linkpath", pax("linkpath", "x"), Code.UNSAFE_ENTRY),
        tar("11 PAX size too large", pax("size", "99999"), Code.ARCHIVE_CORRUPT),
        tar("11 PAX size negative", pax("size", "-1"), Code.ARCHIVE_CORRUPT),
        tar("11 PAX size overflows", pax("size", "9".repeat(19)), Code.ARCHIVE_CORRUPT),
        tar("12 PAX path climbs", pax("path", "../x"), Code.UNSAFE_ENTRY),
        tar("12 PAX path with NUL", pax("path", "a\0b"), Code.UNSAFE_ENTRY),
        tar("12 PAX path empty", pax("path", ""), Code.ARCHIVE_CORRUPT),
        tar("12 global path", global(record("path", "x")), Code.UNSAFE_ENTRY),
        tar("12 global size", global(record("size", "1")), Code.UNSAFE_ENTRY),
        tar("12 global linkpath", global(record("linkpath", "x")), Code.UNSAFE_ENTRY),
        tar("13 PAX wrong length", global("12 mtime=1\n".getBytes(UTF_8)), Code.ARCHIVE_CORRUPT),
        tar("13 PAX no newline", global("10 mtime=1".getBytes(UTF_8)), Code.ARCHIVE_CORRUPT),
        tar("13 PAX no length", global("mtime=1\n".getBytes(UTF_8)), Code.ARCHIVE_CORRUPT),
        tar(
            "13 PAX huge length",
            global("99999999999 a=b\n".getBytes(UTF_8)),
            Code.ARCHIVE_CORRUPT),
        tar("13 PAX no key", global(record("", "x")), Code.ARCHIVE_CORRUPT),
        tar(
            "13 PAX time of 300 000 digits",
            pax("mtime", "1".repeat(300_000)),
            Code.ARCHIVE_CORRUPT),
        tar("13 PAX of 2 MiB", pax("comment", "1".repeat(2 << 20)), Code.LIMIT_EXCEEDED),
        tar(
            "PAX record twice",
            global(join(record("uid", "1"), record("uid", "1"))),
            Code.ARCHIVE_CORRUPT),
        tar("PAX twice", pax("uid", "1").pax("uid", "1"), Code.ARCHIVE_CORRUPT),
        tar("PAX, then global", builder().pax("uid", "1").entry('g', "g"), Code.ARCHIVE_CORRUPT),
        tar("14 long name of 100 kB", longName("x".repeat(100_000)), Code.LIMIT_EXCEEDED),
        tar("14 long name climbs", longName("../x\0").file("x", "x"), Code.UNSAFE_ENTRY),
        tar("14 long name of nothing", longName("a\0"), Code.ARCHIVE_CORRUPT),
        tar(
            "14 long names in a row",
            longName("a\0").entry('L', "L", new byte[1]),
            Code.ARCHIVE_CORRUPT),
        tar("name of 5 000 bytes", builder().file("a".repeat(5_000), "x"), Code.LIMIT_EXCEEDED),
        tar("path of 40 parts", builder().file("a/".repeat(40) + "b", "x"), Code.LIMIT_EXCEEDED));
  }

  static Stream<Hostile> numbers() {
    return Stream.of(
        tar("15 negative octal size", field(124, "-0000000001\0"), Code.ARCHIVE_CORRUPT),
        tar("15 letters in size", field(124, "0000000000x\0"), Code.ARCHIVE_CORRUPT),
        tar("15 size behind a NUL", field(124, "\0000000000001"), Code.ARCHIVE_CORRUPT),
        tar("15 negative binary size", field(124, "\u00ff".repeat(12)), Code.ARCHIVE_CORRUPT),
        tar(
            "15 binary size overflows",
            field(124, "\u0080" + "\u007f".repeat(11)),
            Code.ARCHIVE_CORRUPT),
        tar(
            "15 size of a petabyte",
            field(124, "\u0080\0\0\0\0\4\0\0\0\0\0\0"),
            Code.ARCHIVE_CORRUPT),
        tar("15 mode is no number", field(100, "rw-r--r-"), Code.ARCHIVE_CORRUPT),
        tar("unknown format", field(257, "ustaR\00000"), Code.ARCHIVE_CORRUPT),
        tar("padding of a header used", field(505, "x"), Code.ARCHIVE_CORRUPT),
        new Hostile("16 wrong checksum", flipped(GOOD, 5), Code.ARCHIVE_CORRUPT),
        new Hostile("16 wrong checksum later", flipped(GOOD, 1029), Code.ARCHIVE_CORRUPT));
  }

  static Stream<Hostile> ends() {
    byte[] unfinished = TarBuilder.archive().unfinished();
    byte[] zeroed = GOOD.clone();
    Arrays.fill(zeroed, 1024, 1536, (byte) 0);
    return Stream.of(
        new Hostile("17 one zeroed header", zeroed, Code.ARCHIVE_CORRUPT),
        new Hostile("18 no end", unfinished, Code.ARCHIVE_TRUNCATED),
        new Hostile("18 half an end", join(unfinished, new byte[512]), Code.ARCHIVE_TRUNCATED),
        new Hostile("18 cut in a header", Arrays.copyOf(GOOD, 1300), Code.ARCHIVE_TRUNCATED),
        new Hostile("19 cut in data", Arrays.copyOf(GOOD, 540), Code.ARCHIVE_TRUNCATED),
        new Hostile("21 trailing byte", join(GOOD, new byte[] {1}), Code.ARCHIVE_TRAILING_DATA),
        new Hostile("21 second tar", join(GOOD, GOOD), Code.ARCHIVE_TRAILING_DATA),
        new Hostile("22 empty", new byte[0], Code.ARCHIVE_TRUNCATED),
        new Hostile("22 zeros", new byte[10_240], Code.ARCHIVE_TRUNCATED),
        new Hostile("22 one zero", new byte[1], Code.ARCHIVE_TRUNCATED));
  }

  static Stream<Hostile> formats() {
    byte[] random = new byte[4096];
    new Random(7).nextBytes(random);
    byte[] iso = new byte[40_000];
    iso[0] = 1;
    text(iso, 32_769, "CD001");
    return Stream.of(
        new Hostile("25 zip", padded("PK\u0003\u0004"), Code.NOT_AN_ARCHIVE),
        new Hostile("25 PDF", padded("%PDF-1.7"), Code.NOT_AN_ARCHIVE),
        new Hostile("25 xz", padded("\u00fd7zXZ\0"), Code.NOT_AN_ARCHIVE),
        new Hostile("25 bzip2", padded("BZh9"), Code.NOT_AN_ARCHIVE),
        new Hostile("25 7z", padded("7z\u00bc\u00af'\u001c"), Code.NOT_AN_ARCHIVE),
        new Hostile("25 rpm", padded("\u00ed\u00ab\u00ee\u00db"), Code.NOT_AN_ARCHIVE),
        new Hostile("25 ELF", padded("\u007fELF"), Code.NOT_AN_ARCHIVE),
        new Hostile("25 exe", padded("MZ"), Code.NOT_AN_ARCHIVE),
        new Hostile("25 encrypted", padded("Salted__"), Code.NOT_AN_ARCHIVE),
        new Hostile("25 short PDF", "%PDF-1.7".getBytes(UTF_8), Code.NOT_AN_ARCHIVE),
        new Hostile("25 ISO", iso, Code.NOT_AN_ARCHIVE),
        new Hostile("25 random", random, Code.NOT_AN_ARCHIVE),
        new Hostile("32 gzip in gzip", gzip(GZ), Code.NOT_AN_ARCHIVE),
        new Hostile("32 zstd in gzip", gzip(ZST), Code.NOT_AN_ARCHIVE));
  }

  static Stream<Hostile> packed() {
    byte[] badMember = flipped(GZ, 3);
    return Stream.of(
        new Hostile("28 gzip without trailer", cut(GZ, 8), Code.ARCHIVE_TRUNCATED),
        new Hostile("28 gzip with half a trailer", cut(GZ, 3), Code.ARCHIVE_TRUNCATED),
        new Hostile("28 deflate cut", cut(GZ, 100), Code.ARCHIVE_TRUNCATED),
        new Hostile("28 gzip header cut", Arrays.copyOf(GZ, 6), Code.ARCHIVE_TRUNCATED),
        new Hostile("29 gzip CRC", flipped(GZ, -6), Code.ARCHIVE_CORRUPT),
        new Hostile("29 gzip length", flipped(GZ, -2), Code.ARCHIVE_CORRUPT),
        new Hostile(
            "31 garbage after gzip",
            join(GZ, "garbage".getBytes(UTF_8)),
            Code.ARCHIVE_TRAILING_DATA),
        new Hostile(
            "31 garbage after padding",
            join(GZ, new byte[99], new byte[] {1}),
            Code.ARCHIVE_TRAILING_DATA),
        new Hostile("31 damaged second member", join(GZ, badMember), Code.ARCHIVE_CORRUPT),
        new Hostile(
            "31 second member cut in its header",
            join(GZ, Arrays.copyOf(GZ, 5)),
            Code.ARCHIVE_TRUNCATED),
        new Hostile("31 second member is a second tar", join(GZ, GZ), Code.ARCHIVE_TRAILING_DATA),
        new Hostile("33 name of 70 kB in a gzip header", gzipName(70_000), Code.ARCHIVE_CORRUPT),
        new Hostile("gzip with reserved flags", badMember, Code.ARCHIVE_CORRUPT),
        new Hostile("gzip with unknown method", flipped(GZ, 2), Code.ARCHIVE_CORRUPT),
        new Hostile(
            "no deflate data",
            join(Arrays.copyOf(GZ, 10), new byte[] {7, 7}),
            Code.ARCHIVE_CORRUPT),
        new Hostile("tar cut inside gzip", gzip(cut(GOOD, 1024)), Code.ARCHIVE_TRUNCATED),
        new Hostile("zstd cut", cut(ZST, 5), Code.ARCHIVE_TRUNCATED),
        new Hostile("zstd cut early", Arrays.copyOf(ZST, 6), Code.ARCHIVE_TRUNCATED),
        new Hostile("zstd checksum", flipped(ZST, -2), Code.ARCHIVE_CORRUPT),
        new Hostile("zstd damaged", flipped(ZST, ZST.length / 2), Code.ARCHIVE_CORRUPT),
        new Hostile(
            "garbage after zstd", join(ZST, "garbage".getBytes(UTF_8)), Code.ARCHIVE_TRAILING_DATA),
        new Hostile("tar cut inside zstd", zstd(cut(GOOD, 1024)), Code.ARCHIVE_TRUNCATED));
  }

  static Stream<Hostile> contents() {
    byte[] other = "other".getBytes(UTF_8);
    return Stream.of(
        tar(
            "8 tag twice",
            TarBuilder.archive().link(TAGS + "v1/current/link", Digest.of(other)),
            Code.DUPLICATE_ENTRY),
        tar(
            "8 text twice",
            builder().file("working-dir/a", "1").file("working-dir/a", "2"),
            Code.DUPLICATE_ENTRY),
        tar(
            "8 text twice, shorter",
            builder().file("working-dir/a", "12").file("./working-dir//a", "1"),
            Code.DUPLICATE_ENTRY),
        tar("39 blob is not its digest", builder().blob(DIGEST, other), Code.DIGEST_MISMATCH),
        tar(
            "41 link of 200 bytes",
            builder().file(V2 + TAGS + "v1/current/link", "x".repeat(200)),
            Code.MANIFEST_INVALID),
        tar(
            "41 link is no digest",
            builder().file(V2 + TAGS + "v1/current/link", "sha256:../../x"),
            Code.MANIFEST_INVALID),
        tar(
            "41 empty link",
            builder().file(V2 + TAGS + "v1/current/link", ""),
            Code.MANIFEST_INVALID),
        tar(
            "41 upper-case link",
            builder().file(V2 + TAGS + "v1/current/link", "sha256:" + "A".repeat(64)),
            Code.MANIFEST_INVALID),
        tar(
            "41 link beside its path",
            builder()
                .link("repositories/a/_layers/sha256/" + DIGEST.hex() + "/link", Digest.of(other)),
            Code.MANIFEST_INVALID),
        tar(
            "53 upper-case repository",
            builder().link("repositories/Lab/_manifests/tags/v1/current/link", DIGEST),
            Code.REF_INVALID),
        tar(
            "53 no repository",
            builder().link("repositories/_manifests/tags/v1/current/link", DIGEST),
            Code.REF_INVALID),
        tar(
            "53 percent",
            builder().link("repositories/a%2e/_manifests/tags/v1/current/link", DIGEST),
            Code.REF_INVALID),
        tar(
            "53 long repository",
            builder().link("repositories/" + "a".repeat(300) + "/_uploads/x", DIGEST),
            Code.REF_INVALID),
        tar(
            "53 look-alike",
            builder().link("repositories/a/_layer/_manifests/tags/v1/current/link", DIGEST),
            Code.REF_INVALID),
        tar(
            "54 tag of 129",
            builder().link(TAGS + "v".repeat(129) + "/current/link", DIGEST),
            Code.REF_INVALID),
        tar(
            "54 tag with a dot first",
            builder().link(TAGS + ".v/current/link", DIGEST),
            Code.REF_INVALID),
        tar(
            "54 tag with script",
            builder().link(TAGS + "<script>/current/link", DIGEST),
            Code.REF_INVALID),
        tar(
            "85 two chunk sets",
            builder().file("a/mirror_000001.tar", GOOD).file("b/mirror_000001.tar", GOOD),
            Code.CHUNK_MIXED),
        tar("empty chunk inside", builder().file("mirror_000001.tar", ""), Code.ARCHIVE_TRUNCATED),
        tar(
            "chunk inside has no end",
            builder().file("mirror_000001.tar", cut(GOOD, 1024)),
            Code.ARCHIVE_TRUNCATED),
        tar(
            "chunk inside is compressed",
            builder().file("mirror_000001.tar", GZ),
            Code.NOT_AN_ARCHIVE),
        tar(
            "chunk inside is hostile",
            builder().file("mirror_000001.tar", builder().file("../x", "x").bytes()),
            Code.UNSAFE_ENTRY));
  }

  private static Hostile tar(String name, TarBuilder tar, Code code) {
    return new Hostile(name, tar.bytes(), code);
  }

  private static TarBuilder builder() {
    return new TarBuilder();
  }

  private static TarBuilder field(int at, String text) {
    return builder().header('0', "a", 0, header -> text(header, at, text));
  }

  private static TarBuilder pax(String key, String value) {
    return builder().pax(key, value).file("x", "x");
  }

  private static TarBuilder global(byte[] records) {
    return builder().entry('g', "g", records).file("x", "x");
  }

  private static TarBuilder longName(String name) {
    return builder().entry('L', "././@LongLink", name.getBytes(UTF_8));
  }

  private static byte[] padded(String magic) {
    byte[] bytes = new byte[2048];
    Arrays.fill(bytes, (byte) 0xee);
    text(bytes, 0, magic);
    return bytes;
  }

  private static byte[] cut(byte[] bytes, int count) {
    return Arrays.copyOf(bytes, bytes.length - count);
  }

  private static byte[] gzipName(int length) {
    byte[] header = Arrays.copyOf(GZ, 10);
    header[3] = 8;
    byte[] name = new byte[length + 1];
    Arrays.fill(name, 0, length, (byte) 'n');
    return join(header, name, Arrays.copyOfRange(GZ, 10, GZ.length));
  }
}
