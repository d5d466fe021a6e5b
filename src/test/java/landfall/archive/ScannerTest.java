package landfall.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static landfall.archive.Packed.gzip;
import static landfall.archive.Packed.join;
import static landfall.archive.Packed.zstd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import landfall.failure.Code;
import landfall.failure.Parked;
import landfall.failure.Rejected;
import landfall.image.Digest;
import landfall.image.RepositoryName;
import landfall.image.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ScannerTest {
  private static final byte[] GOOD = TarBuilder.archive().bytes();

  private final Path folder;

  ScannerTest(@TempDir Path folder) {
    this.folder = folder;
  }

  static Stream<byte[]> dresses() {
    byte[] half = Arrays.copyOf(GOOD, GOOD.length / 2);
    byte[] rest = Arrays.copyOfRange(GOOD, GOOD.length / 2, GOOD.length);
    return Stream.of(
        GOOD,
        join(GOOD, new byte[9216]),
        gzip(GOOD),
        join(gzip(half), gzip(rest)),
        join(gzip(half), gzip(new byte[0]), gzip(rest), new byte[300]),
        zstd(GOOD),
        join(zstd(half), zstd(rest)),
        join(zstd(GOOD), new byte[] {0x50, 0x2a, 0x4d, 0x18, 1, 0, 0, 0, 9}, new byte[12]),
        new TarBuilder().file("content/mirror_000001.tar", GOOD).bytes(),
        new TarBuilder().file("./mirror_000001.tar", GOOD).bytes(),
        gzip(new TarBuilder().file("a/b/mirror_000001.tar", GOOD).bytes()),
        zstd(new TarBuilder().entry('5', "a/").file("a/mirror_000001.tar", GOOD).bytes()));
  }

  @ParameterizedTest
  @MethodSource("dresses")
  void findsTheSameInEveryDress(byte[] archive) {
    Scan scan = Scans.of(folder, archive);

    Contents contents = scan.contents();
    assertThat(scan.refusal()).isEmpty();
    assertThat(scan.digests()).containsExactly(Digest.of(archive));
    assertThat(contents.tags())
        .containsExactly(
            new TagLink(new RepositoryName("lab/app"), new Tag("v1"), TarBuilder.manifest()));
    assertThat(text(contents, contents.blob(TarBuilder.manifest()).orElseThrow()))
        .isEqualTo("{\"schemaVersion\":2}");
    assertThat(contents.entries(""))
        .containsExactly(
            "isc_2026-11-22T17:45:22Z",
            "working-dir/internal/oc-mirror-version.json",
            "working-dir/isc_pinned_2026-11-22T17:45:22Z.yaml");
    assertThat(text(contents, contents.entry("isc_2026-11-22T17:45:22Z").orElseThrow()))
        .isEqualTo("kind: ImageSetConfiguration\n");
  }

  @Test
  void copiesNothingOfAPlainTar() {
    Scans.of(folder, GOOD);

    assertThat(folder.resolve("work")).doesNotExist();
  }

  @Test
  void ignoresTheWorkingDirBesideAChunk() {
    byte[] outer =
        new TarBuilder()
            .file("working-dir/.history/.history-2026-11-22T17:45:22Z", "not for us")
            .file("mirror_000001.tar", GOOD)
            .bytes();

    Contents contents = Scans.of(folder, outer).contents();

    assertThat(contents.entries("working-dir/.history/")).isEmpty();
    assertThat(contents.tags()).hasSize(1);
  }

  @Test
  void checksTheWorkingDirBesideAChunk() {
    byte[] outer =
        new TarBuilder().file("mirror_000001.tar", GOOD).entry('2', "working-dir/link").bytes();

    assertThat(Scans.refusal(folder, outer)).isEqualTo(Code.UNSAFE_ENTRY);
  }

  @Test
  void takesSeveralChunksInsideAsOne() {
    byte[] blob = "more".getBytes(UTF_8);
    byte[] outer =
        new TarBuilder()
            .file("x/mirror_000002.tar", new TarBuilder().blob(blob).bytes())
            .file("x/mirror_000001.tar", GOOD)
            .bytes();

    Contents contents = Scans.of(folder, outer).contents();

    assertThat(text(contents, contents.blob(Digest.of(blob)).orElseThrow())).isEqualTo("more");
    assertThat(contents.tags()).hasSize(1);
  }

  @Test
  void followsNoThirdLevel() {
    byte[] inner = TarBuilder.archive().file("mirror_000009.tar", "is not read").bytes();
    byte[] outer = new TarBuilder().file("mirror_000001.tar", inner).bytes();

    Scan scan = Scans.of(folder, outer);

    assertThat(scan.refusal()).isEmpty();
    assertThat(scan.contents().entries("mirror")).containsExactly("mirror_000009.tar");
  }

  @Test
  void takesChunkFilesInAnyOrder() {
    byte[] blob = "more".getBytes(UTF_8);
    ArchiveFile one = Scans.write(folder, "one", new TarBuilder().blob(blob).bytes());
    ArchiveFile two = Scans.write(folder, "two", gzip(GOOD));

    Scan scan = Scans.scan(Scans.request(folder, one, two));

    Contents contents = scan.contents();
    assertThat(scan.digests()).hasSize(2);
    assertThat(text(contents, contents.blob(Digest.of(blob)).orElseThrow())).isEqualTo("more");
    assertThat(text(contents, contents.blob(TarBuilder.manifest()).orElseThrow())).startsWith("{");
  }

  @Test
  void refusesChunksBesideWrappedChunks() {
    ArchiveFile one = Scans.write(folder, "one", GOOD);
    ArchiveFile two =
        Scans.write(folder, "two", new TarBuilder().file("mirror_000002.tar", GOOD).bytes());

    Scan scan = Scans.scan(Scans.request(folder, one, two));

    assertThat(scan.refusal()).map(Rejected::code).contains(Code.CHUNK_MIXED);
  }

  @Test
  void keepsNoSpoolOfARefusedSet() {
    ArchiveFile one = Scans.write(folder, "one", gzip(GOOD));
    ArchiveFile two = Scans.write(folder, "two", gzip(new TarBuilder().file("../x", "").bytes()));

    Scan scan = Scans.scan(Scans.request(folder, one, two));

    assertThat(scan.refusal()).isPresent();
    assertThat(folder.resolve("work")).isEmptyDirectory();
  }

  @Test
  void acceptsTheSameContentTwiceAcrossChunks() {
    ArchiveFile one = Scans.write(folder, "one", GOOD);
    ArchiveFile two = Scans.write(folder, "two", gzip(GOOD));

    Scan scan = Scans.scan(Scans.request(folder, one, two));

    assertThat(scan.refusal()).isEmpty();
  }

  @Test
  void refusesOneBlobWithTwoContentsAcrossChunks() {
    Digest digest = TarBuilder.manifest();
    ArchiveFile one =
        Scans.write(folder, "one", new TarBuilder().blob(digest, new byte[] {1}).bytes());
    ArchiveFile two =
        Scans.write(folder, "two", new TarBuilder().blob(digest, new byte[] {2}).bytes());
    ScanRequest unproven = new ScanRequest(List.of(one, two), folder.resolve("work"), false, false);

    Scan scan = Scans.scan(unproven);

    assertThat(scan.refusal()).map(Rejected::code).contains(Code.DUPLICATE_ENTRY);
  }

  @Test
  void believesBlobNamesWhereAChecksumVouches() {
    byte[] wrong = new TarBuilder().blob(TarBuilder.manifest(), new byte[] {1}).bytes();
    ScanRequest unproven =
        new ScanRequest(
            List.of(Scans.write(folder, "a", wrong)), folder.resolve("work"), false, true);

    Scan scan = Scans.scan(unproven);

    assertThat(scan.refusal()).isEmpty();
    assertThat(scan.sha512()).singleElement().asString().matches("[0-9a-f]{128}");
  }

  @Test
  void leavesAsideWhatNobodyNeeds() {
    byte[] archive =
        TarBuilder.archive()
            .file("docker/registry/v2/repositories/lab/app/_uploads/7f/data", "half a layer")
            .file(
                "docker/registry/v2/repositories/lab/app/_manifests/tags/v1/current/link.7.tmp", "")
            .file("docker/registry/v2/surprise", "?")
            .file("working-dir/\u202edeceiving", "?")
            .entry('5', "working-dir/logs/")
            .bytes();

    Scan scan = Scans.of(folder, archive);

    assertThat(scan.refusal()).isEmpty();
    assertThat(scan.contents().census()).isEqualTo(new Census(1, 1, 3, 3, 1, 4, 0));
  }

  @Test
  void acceptsNamesThatDifferInCaseOnlyOutsideTheRegistryTree() {
    byte[] archive =
        TarBuilder.archive().file("working-dir/A", "1").file("working-dir/a", "2").bytes();

    Scan scan = Scans.of(folder, archive);

    assertThat(scan.contents().entries("working-dir/A")).containsExactly("working-dir/A");
    assertThat(scan.refusal()).isEmpty();
  }

  @Test
  void readsLongNamesOfEveryKind() {
    String path = "working-dir/" + "d".repeat(60) + "/" + "é".repeat(60);
    byte[] archive =
        new TarBuilder()
            .entry('L', "././@LongLink", (path + "1\0").getBytes(UTF_8))
            .file("cut", "1")
            .pax("path", path + "2")
            .file("cut", "2")
            .header('0', "e".repeat(100), 0, header -> TarBuilder.text(header, 345, "working-dir"))
            .bytes();

    Scan scan = Scans.of(folder, archive);

    assertThat(scan.contents().entries(""))
        .containsExactly(path + "1", path + "2", "working-dir/" + "e".repeat(100));
  }

  @Test
  void obeysEachLimit() {
    byte[] many = new TarBuilder().file("working-dir/a", "").file("working-dir/b", "").bytes();
    byte[] zeros = gzip(new TarBuilder().file("working-dir/zeros", new byte[1 << 20]).bytes());

    assertThat(refusal(many, new Limits(1, 99, 9, 99, 99, 9, 9, 99, 9999))).isEqualTo(LIMIT);
    assertThat(refusal(many, new Limits(9, 12, 9, 99, 99, 9, 9, 99, 9999))).isEqualTo(LIMIT);
    assertThat(refusal(many, new Limits(9, 99, 1, 99, 99, 9, 9, 99, 9999))).isEqualTo(LIMIT);
    assertThat(refusal(many, new Limits(9, 99, 9, 99, 20, 9, 9, 99, 9999))).isEqualTo(LIMIT);
    assertThat(refusal(zeros, new Limits(9, 99, 9, 99, 99, 200, 65_536, 262_144, 1L << 40)))
        .isEqualTo(LIMIT);
    assertThat(refusal(zeros, new Limits(9, 99, 9, 99, 99, 2000, 65_536, 0, 1 << 19)))
        .isEqualTo(LIMIT);
  }

  private static final Code LIMIT = Code.LIMIT_EXCEEDED;

  @Test
  void acceptsLongStretchesOfZerosUpToTheAllowance() {
    byte[] zeros = gzip(new TarBuilder().file("working-dir/zeros", new byte[1 << 20]).bytes());

    Scan scan =
        Scans.of(folder, zeros, new Limits(9, 99, 9, 99, 99, 200, 65_536, 2 << 20, 1L << 40));

    assertThat(scan.refusal()).isEmpty();
  }

  @Test
  void noticesAFileThatIsNoLongerTheOneThatCame() throws IOException {
    ArchiveFile file = Scans.write(folder, "a", GOOD);
    Files.write(file.path(), new byte[7]);

    Scan scan = Scans.scan(Scans.request(folder, file));

    assertThat(scan.refusal()).map(Rejected::code).contains(Code.CHANGED_DURING_READ);
  }

  @Test
  void noticesAFileThatChangesWhileItIsRead() {
    byte[] large = new TarBuilder().file("working-dir/a", new byte[3 << 20]).bytes();
    ArchiveFile file = Scans.write(folder, "a", large);

    Scan scan =
        new Scanner(Limits.standard())
            .scan(Scans.request(folder, file), read -> truncate(file.path()));

    assertThat(scan.refusal()).map(Rejected::code).contains(Code.CHANGED_DURING_READ);
  }

  @Test
  void hashesToTheEndAndTellsItsProgress() {
    byte[] refused = join(new TarBuilder().file("../x", "x").bytes(), new byte[3 << 20]);
    AtomicLong progress = new AtomicLong();
    ArchiveFile file = Scans.write(folder, "a", refused);

    Scan scan =
        new Scanner(Limits.standard()).scan(Scans.request(folder, file), progress::addAndGet);

    assertThat(progress).hasValue(refused.length);
    assertThat(scan.digests()).containsExactly(Digest.of(refused));
  }

  @Test
  void parksWhereTheMediumIsGone() throws IOException {
    ArchiveFile file = Scans.write(folder, "a", GOOD);
    Files.delete(file.path());

    assertThatThrownBy(() -> Scans.scan(Scans.request(folder, file)))
        .isInstanceOfSatisfying(
            Parked.class, parked -> assertThat(parked.code()).isEqualTo(Code.MEDIA_UNREADABLE));
  }

  @Test
  void parksWhereTheSpoolCannotBeWritten() {
    ArchiveFile file = Scans.write(folder, "a", gzip(GOOD));
    ArchiveFile inTheWay = Scans.write(folder, "work", new byte[0]);

    assertThatThrownBy(() -> Scans.scan(Scans.request(folder, file)))
        .isInstanceOfSatisfying(
            Parked.class, parked -> assertThat(parked.code()).isEqualTo(Code.LOCAL_IO));
    assertThat(inTheWay.unchanged()).isTrue();
  }

  @Test
  void followsNoSymbolicLink() throws IOException {
    ArchiveFile file = Scans.write(folder, "a", GOOD);
    Path link = Files.createSymbolicLink(folder.resolve("link"), file.path());

    assertThatThrownBy(() -> Scans.scan(Scans.request(folder, ArchiveFile.of(link))))
        .isInstanceOf(Parked.class);
  }

  @Test
  void readsTheRealArchive() throws IOException {
    ArchiveFile file = ArchiveFile.of(Scans.sample("additional/mirror_000001.tar"));

    Scan scan = Scans.scan(Scans.request(folder, file));

    assertThat(scan.refusal()).isEmpty();
    assertThat(scan.contents().census()).isEqualTo(new Census(104, 25, 8, 142, 0, 0, 0));
    assertThat(scan.contents().tags())
        .allMatch(tag -> scan.contents().blob(tag.digest()).isPresent());
  }

  @Test
  void readsTheHackathonArchiveAsTheChunkInside() throws IOException {
    String name = "hackathon/oc-mirror-content-20261122-1745.tar.gz";
    ArchiveFile plain = ArchiveFile.of(Scans.sample("additional/mirror_000001.tar"));
    ArchiveFile wrapped = ArchiveFile.of(Scans.sample(name));
    String promised = Files.readString(Scans.sample(name + ".sha256")).substring(0, 64);

    Scan inside = Scans.scan(Scans.request(folder, plain));
    Scan scan = Scans.scan(Scans.request(folder, wrapped));

    assertThat(scan.digests()).containsExactly(new Digest(promised));
    assertThat(scan.contents().tags()).isEqualTo(inside.contents().tags());
    assertThat(scan.contents().entries("")).isEqualTo(inside.contents().entries(""));
    assertThat(scan.contents().census()).isEqualTo(inside.contents().census());
  }

  @Test
  void refusesAPlainTarCutAnywhere() {
    byte[] whole = TarBuilder.archive().file("working-dir/x", new byte[5000]).bytes();
    Random random = new Random(42);
    Stream<Integer> blocks =
        Stream.iterate(0, at -> at < whole.length, at -> at + TarBuilder.BLOCK);
    Stream<Integer> anywhere = Stream.generate(() -> random.nextInt(whole.length)).limit(200);

    assertThat(Stream.concat(blocks, anywhere))
        .allSatisfy(
            at ->
                assertThat(Scans.refusal(folder, Arrays.copyOf(whole, at)))
                    .isEqualTo(Code.ARCHIVE_TRUNCATED));
  }

  @Test
  void refusesCompressedArchivesCutAnywhere() {
    byte[] gz = gzip(GOOD);
    byte[] zst = zstd(GOOD);

    assertThat(Stream.iterate(0, at -> at < gz.length, at -> at + 1))
        .allSatisfy(
            at ->
                assertThat(Scans.refusal(folder, Arrays.copyOf(gz, at)))
                    .isEqualTo(Code.ARCHIVE_TRUNCATED));
    assertThat(Stream.iterate(0, at -> at < zst.length, at -> at + 1))
        .allSatisfy(
            at ->
                assertThat(Scans.refusal(folder, Arrays.copyOf(zst, at)))
                    .isEqualTo(Code.ARCHIVE_TRUNCATED));
  }

  private Code refusal(byte[] archive, Limits limits) {
    return Scans.of(folder, archive, limits).refusal().orElseThrow().code();
  }

  private static String text(Contents contents, Extent extent) {
    return new String(contents.read(extent, 1000), UTF_8);
  }

  private static void truncate(Path file) {
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
      open.setLength(2 << 20);
    } catch (IOException trouble) {
      throw new UncheckedIOException(trouble);
    }
  }
}
