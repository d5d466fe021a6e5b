package landfall.archive.tar;

import java.util.Optional;
import java.util.OptionalLong;
import landfall.archive.Limits;
import landfall.archive.bytes.Spot;
import landfall.archive.bytes.Window;
import landfall.failure.Code;
import landfall.failure.Rejected;

/**
 * Reads one tar from its first header to its last zero, strictly.
 *
 * <p>The usual readers take a cut at an entry boundary, a single zeroed header or a wrong checksum
 * for a good archive or a good end. Here an archive ends with two zero blocks and nothing but zeros
 * behind them, or it does not end.
 */
public final class TarReader {
  private final Window window;
  private final String what;
  private final long end;
  private final Limits limits;
  private final HeaderCount count;
  private Optional<PaxRecords> extension = Optional.empty();
  private Optional<String> longName = Optional.empty();

  /**
   * A reader of the tar that begins where the window stands.
   *
   * @param what names the tar in refusals
   * @param end where the bytes of the tar end, if that is known; else {@link Long#MAX_VALUE}
   */
  public TarReader(Window window, String what, long end, Limits limits, HeaderCount count) {
    this.window = window;
    this.what = what;
    this.end = end;
    this.limits = limits;
    this.count = count;
  }

  /** Who wants to know what a tar holds. */
  public interface Visitor {
    /** A folder; there is nothing behind it. */
    void folder(EntryName name);

    /**
     * A file whose content lies ahead in the window; the visitor may read as much of it as it
     * likes, and leaves the complaint about a cut to the reader.
     *
     * @param spot where its header stands
     */
    void file(EntryName name, long size, Spot spot);
  }

  /** Whether the bytes ahead begin with a sound tar header, whatever its format. */
  public static boolean begins(Window ahead) {
    return ahead.has(TarHeader.BLOCK) && TarHeader.sound(ahead.bytes(), ahead.at());
  }

  /** Whether a block of zeros lies ahead, as in a tar without entries. */
  public static boolean blank(Window ahead) {
    return ahead.has(TarHeader.BLOCK) && TarHeader.zero(ahead.bytes(), ahead.at());
  }

  /** Reads all of it, to the end of its bytes. */
  public void read(Visitor visitor) {
    boolean any = false;
    while (true) {
      Spot spot = block();
      if (TarHeader.zero(window.bytes(), window.at())) {
        finish(any);
        return;
      }
      TarHeader header = TarHeader.parse(window.bytes(), window.at(), spot);
      window.advance(TarHeader.BLOCK);
      count.add(spot);
      entry(header, spot, visitor);
      any = true;
    }
  }

  private void entry(TarHeader header, Spot spot, Visitor visitor) {
    switch (header.type()) {
      case '0', '\0' -> file(header, spot, visitor);
      case '5' -> folder(header, spot, visitor);
      case 'x' -> {
        requireNone("a second extension of one entry");
        extension = Optional.of(PaxRecords.parse(payload(header, limits.extension(), spot), spot));
      }
      case 'g' -> {
        requireNone("a global PAX header between an extension and its entry");
        PaxRecords.parse(payload(header, limits.extension(), spot), spot).checkGlobal();
      }
      case 'L' -> {
        requireNone("a second extension of one entry");
        longName = Optional.of(unterminated(payload(header, limits.name() + 1, spot)));
      }
      default ->
          throw spot.refuse(
              Code.UNSAFE_ENTRY,
              EntryType.words(header.type()) + " named " + Spot.shown(header.name()),
              "regular files and folders only");
    }
  }

  private void file(TarHeader header, Spot spot, Visitor visitor) {
    EntryName name = name(header, spot);
    long size = size(header, spot);
    if (name.folder() && size == 0) {
      visitor.folder(name);
      return;
    }
    if (name.folder() || name.path().isEmpty()) {
      throw spot.refuse(
          Code.UNSAFE_ENTRY, "content under " + Spot.shown(header.name()), "the name of a file");
    }
    long behind = window.position() + size;
    visitor.file(name, size, spot);
    pass(behind - window.position(), "the rest of " + Spot.shown(name.path()));
    pad(size);
  }

