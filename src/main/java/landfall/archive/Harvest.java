package landfall.archive;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import landfall.archive.bytes.Spot;
import landfall.archive.packed.Table;
import landfall.failure.Code;
import landfall.failure.Rejected;

/** Gathers what one level of an archive's tars holds, and finds names that come twice. */
final class Harvest {
  private static final int FOREIGN = 256;
  private static final String BLOB = "blob ";
  private static final Pattern TELLING = Pattern.compile("[^/]+/(?:oci-layout|index\\.json)");
  private static final int TWICE = 100_000;

  private final Rows rows;
  private final List<Pair> pairs = new ArrayList<>();
  private final Chunks chunks = new Chunks();
  private final Table linked = new Table(0);
  private final Set<String> foreignTops = new HashSet<>();
  private long links;
  private long folders;
  private long ignored;

  Harvest(Limits limits) {
    rows = new Rows(limits.names());
  }

  /** Two contents under one name; what they hold must be the same. */
  private record Pair(Extent first, Extent second, String name, Spot spot) {}

  /** What comes from now on lies in another chunk. */
  void begin(String chunk, int file, long start) {
    chunks.begin(chunk, file, start);
  }

  void blob(String hex, Extent extent, Spot spot) {
    Optional<Extent> known = rows.blob(hex);
    if (known.isPresent()) {
      twice(known.get(), extent, BLOB + hex, spot);
    } else {
      rows.addBlob(hex, extent);
    }
  }

  void metadata(String name, Extent extent, Spot spot) {
    Optional<Extent> known = rows.entry(name);
    if (known.isPresent()) {
      twice(known.get(), extent, Spot.shown(name), spot);
    } else {
      chunks.configuration(name, spot);
      rows.addEntry(name, extent, spot);
    }
  }

  void tag(TagLink link, Spot spot) {
    Optional<TagLink> known = rows.tag(link.repository(), link.tag());
    if (known.isEmpty()) {
      rows.addTag(link, spot);
      name(link.digest().hex());
    } else if (!known.get().equals(link)) {
      String found =
          "tag " + link.repository() + ":" + link.tag() + " again, with " + link.digest();
      if (chunks.several()) {
        throw Chunks.mixed(found + ", before with " + known.get().digest(), spot);
      }
      throw spot.refuse(Code.DUPLICATE_ENTRY, found, known.get().digest() + " as before");
    }
  }

  void link(String hex) {
    links++;
    name(hex);
  }

  private void name(String hex) {
    Table.Key key = Table.Key.ofName(hex);
    if (linked.find(key) < 0) {
      linked.add(key);
    }
  }

  private long unlinked() {
    return IntStream.range(0, rows.blobCount())
        .filter(row -> linked.find(rows.blobKey(row)) < 0)
        .count();
  }

  void folder() {
    folders++;
  }

  void ignore() {
    ignored++;
  }

  /**
   * Of foreign trees the first entry below each top is kept, and what looks like a chunk in another
   * dress or tells an OCI image layout, so that a person can be told what it is.
   */
  void foreign(String name, boolean readable, Extent extent, Spot spot) {
    ignored++;
    int slash = name.indexOf('/');
    boolean telling = name.contains("/mirror_") || TELLING.matcher(name).matches();
    String top = slash < 0 || telling ? name : name.substring(0, slash);
    if (readable && foreignTops.size() < FOREIGN && foreignTops.add(top)) {
      metadata(name, extent, spot);
    }
  }

  private void twice(Extent first, Extent second, String name, Spot spot) {
    if (first.length() != second.length()) {
      throw differing(new Pair(first, second, name, spot));
    }
    if (pairs.size() == TWICE) {
      throw spot.refuse(Code.LIMIT_EXCEEDED, "a further name that comes twice", "at most " + TWICE);
    }
    pairs.add(new Pair(first, second, name, spot));
  }

  /** The finished index, once all that came twice is proven to be the same. */
  Index index(List<ArchiveFile> files) {
    StoredFiles stored = new StoredFiles(files);
    for (Pair pair : pairs) {
      if (!Same.bytes(stored, pair.first(), pair.second())) {
        throw differing(pair);
      }
    }
    return new Index(
        rows,
        files,
        new Census(
            rows.blobCount(),
            rows.tagCount(),
            rows.entryCount(),
            links,
            folders,
            ignored,
            unlinked()));
  }

  private Rejected differing(Pair pair) {
    if (chunks.apart(pair.first(), pair.second()) && !pair.name().startsWith(BLOB)) {
      return Chunks.mixed(
          pair.name() + " again, with other content than in " + chunks.of(pair.first()),
          pair.spot());
    }
    return pair.spot()
        .refuse(
            Code.DUPLICATE_ENTRY,
            pair.name() + " again, with other content of " + pair.second().length() + " bytes",
            "the same content as before, " + pair.first().length() + " bytes");
  }

  /**
   * Where each chunk begins, and what tells that chunks are of two runs: one run writes each name
   * once, and one image set configuration.
   */
  private static final class Chunks {
    private static final int MOST = 10_000;
    private static final String CONFIGURATION = "isc_";

    private final List<Chunk> begun = new ArrayList<>();
    private Optional<Configuration> configuration = Optional.empty();

    private record Chunk(String what, int file, long start) {}

    private record Configuration(String name, String chunk) {}

    void begin(String what, int file, long start) {
      if (begun.size() == MOST) {
        throw new Spot(what, start)
            .refuse(Code.LIMIT_EXCEEDED, "a further chunk", "at most " + MOST);
      }
      begun.add(new Chunk(what, file, start));
    }

    boolean several() {
      return begun.size() > 1;
    }

    boolean apart(Extent one, Extent other) {
      return !of(one).equals(of(other));
    }

    /** The chunk that holds an extent. */
    String of(Extent extent) {
      String holder = "";
      for (Chunk chunk : begun) {
        boolean before = chunk.file() < extent.file();
        if (before || (chunk.file() == extent.file() && chunk.start() <= extent.offset())) {
          holder = chunk.what();
        }
      }
      return holder;
    }

    void configuration(String name, Spot spot) {
      if (!name.startsWith(CONFIGURATION)) {
        return;
      }
      String chunk = begun.get(begun.size() - 1).what();
      configuration
          .filter(first -> !first.chunk().equals(chunk))
          .ifPresent(
              first -> {
                throw mixed(name + ", and " + first.name() + " in " + first.chunk(), spot);
              });
      configuration = Optional.of(new Configuration(name, chunk));
    }

    static Rejected mixed(String found, Spot spot) {
      return spot.refuse(Code.CHUNK_MIXED, found, "the chunks of one run of oc-mirror");
    }
  }
}
