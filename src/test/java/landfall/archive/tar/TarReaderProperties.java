package landfall.archive.tar;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import landfall.archive.Limits;
import landfall.archive.TarBuilder;
import landfall.archive.bytes.Feed;
import landfall.archive.bytes.Spot;
import landfall.archive.bytes.Window;
import landfall.failure.Rejected;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

class TarReaderProperties {
  private static final byte[] SAMPLE =
      new TarBuilder()
          .entry('5', "working-dir/")
          .file("working-dir/one", "first")
          .entry('L', "././@LongLink", ("working-dir/" + "l".repeat(120) + "\0").getBytes(UTF_8))
          .file("short", "second")
          .pax("path", "working-dir/" + "p".repeat(120))
          .file("short", "third")
          .header('0', "name", 0, header -> TarBuilder.text(header, 345, "working-dir/prefix"))
          .file("last", "x".repeat(513))
          .bytes();

  private static final String ALPHABET = "\0\0 001247/.-xu\u0080\u00ff";
  private static final int[] HEADERS =
      IntStream.range(0, SAMPLE.length / 512)
          .map(block -> block * 512)
          .filter(at -> TarHeader.sound(SAMPLE, at))
          .toArray();

  @Property(tries = 4000)
  void aChangedHeaderIsRefusedOrReadAsOthersReadIt(
      @ForAll @IntRange(max = 15) int block,
      @ForAll @IntRange(max = 511) int at,
      @ForAll byte value,
      @ForAll boolean sealed)
      throws IOException {
    byte[] changed = SAMPLE.clone();
    int header = HEADERS[block % HEADERS.length];
    changed[header + at] = value;
    if (sealed) {
      seal(changed, header);
    }

    Optional<List<String>> ours = ours(changed);

    if (ours.isPresent()) {
      assertThat(ours.get()).isEqualTo(theirs(changed));
    }
  }

  @Property(tries = 2000)
  void aFieldOfAnyBytesIsRefusedOrReadAsOthersReadIt(
      @ForAll @IntRange(max = 7) int field,
      @ForAll @Size(max = 12) List<@IntRange(max = 15) Integer> choice)
      throws IOException {
    int[] fields = {0, 100, 108, 124, 136, 156, 257, 345};
    byte[] changed = SAMPLE.clone();
    for (int i = 0; i < choice.size(); i++) {
      changed[512 + fields[field] + i] = (byte) ALPHABET.charAt(choice.get(i));
    }
    seal(changed, 512);

    Optional<List<String>> ours = ours(changed);

    if (ours.isPresent()) {
      assertThat(ours.get()).isEqualTo(theirs(changed));
    }
  }

  @Property
  void noNameEscapes(@ForAll @Size(max = 40) List<@IntRange(max = 8) Integer> pieces) {
    String[] alphabet = {"..", ".", "/", "\\", "a", "\0", "C:", "é", "b/"};
    String name = pieces.stream().map(piece -> alphabet[piece]).collect(Collectors.joining());
    Optional<EntryName> parsed = parsed(name);

    parsed.ifPresent(
        entry ->
            assertThat(entry.path().split("[/\\\\]", -1))
                .doesNotContain("..")
                .satisfies(
                    parts ->
                        assertThat(entry.path()).doesNotStartWith("/").doesNotStartWith("\\")));
    assertThat(parsed.isPresent() && name.contains("/../")).isFalse();
  }

  @Property(tries = 500)
  void anyBytesEndInARefusal(@ForAll @Size(max = 3000) byte[] bytes) {
    assertThat(ours(bytes)).isEmpty();
  }

  private static Optional<EntryName> parsed(String name) {
    try {
      return Optional.of(EntryName.of(name, Limits.standard(), new Spot("test", 0)));
    } catch (Rejected refused) {
      return Optional.empty();
    }
  }

  private static void seal(byte[] bytes, int at) {
    byte[] header = Arrays.copyOfRange(bytes, at, at + 512);
    TarBuilder.seal(header);
    System.arraycopy(header, 0, bytes, at, 512);
  }

  /** Every file as name and content, or nothing where it is refused. */
  private static Optional<List<String>> ours(byte[] tar) {
    Window window = new Window(feed(tar));
    Files files = new Files(window);
    try {
      new TarReader(window, "test", tar.length, Limits.standard(), new HeaderCount(1000))
          .read(files);
      return Optional.of(files.seen);
    } catch (Rejected refused) {
      return Optional.empty();
    }
  }

  private static List<String> theirs(byte[] tar) throws IOException {
    List<String> seen = new ArrayList<>();
    try (TarArchiveInputStream in =
        new TarArchiveInputStream(new ByteArrayInputStream(tar), ISO_8859_1.name())) {
      TarArchiveEntry entry = in.getNextEntry();
      while (entry != null) {
        if (!entry.isDirectory()) {
          String name = entry.getName().replaceAll("/+", "/").replaceAll("(?<=^|/)\\./", "");
          seen.add(name + "=" + new String(in.readAllBytes(), ISO_8859_1));
        }
        entry = in.getNextEntry();
      }
    }
    return seen;
  }

  private static Feed feed(byte[] bytes) {
    ByteArrayInputStream in = new ByteArrayInputStream(bytes);
    return in::read;
  }

  /** Reads every file whole. */
  private static final class Files implements TarReader.Visitor {
    private final Window window;
    private final List<String> seen = new ArrayList<>();

    Files(Window window) {
      this.window = window;
    }

    @Override
    public void folder(EntryName name) {
      assertThat(name.path()).doesNotContain("..");
    }

    @Override
    public void file(EntryName name, long size, Spot spot) {
      String path =
          name.readable() ? new String(name.path().getBytes(UTF_8), ISO_8859_1) : name.path();
      boolean whole = window.has((int) size);
      int count = whole ? (int) size : window.some();
      seen.add(path + "=" + new String(window.bytes(), window.at(), count, ISO_8859_1));
    }
  }
}
