package landfall.archive;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import landfall.archive.Collector.Passing;
import landfall.archive.bytes.Kind;
import landfall.archive.bytes.Spot;
import landfall.archive.bytes.Window;
import landfall.archive.tar.EntryName;
import landfall.archive.tar.HeaderCount;
import landfall.archive.tar.TarReader;
import landfall.failure.Code;
import landfall.image.Digest;

/**
 * Sees through the one wrapping that people put around oc-mirror's chunks: a tar of the folder they
 * were written to.
 *
 * <p>Where there are chunks inside, only they are the archive. The working-dir beside them is the
 * sender's own, further than the archive by the run that wrote it.
 */
final class Wrapping {
  /** Bytes of a header before which no zero need come. */
  private static final int NAME = 107;

  /** Bytes that tell a gzip or zstd file. */
  private static final int MAGIC = 4;

  private static final List<String> BEGINNINGS =
      List.of("docker/", "working-dir/", "isc_", "content/", "mirror_", "./");

  private static final int BLOCK = 512;

  private final Limits limits;
  private final HeaderCount count;
  private final Harvest outer;
  private final Harvest inner;
  private Optional<String> chunkFolder = Optional.empty();
  private boolean bare;

  Wrapping(Limits limits) {
    this.limits = limits;
    this.count = new HeaderCount(limits.entries());
    this.outer = new Harvest(limits);
    this.inner = new Harvest(limits);
  }

  /**
   * Reads one file's tar and, if it wraps chunks, those.
   *
   * @param end where its bytes end, if that is known; else {@link Long#MAX_VALUE}
   */
  void read(int file, Window window, String what, long end, Passing passing) {
    requireTar(window, what, end == Long.MAX_VALUE ? "a tar" : "a tar, gzip or zstd file");
    outer.begin(what, file, window.position());
    Unwrapper unwrapper = new Unwrapper(window, what, file, passing);
    new TarReader(window, what, end, limits, count).read(unwrapper);
    bare |= !unwrapper.wraps;
    if (bare && chunkFolder.isPresent()) {
      throw new Spot(what, window.position())
          .refuse(
              Code.CHUNK_MIXED,
              "files that are chunks beside files that wrap chunks",
              "one form of carrying");
    }
  }

  /**
   * Takes a file that is content itself and no tar: named by its digest, or one that tells an OCI
   * image layout.
   */
  void plain(int file, Window window, String name, long size) {
    Extent extent = new Extent(file, 0, size);
    Spot spot = new Spot(name, 0);
    Optional<Digest> digest = Digest.named(name);
    if (digest.isPresent()) {
      new Collector(outer, window, file, Passing.UNSEEN).proven(digest.get().hex(), extent, spot);
    } else {
      outer.metadata(name, extent, spot);
    }
  }

  /** What the archive holds. */
  Harvest harvest() {
    return chunkFolder.isPresent() ? inner : outer;
  }

  /** Tells what is no tar from what is a tar cut short or spoilt. */
  private static void requireTar(Window window, String what, String expected) {
    Spot start = new Spot(what, window.position());
    if (TarReader.begins(window) || TarReader.blank(window)) {
      return;
    }
    Kind kind = Kind.of(window);
    if (kind == Kind.TAR) {
      // The reader says what is wrong with the header.
      return;
    }
    if (kind == Kind.UNKNOWN && !window.has(BLOCK) && mayBegin(window)) {
      throw start.refuse(Code.ARCHIVE_TRUNCATED, "less than one block of 512 bytes", expected);
    }
    throw start.refuse(Code.NOT_AN_ARCHIVE, kind.words(), expected);
  }

  /**
   * Whether less than a block may be what was left of one of ours: a header is padded with zeros.
   */
  private static boolean mayBegin(Window window) {
    int length = window.some();
    String text = new String(window.bytes(), window.at(), length, StandardCharsets.ISO_8859_1);
    return length < MAGIC
        || text.indexOf('\0') >= 0
        || (length <= NAME && BEGINNINGS.stream().anyMatch(text::startsWith));
  }

  /** Collects the entries of the outer tar and goes into chunks, one level deep. */
  private final class Unwrapper implements TarReader.Visitor {
    private final Window window;
    private final String what;
    private final int file;
    private final Passing passing;
    private final Collector beside;
    private boolean wraps;

    Unwrapper(Window window, String what, int file, Passing passing) {
      this.window = window;
      this.what = what;
      this.file = file;
      this.passing = passing;
      this.beside = new Collector(outer, window, file, passing);
    }

    @Override
    public void folder(EntryName name) {
      beside.folder(name);
    }

    @Override
    public void file(EntryName name, long size, Spot spot) {
      Optional<String> folder = Layout.chunkFolder(name);
      if (folder.isEmpty()) {
        beside.file(name, size, spot);
        return;
      }
      requireSame(folder.get(), spot);
      wraps = true;
      chunk(what + ", in " + Spot.shown(name.path()), size);
    }

    private void chunk(String chunk, long size) {
      if (size == 0) {
        throw new Spot(chunk, window.position())
            .refuse(Code.ARCHIVE_TRUNCATED, "a chunk of 0 bytes", "a tar");
      }
      requireTar(window, chunk, "a tar");
      inner.begin(chunk, file, window.position());
      new TarReader(window, chunk, window.position() + size, limits, count)
          .read(new Collector(inner, window, file, passing));
    }

    private void requireSame(String folder, Spot spot) {
      if (!chunkFolder.orElse(folder).equals(folder)) {
        throw spot.refuse(
            Code.CHUNK_MIXED,
            "chunks in the folders " + Spot.shown(chunkFolder.get()) + " and " + Spot.shown(folder),
            "the chunks of one run");
      }
      chunkFolder = Optional.of(folder);
    }
  }
}
