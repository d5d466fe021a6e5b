package landfall.archive;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import landfall.archive.bytes.Spot;
import landfall.archive.packed.Names;
import landfall.archive.packed.Table;
import landfall.image.Digest;
import landfall.image.RepositoryName;
import landfall.image.Tag;

/** The tables of an index: blobs by digest, metadata by name, tags by repository and name. */
final class Rows {
  private static final int FILE = 0;
  private static final int OFFSET = 1;
  private static final int LENGTH = 2;
  private static final int NAME = 3;

  private final Table blobs = new Table(3);
  private final Table entries = new Table(4);
  private final Table tags = new Table(1);
  private final Names names;

  Rows(long mostNames) {
    names = new Names(mostNames);
  }

  Optional<Extent> blob(String hex) {
    return extent(blobs, blobs.find(Table.Key.ofName(hex)));
  }

  Optional<Extent> entry(String name) {
    return extent(entries, entries.find(Table.Key.ofName(name)));
  }

  Optional<TagLink> tag(RepositoryName repository, Tag tag) {
    int row = tags.find(Table.Key.ofName(repository + " " + tag));
    return row < 0 ? Optional.empty() : Optional.of(tagAt(row));
  }

  void addBlob(String hex, Extent extent) {
    blobs.add(Table.Key.ofName(hex), extent.file(), extent.offset(), extent.length());
  }

  void addEntry(String name, Extent extent, Spot spot) {
    entries.add(
        Table.Key.ofName(name),
        extent.file(),
        extent.offset(),
        extent.length(),
        names.add(name, spot));
  }

  /** Keeps the text 'repository tag hex': a space sorts before everything such names have. */
  void addTag(TagLink link, Spot spot) {
    String name = link.repository() + " " + link.tag();
    tags.add(Table.Key.ofName(name), names.add(name + " " + link.digest().hex(), spot));
  }

  int blobCount() {
    return blobs.size();
  }

  int entryCount() {
    return entries.size();
  }

  int tagCount() {
    return tags.size();
  }

  Table.Key blobKey(int row) {
    return blobs.key(row);
  }

  void addBlob(Table.Key key, Extent extent) {
    blobs.add(key, extent.file(), extent.offset(), extent.length());
  }

  Extent blobAt(int row) {
    return extent(blobs, row).orElseThrow();
  }

  Extent entryAt(int row) {
    return extent(entries, row).orElseThrow();
  }

  String entryName(int row) {
    return names.text(entries.value(NAME, row));
  }

  TagLink tagAt(int row) {
    return tagOf(tagText(row));
  }

  /** A tag as it is kept. */
  String tagText(int row) {
    return names.text(tags.value(0, row));
  }

  static TagLink tagOf(String text) {
    String[] parts = text.split(" ", -1);
    return new TagLink(new RepositoryName(parts[0]), new Tag(parts[1]), new Digest(parts[2]));
  }

  /** Ends the adding of many. */
  void trim() {
    blobs.trim();
    entries.trim();
    tags.trim();
  }

  int[] sortedEntries() {
    return sorted(entries.size(), row -> entries.value(NAME, row));
  }

  int[] sortedTags() {
    return sorted(tags.size(), row -> tags.value(0, row));
  }

  /** The order of {@link #sortedEntries}. */
  static int compare(String one, String other) {
    return Arrays.compareUnsigned(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  private int[] sorted(int count, IntToLongFunction name) {
    return IntStream.range(0, count)
        .boxed()
        .sorted((a, b) -> names.compare(name.applyAsLong(a), name.applyAsLong(b)))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static Optional<Extent> extent(Table table, int row) {
    return row < 0
        ? Optional.empty()
        : Optional.of(
            new Extent(
                (int) table.value(FILE, row), table.value(OFFSET, row), table.value(LENGTH, row)));
  }
}
