package landfall.arrive;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import landfall.archive.ArchiveFile;
import landfall.failure.Code;
import landfall.ledger.Work;

/**
 * An archive that has come completely and is worked on where it lies.
 *
 * @param id what people and folders call it
 * @param name the name of the dropped file or folder
 * @param source the dropped file or folder
 * @param files the archive's files in order: one, or the chunks by number
 * @param chunked whether the source is a folder of chunks
 * @param checksums what checksum files said of it when it arrived
 * @param released what reviewers have accepted of it although a gate refused it
 * @param work the folder {@code work/<id>}
 * @param targets names of the targets this run is for
 */
public record Arrival(
    String id,
    String name,
    Path source,
    List<ArchiveFile> files,
    boolean chunked,
    Checksums checksums,
    Set<Code> released,
    Path work,
    List<String> targets)
    implements Work {
  public Arrival {
    files = List.copyOf(files);
    released = Set.copyOf(released);
    targets = List.copyOf(targets);
  }

  /** The same with its files as they are now. */
  public Arrival with(List<ArchiveFile> now) {
    return new Arrival(id, name, source, now, chunked, checksums, released, work, targets);
  }

  /** The same with what its checksum files say now. */
  public Arrival promised(Checksums now) {
    return new Arrival(id, name, source, files, chunked, now, released, work, targets);
  }

  @Override
  public String archive() {
    return id;
  }
}
