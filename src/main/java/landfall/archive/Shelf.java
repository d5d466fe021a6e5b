package landfall.archive;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import landfall.archive.packed.Table;
import landfall.image.Digest;

/**
 * Where wanted content lies in several archives, packed: each digest once, in the archive that was
 * put up first.
 */
public final class Shelf {
  private static final int FILE = 0;
  private static final int OFFSET = 1;
  private static final int LENGTH = 2;

  private final Table pieces = new Table(3);
  private final List<ArchiveFile> files = new ArrayList<>();

  /** Puts up what a scan found of the wanted digests and the shelf does not have yet. */
  public void add(Scan scan, Collection<Digest> wanted) {
    if (!(scan.contents() instanceof Index index)) {
      throw new IllegalArgumentException("only a scan of this package can be put up");
    }
    int first = files.size();
    files.addAll(index.files());
    for (Digest digest : wanted) {
      Optional<Extent> extent = index.blob(digest);
      Table.Key key = Table.Key.ofName(digest.hex());
      if (extent.isPresent() && pieces.find(key) < 0) {
        pieces.add(key, first + extent.get().file(), extent.get().offset(), extent.get().length());
      }
    }
  }

  /** Where the content of a digest lies. */
  public Optional<Piece> piece(Digest digest) {
    int row = pieces.find(Table.Key.ofName(digest.hex()));
    return row < 0
        ? Optional.empty()
        : Optional.of(
            new Piece(
                files.get((int) pieces.value(FILE, row)),
                pieces.value(OFFSET, row),
                pieces.value(LENGTH, row)));
  }
}