  private void folder(TarHeader header, Spot spot, Visitor visitor) {
    EntryName name = name(header, spot);
    if (size(header, spot) != 0) {
      throw spot.refuse(
          Code.ARCHIVE_CORRUPT, "a folder of " + header.size() + " bytes", "a folder of none");
    }
    visitor.folder(name);
  }

  private EntryName name(TarHeader header, Spot spot) {
    String name = longName.or(() -> extension.flatMap(PaxRecords::path)).orElse(header.name());
    return EntryName.of(name, limits, spot);
  }

  /** Ends the extension: it held for this entry. */
  private long size(TarHeader header, Spot spot) {
    OptionalLong override = extension.map(PaxRecords::size).orElse(OptionalLong.empty());
    extension = Optional.empty();
    longName = Optional.empty();
    long size = override.orElse(header.size());
    long left = end - window.position();
    if (size > limits.total() || (override.isPresent() && size > left)) {
      throw spot.refuse(
          Code.ARCHIVE_CORRUPT,
          "a size of " + size + " bytes",
          "at most " + Math.min(left, limits.total()));
    }
    if (size > left) {
      throw spot.refuse(
          Code.ARCHIVE_TRUNCATED, "an entry of " + size + " bytes", "so many; there are " + left);
    }
    return size;
  }

  private String payload(TarHeader header, int most, Spot spot) {
    if (header.size() > most) {
      throw spot.refuse(
          Code.LIMIT_EXCEEDED,
          "an extended header of " + header.size() + " bytes",
          "at most " + most);
    }
    int size = (int) header.size();
    if (size > end - window.position() || !window.has(size)) {
      throw cut("the rest of an extended header");
    }
    String text = PaxRecords.latin(window.bytes(), window.at(), size);
    window.advance(size);
    pad(size);
    return text;
  }

  private static String unterminated(String text) {
    return text.endsWith("\0") ? text.substring(0, text.length() - 1) : text;
  }

  private void requireNone(String found) {
    if (extension.isPresent() || longName.isPresent()) {
      throw spot().refuse(Code.ARCHIVE_CORRUPT, found, "the entry it belongs to");
    }
  }

  private Spot block() {
    if (end - window.position() < TarHeader.BLOCK || !window.has(TarHeader.BLOCK)) {
      throw cut("a header or two zero blocks");
    }
    return spot();
  }

  /** The archive says it ends: one zero block is seen, one more and only zeros must follow. */
  private void finish(boolean any) {
    requireNone("the end of the archive after an extended header");
    window.advance(TarHeader.BLOCK);
    Spot second = block();
    if (!TarHeader.zero(window.bytes(), window.at())) {
      throw second.refuse(Code.ARCHIVE_CORRUPT, "data after one zeroed header", "a second one");
    }
    trail();
    if (!any) {
      throw second.refuse(Code.ARCHIVE_TRUNCATED, "zeros only", "at least one entry");
    }
  }

  private void trail() {
    while (window.position() < end && window.some() > 0) {
      int count = (int) Math.min(end - window.position(), window.some());
      for (int i = 0; i < count; i++) {
        if (window.bytes()[window.at() + i] != 0) {
          window.advance(i);
          throw spot()
              .refuse(Code.ARCHIVE_TRAILING_DATA, "data after the end of the tar", "only zeros");
        }
      }
      window.advance(count);
    }
  }

  private void pad(long size) {
    pass(-size & (TarHeader.BLOCK - 1), "padding");
  }

  private void pass(long count, String expected) {
    if (count > end - window.position() || !window.skip(count)) {
      throw cut(expected);
    }
  }

  private Rejected cut(String expected) {
    return spot().refuse(Code.ARCHIVE_TRUNCATED, "the end of the file", expected);
  }

  private Spot spot() {
    return new Spot(what, window.position());
  }
}
