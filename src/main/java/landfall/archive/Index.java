package landfall.archive;

import java.io.IOException;
import java.io.InputStream;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.RandomAccess;
import landfall.image.Digest;
import landfall.image.RepositoryName;
import landfall.image.Tag;

/** What an archive holds, packed: a million entries take some tens of megabytes. */
final class Index implements Contents {
  private final Rows rows;
  private final StoredFiles files;
  private final Census census;
  private final int[] entriesByName;
  private final int[] tagsByName;

  Index(Rows rows, List<ArchiveFile> files, Census census) {
    rows.trim();
    this.rows = rows;
    this.files = new StoredFiles(files);
    this.census = census;
    this.entriesByName = rows.sortedEntries();
    this.tagsByName = rows.sortedTags();
  }

  /** Of nothing, for a scan that was refused. */
  static Index empty() {
    return new Index(new Rows(0), List.of(), Census.NONE);
  }

  /** The same, of the same files at other places. */
  Index at(List<ArchiveFile> places) {
    return new Index(rows, places, census);
  }

  Rows rows() {
    return rows;
  }

  /** The files the extents point into: the archive's own, or the spools of compressed ones. */
  List<ArchiveFile> files() {
    return files.files();
  }

  @Override
  public Optional<Extent> blob(Digest digest) {
    return rows.blob(digest.hex());
  }

  @Override
  public Optional<Extent> entry(String name) {
    return rows.entry(name);
  }

  @Override
  public List<String> entries(String prefix) {
    List<String> found = new ArrayList<>();
    for (int i = first(prefix); i < entriesByName.length; i++) {
      String name = rows.entryName(entriesByName[i]);
      if (!name.startsWith(prefix)) {
        break;
      }
      found.add(name);
    }
    return found;
  }

  @Override
  public List<TagLink> tags() {
    return new Tags();
  }

  @Override
  public Optional<Digest> tag(RepositoryName repository, Tag tag) {
    return rows.tag(repository, tag).map(TagLink::digest);
  }

  @Override
  public Census census() {
    return census;
  }

  @Override
  public byte[] read(Extent extent, int most) {
    return files.read(extent, most);
  }

  @Override
  public InputStream stream(Extent extent, long offset) throws IOException {
    return files.stream(extent, offset);
  }

  /** Where names that are not before {@code prefix} begin. */
  private int first(String prefix) {
    int low = 0;
    int high = entriesByName.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (Rows.compare(rows.entryName(entriesByName[middle]), prefix) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Tags are unpacked when they are looked at: an archive may have very many. */
  private final class Tags extends AbstractList<TagLink> implements RandomAccess {
    @Override
    public TagLink get(int i) {
      return rows.tagAt(tagsByName[i]);
    }

    @Override
    public int size() {
      return tagsByName.length;
    }
  }
}
