package landfall.rebuild;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import landfall.archive.ArchiveFile;
import landfall.arrive.Checksums;
import landfall.arrive.Drop;
import landfall.arrive.DropRules;
import landfall.arrive.Look;
import landfall.arrive.Stillness;
import landfall.folders.DataFolder;
import landfall.report.Receipt;

/**
 * Where an archive lies now.
 *
 * @param there false: nowhere we know; the rest then says where it would lie
 */
record Located(
    Path source,
    List<ArchiveFile> files,
    boolean chunked,
    boolean inPlace,
    String promises,
    boolean there) {

  /**
   * Looks for the archive of a receipt.
   *
   * @param named a place outside the data folder that {@code why.yaml} names
   */
  static Located of(Receipt receipt, DataFolder folder, Optional<Path> named) {
    String id = receipt.archive().id();
    String name = receipt.archive().name();
    Path done = folder.done(id).resolve(name);
    Optional<Path> inDrop =
        Optional.of(folder.drop().resolve(name)).filter(path -> underWay(receipt));
    return Stream.of(Optional.of(done), Optional.of(folder.quarantine(id).resolve(name)), inDrop)
        .flatMap(Optional::stream)
        .flatMap(path -> look(path, false, receipt).stream())
        .findFirst()
        .or(() -> named.flatMap(path -> look(path, true, receipt)))
        .orElseGet(() -> gone(done, receipt));
  }

  /** What has ended and lies in the drop still cannot be told from a new copy of that name. */
  private static boolean underWay(Receipt receipt) {
    return !receipt.ended();
  }

  private static Optional<Located> look(Path path, boolean inPlace, Receipt receipt) {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    Look look = new Drop(DropRules.atOnce(false), new Stillness(() -> 0)).look(path);
    long bytes = look.files().stream().mapToLong(ArchiveFile::size).sum();
    return look.files().isEmpty() || bytes != receipt.archive().bytes()
        ? Optional.empty()
        : Optional.of(
            new Located(
                path, look.files(), look.chunked(), inPlace, look.checksums().toJson(), true));
  }

  private static Located gone(Path path, Receipt receipt) {
    return new Located(
        path,
        List.of(new ArchiveFile(path, receipt.archive().bytes(), 0, 0, "")),
        false,
        false,
        Checksums.NONE.toJson(),
        false);
  }
}
