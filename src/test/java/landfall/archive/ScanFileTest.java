package landfall.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import landfall.failure.Code;
import landfall.failure.Parked;
import landfall.failure.Rejected;
import landfall.image.Digest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScanFileTest {
  private static final byte[] GOOD = TarBuilder.archive().bytes();

  private final Path folder;

  ScanFileTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    Files.createDirectory(folder.resolve("work"));
  }

  @Test
  void remembersAScan() throws IOException {
    ScanRequest request = request(Packed.gzip(GOOD));
    Scan scan = remembered(request);

    Scan loaded = load(request).orElseThrow();

    assertThat(loaded.digests()).isEqualTo(scan.digests());
    assertThat(loaded.sha512()).isEqualTo(scan.sha512());
    assertThat(loaded.contents().census()).isEqualTo(scan.contents().census());
    assertThat(loaded.contents().tags()).isEqualTo(scan.contents().tags());
    assertThat(loaded.contents().entries("")).isEqualTo(scan.contents().entries(""));
    assertThat(loaded.contents().blob(TarBuilder.manifest()))
        .isEqualTo(scan.contents().blob(TarBuilder.manifest()));
    assertThat(loaded.contents().entry("isc_2026-11-22T17:45:22Z"))
        .isEqualTo(scan.contents().entry("isc_2026-11-22T17:45:22Z"))
        .isPresent();
  }

  @Test
  void forgetsWhereAnythingIsChanged() throws IOException {
    ScanRequest request = request(Packed.gzip(GOOD));
    remembered(request);
    Path spool = folder.resolve("work").resolve("spool.tar");

    Files.setLastModifiedTime(spool, FileTime.fromMillis(1));

    assertThat(load(request)).isEmpty();
  }

  @Test
  void goesAlongWithAnArchiveThatIsMoved() throws IOException {
    ScanRequest request = request(GOOD);
    Digest blob = Digest.of("{\"schemaVersion\":2}".getBytes(StandardCharsets.UTF_8));
    remembered(request);
    Path done = Files.createDirectory(folder.resolve("done"));
    Path before = request.files().get(0).path();
    Path moved = Files.move(before, done.resolve(before.getFileName()));
    ScanRequest after = new ScanRequest(List.of(ArchiveFile.of(moved)), done, false, false);

    ScanFile.handOn(request.workFolder(), after, Limits.standard());

    Scan scan = load(after).orElseThrow();
    Shelf shelf = new Shelf();
    shelf.add(scan, List.of(blob, Digest.of(new byte[] {1})));
    assertThat(shelf.piece(Digest.of(new byte[] {1}))).isEmpty();
    assertThat(shelf.piece(blob).map(piece -> piece.read(100)))
        .hasValueSatisfying(
            bytes -> assertThat(bytes).asString().isEqualTo("{\"schemaVersion\":2}"));
  }

  @Test
  void isNotHandedOnToOtherFiles() throws IOException {
    ScanRequest request = request(GOOD);
    remembered(request);
    Path done = Files.createDirectory(folder.resolve("done"));
    Path mine = request.files().get(0).path();
    Path other = Files.copy(mine, done.resolve(mine.getFileName()));
    Files.setLastModifiedTime(other, FileTime.fromMillis(1));
    ScanRequest after = new ScanRequest(List.of(ArchiveFile.of(other)), done, false, false);

    ScanFile.handOn(request.workFolder(), after, Limits.standard());

    assertThat(ScanFile.in(done)).doesNotExist();
  }

  @Test
  void knowsWhatAnArchiveHoldsWhoseSpoolIsGone() throws IOException {
    ScanRequest request = request(Packed.gzip(GOOD));
    remembered(request);
    Files.delete(folder.resolve("work").resolve("spool.tar"));

    assertThat(load(request)).isEmpty();
    assertThat(ScanFile.recall(request, Limits.standard())).isPresent();
    Files.delete(request.files().get(0).path());
    assertThat(ScanFile.recall(request, Limits.standard())).isEmpty();
  }

  @Test
  void forgetsWhereTheArchiveIsGone() throws IOException {
    ScanRequest request = request(GOOD);
    remembered(request);

    Files.delete(request.files().get(0).path());

    assertThat(load(request)).isEmpty();
  }

  @Test
  void believesNoByteThatIsNotItsOwn() throws IOException {
    ScanRequest request = request(GOOD);
    remembered(request);
    Path file = folder.resolve("work").resolve("index");
    byte[] index = Files.readAllBytes(file);

    assertThat(Stream.iterate(0, at -> at < index.length, at -> at + 7))
        .allSatisfy(
            at -> {
              Files.write(file, Packed.flipped(index, at));
              assertThat(load(request)).isEmpty();
            });
    assertThat(Stream.of(0, 5, 31, 32, 33, index.length - 1))
        .allSatisfy(
            at -> {
              Files.write(file, Arrays.copyOf(index, at));
              assertThat(load(request)).isEmpty();
            });
    Files.write(file, index);
    assertThat(load(request)).isPresent();
  }

  @Test
  void doesNotAnswerWhatWasNotAsked() throws IOException {
    ArchiveFile file = Scans.write(folder, "a", GOOD);
    Path work = folder.resolve("work");
    ScanRequest proven = new ScanRequest(List.of(file), work, true, false);
    ScanRequest unproven = new ScanRequest(List.of(file), work, false, false);
    ScanRequest longer = new ScanRequest(List.of(file), work, false, true);
    ScanRequest other = new ScanRequest(List.of(file, file), work, false, false);

    ScanFile.write(Scans.scan(unproven), unproven);

    assertThat(load(unproven)).isPresent();
    assertThat(load(proven)).isEmpty();
    assertThat(load(longer)).isEmpty();
    assertThat(load(other)).isEmpty();
  }

  @Test
  void remembersNoRefusal() {
    ScanRequest request = request(new byte[5]);
    Scan refused = Scans.scan(request);

    assertThatThrownBy(() -> ScanFile.write(refused, request))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void readsOnlyWhatWasScanned() throws IOException {
    ScanRequest request = request(GOOD);
    Contents contents = Scans.scan(request).contents();
    Extent extent = contents.blob(TarBuilder.manifest()).orElseThrow();
    assertThatThrownBy(() -> contents.read(extent, 3))
        .isInstanceOfSatisfying(
            Rejected.class, refused -> assertThat(refused.code()).isEqualTo(Code.LIMIT_EXCEEDED));

    Files.setLastModifiedTime(request.files().get(0).path(), FileTime.fromMillis(1));

    assertThatThrownBy(() -> contents.stream(extent, 0))
        .isInstanceOfSatisfying(
            Rejected.class,
            refused -> assertThat(refused.code()).isEqualTo(Code.CHANGED_DURING_READ));
    assertThatThrownBy(() -> contents.read(extent, 1000))
        .isInstanceOfSatisfying(
            Rejected.class,
            refused -> assertThat(refused.code()).isEqualTo(Code.CHANGED_DURING_READ));
  }

  @Test
  void waitsForAnotherVerificationOfAFileWhoseTimeWasSetBack() throws IOException {
    ScanRequest request = request(GOOD);
    Contents contents = Scans.scan(request).contents();
    Extent extent = contents.blob(TarBuilder.manifest()).orElseThrow();
    Path file = request.files().get(0).path();
    FileTime before = Files.getLastModifiedTime(file);

    Files.write(file, GOOD);
    Files.setLastModifiedTime(file, before);

    assertThatThrownBy(() -> contents.stream(extent, 0))
        .isInstanceOfSatisfying(
            Parked.class, parked -> assertThat(parked.code()).isEqualTo(Code.MEDIA_UNREADABLE));
  }

  @Test
  void streamsFromAnyByteForSeveralThreads() {
    Contents contents = Scans.scan(request(GOOD)).contents();
    Extent extent = contents.blob(TarBuilder.manifest()).orElseThrow();
    String whole = "{\"schemaVersion\":2}";

    assertThat(Stream.iterate(0, i -> i < 500, i -> i + 1).toList().parallelStream())
        .allSatisfy(
            i -> {
              int offset = i % (whole.length() + 1);
              try (InputStream in = contents.stream(extent, offset)) {
                assertThat(in).hasContent(whole.substring(offset));
              }
            });
  }

  private ScanRequest request(byte[] archive) {
    return new ScanRequest(
        List.of(Scans.write(folder, "archive", archive)), folder.resolve("work"), true, true);
  }

  private static Scan remembered(ScanRequest request) {
    Scan scan = Scans.scan(request);
    ScanFile.write(scan, request);
    return scan;
  }

  private static Optional<Scan> load(ScanRequest request) {
    return ScanFile.load(request, Limits.standard());
  }
}
