package landfall.open;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import landfall.archive.Contents;
import landfall.archive.Extent;
import landfall.failure.Code;
import landfall.failure.Rejected;
import landfall.image.Digest;

/** What earlier archives of the same workspace have carried, as an archive lists it (AF§1.6). */
public final class History {
  private static final String FILES = "working-dir/.history/.history-";
  private static final int LARGEST_FILE = 36 << 20;
  private static final int MOST = 500_000;

  private final String archive;
  private final Contents contents;

  private History(String archive, Contents contents) {
    this.archive = archive;
    this.contents = contents;
  }

  /** The union of all lists: which of them a run was based on is not recorded. */
  static Set<Digest> digests(String archive, Contents contents) {
    Set<Digest> digests = new HashSet<>();
    History history = new History(archive, contents);
    for (String name : contents.entries(FILES)) {
      history.read(name, digests::add);
      if (digests.size() > MOST) {
        throw new Rejected(
            Code.LIMIT_EXCEEDED,
            archive + ": " + name + ": more than " + MOST + " digests of earlier runs");
      }
    }
    return digests;
  }

  /** When the newest list was written that an archive ships, going by its name. */
  public static Optional<Instant> newest(Opened opened) {
    return opened.contents().entries(FILES).stream()
        .flatMap(name -> time(name).stream())
        .max(Instant::compareTo);
  }

  /**
   * When the archives were written that carried content: the dates of the oldest lists that name
   * it. Content that only a list without a date names has none.
   */
  public static Map<Digest, Instant> carried(Opened opened, Collection<Digest> wanted) {
    History history = new History(opened.arrival().name(), opened.contents());
    Set<Digest> looked = new HashSet<>(wanted);
    Map<Digest, Instant> carried = new HashMap<>();
    history
        .dated()
        .forEach(
            (name, written) ->
                history.read(
                    name,
                    digest -> {
                      if (looked.contains(digest)) {
                        carried.merge(digest, written, History::earlier);
                      }
                    }));
    return carried;
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private Map<String, Instant> dated() {
    Map<String, Instant> dated = new LinkedHashMap<>();
    List<String> names = contents.entries(FILES);
    names.forEach(name -> time(name).ifPresent(written -> dated.put(name, written)));
    return dated;
  }

  private static Optional<Instant> time(String name) {
    try {
      return Optional.of(OffsetDateTime.parse(name.substring(FILES.length())).toInstant());
    } catch (DateTimeException noTime) {
      return Optional.empty();
    }
  }

  private void read(String file, Consumer<Digest> taken) {
    Extent extent = contents.entry(file).orElseThrow();
    String text = Opener.text(archive, file, contents.read(extent, LARGEST_FILE));
    int line = 0;
    int at = 0;
    while (at < text.length()) {
      int newline = text.indexOf('\n', at);
      int end = newline < 0 ? text.length() : newline;
      line++;
      if (end > at) {
        taken.accept(digest(file, line, text.substring(at, end)));
      }
      at = end + 1;
    }
  }

  private Digest digest(String file, int line, String text) {
    try {
      return Digest.parse(text);
    } catch (IllegalArgumentException invalid) {
      throw new Rejected(
          Code.MANIFEST_INVALID,
          archive
              + ": "
              + file
              + ", line "
              + line
              + " is no digest, expected sha256:<64 lower-case hex>",
          "file: " + file,
          "line: " + line);
    }
  }
}
