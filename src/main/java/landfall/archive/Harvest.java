package landfall.archive;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import landfall.archive.bytes.Spot;
import landfall.failure.Code;
import landfall.failure.Rejected;

/** Gathers what one level of an archive's tars holds, and finds names that come twice. */
final class Harvest {
  private static final int FOREIGN = 256;
  private static final Pattern TELLING = Pattern.compile("[^/]+/(?:oci-layout|index\\.json)");
  private static final int TWICE = 100_000;

  private final Rows rows;
  private final List<Pair> pairs = new ArrayList<>();
  private final Set<String> foreignTops = new HashSet<>();
  private long links;
  private long folders;
  private long ignored;

  Harvest(Limits limits) {
    rows = new Rows(limits.names());
  }

  /** Two contents under one name; what they hold must be the same. */
  private record Pair(Extent first, Extent second, String name, Spot spot) {}

  void blob(String hex, Extent extent, Spot spot) {
    Optional<Extent> known = rows.blob(hex);
    if (known.isPresent()) {
      twice(known.get(), extent, "blob " + hex, spot);
    } else {
      rows.addBlob(hex, extent);
    }
  }

  void metadata(String name, Extent extent, Spot spot) {
    Optional<Extent> known = rows.entry(name);
    if (known.isPresent()) {
      twice(known.get(), extent, Spot.shown(name), spot);
    } else {
      rows.addEntry(name, extent, spot);
    }
  }

  void tag(TagLink link, Spot spot) {
    Optional<TagLink> known = rows.tag(link.repository(), link.tag());
    if (known.isEmpty()) {
      rows.addTag(link, spot);
    } else if (!known.get().equals(link)) {
      throw spot.refuse(
          Code.DUPLICATE_ENTRY,
          "tag " + link.repository() + ":" + link.tag() + " again, with " + link.digest(),
          known.get().digest() + " as before");
    }
  }

  void link() {
    links++;
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
        new Census(rows.blobCount(), rows.tagCount(), rows.entryCount(), links, folders, ignored));
  }

  private static Rejected differing(Pair pair) {
    return pair.spot()
        .refuse(
            Code.DUPLICATE_ENTRY,
            pair.name() + " again, with other content of " + pair.second().length() + " bytes",
            "the same content as before, " + pair.first().length() + " bytes");
  }
}
