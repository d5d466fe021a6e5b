package landfall.arrive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import landfall.archive.ArchiveFile;
import landfall.failure.Code;
import landfall.failure.Waiting;
import landfall.folders.DurableFile;
import landfall.image.Digest;

/** Looks at what lies in a drop and tells whether its copy is complete. It never changes a file. */
public final class Drop {
  /** Folders that file systems keep for themselves. */
  private static final Set<String> OF_DISKS =
      Set.of("lost+found", "System Volume Information", "$RECYCLE.BIN");

  private static final Pattern CHUNK = Pattern.compile("mirror_(\\d{6})\\.tar");

  private final DropRules rules;
  private final Stillness stillness;

  public Drop(DropRules rules, Stillness stillness) {
    this.rules = rules;
    this.stillness = stillness;
  }

  /** Forgets what it remembers of a path; it went away. */
  void forget(Path source) {
    stillness.forget(source);
  }

  DropRules rules() {
    return rules;
  }

  /**
   * The dropped file or folder that a path in the drop belongs to.
   *
   * @return empty for checksum files, status files, and what is still being copied under a partial
   *     name
   */
  public static Optional<Path> candidate(Path drop, Path path) {
    if (!path.startsWith(drop) || path.equals(drop)) {
      return Optional.empty();
    }
    Path top = drop.resolve(drop.relativize(path).getName(0));
    String name = top.getFileName().toString();
    boolean ours =
        !Partial.isPartial(name)
            && !OF_DISKS.contains(name)
            && !Sidecars.isSidecar(name)
            && !name.endsWith(".status")
            && !name.endsWith(".asc")
            && !name.endsWith(".sig");
    return ours ? Optional.of(top) : Optional.empty();
  }

  /** Looks at a dropped file or folder. */
  public Look look(Path source) {
    try {
      return Files.isDirectory(source, LinkOption.NOFOLLOW_LINKS)
          ? lookAtFolder(source)
          : lookAtFile(source);
    } catch (IOException unreadable) {
      return Look.incomplete(source, false, List.of(), Unreadable.explain(source, unreadable));
    }
  }

  private Look lookAtFile(Path source) throws IOException {
    if (!Files.isRegularFile(source, LinkOption.NOFOLLOW_LINKS)) {
      return Look.incomplete(source, false, List.of(), unsafe(source));
    }
    List<ArchiveFile> files = List.of(ArchiveFile.of(source));
    Optional<Waiting> unreadable = Unreadable.check(files);
    if (unreadable.isPresent()) {
      return Look.incomplete(source, false, files, unreadable.get());
    }
    return complete(source, false, files, List.of(DurableFile.folderOf(source)));
  }

  private Look lookAtFolder(Path source) throws IOException {
    if (LayoutFolder.is(source)) {
      return lookAtLayout(source);
    }
    NavigableMap<Integer, Path> chunks = new TreeMap<>();
    Optional<Waiting> trouble = chunksOf(source, chunks);
    if (trouble.isPresent()) {
      return Look.incomplete(source, true, List.of(), trouble.get());
    }
    List<ArchiveFile> files = new ArrayList<>();
    for (Path chunk : chunks.values()) {
      files.add(ArchiveFile.of(chunk));
    }
    Optional<Waiting> notYet =
        Unreadable.check(files)
            .or(() -> gap(source, chunks))
            .or(() -> Unreadable.attempt(source, () -> listedButAbsent(source, files)));
    return notYet.isPresent()
        ? Look.incomplete(source, true, files, notYet.get())
        : complete(source, true, files, List.of(source, DurableFile.folderOf(source)));
  }

  private Look lookAtLayout(Path source) throws IOException {
    List<ArchiveFile> files = new ArrayList<>();
    for (Path file : LayoutFolder.files(source)) {
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        return Look.incomplete(source, true, List.of(), unsafe(file));
      }
      files.add(ArchiveFile.of(file));
    }
    Optional<Waiting> trouble =
        LayoutFolder.stillComing(source, files.size()).or(() -> Unreadable.check(files));
    return trouble.isPresent()
        ? Look.incomplete(source, true, files, trouble.get())
        : complete(source, true, files, List.of(source, DurableFile.folderOf(source)));
  }

  private static Optional<Waiting> chunksOf(Path folder, NavigableMap<Integer, Path> chunks)
      throws IOException {
    List<Path> entries;
    try (Stream<Path> listed = Files.list(folder)) {
      entries = listed.sorted().toList();
    }
    for (Path entry : entries) {
      String name = entry.getFileName().toString();
      Matcher chunk = CHUNK.matcher(name);
      if (chunk.matches() && !Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)) {
        return Optional.of(unsafe(entry));
      } else if (chunk.matches()) {
        chunks.put(Integer.parseInt(chunk.group(1)), entry);
      } else if (!name.startsWith(".") && Partial.isPartial(name)) {
        return Optional.of(
            new Waiting(Code.CHUNK_MISSING, entry + " is still being copied, going by its name"));
      }
    }
    return chunks.isEmpty()
        ? Optional.of(
            new Waiting(
                Code.CHUNK_MISSING,
                folder
                    + " holds no mirror_NNNNNN.tar and is no OCI image layout; "
                    + deeper(entries)
                        .map(inner -> "chunks lie in " + inner + ", which is the folder to bring")
                        .orElse(
                            "a folder brings chunks or a layout, any other archive is copied into"
                                + " the drop as a file")))
        : Optional.empty();
  }

  /** Who copies the folder around the folder with the chunks is told so. */
  private static Optional<Path> deeper(List<Path> entries) throws IOException {
    for (Path entry : entries) {
      if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
        try (Stream<Path> inner = Files.list(entry)) {
          if (inner.anyMatch(file -> CHUNK.matcher(file.getFileName().toString()).matches())) {
            return Optional.of(entry);
          }
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<Waiting> gap(Path folder, NavigableMap<Integer, Path> chunks) {
    List<String> missing = new ArrayList<>();
    for (int number = 1; number < chunks.lastKey() && missing.size() < 100; number++) {
      if (!chunks.containsKey(number)) {
        missing.add(String.format("mirror_%06d.tar", number));
      }
    }
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Waiting(
                Code.CHUNK_MISSING,
                folder + " lacks " + String.join(", ", missing) + " of its numbered chunks"));
  }

  private static Optional<Waiting> listedButAbsent(Path folder, List<ArchiveFile> files)
      throws IOException {
    Set<String> missing = Sidecars.namesListedIn(folder);
    missing.removeIf(name -> !CHUNK.matcher(name).matches());
    files.forEach(file -> missing.remove(String.valueOf(file.path().getFileName())));
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Waiting(
                Code.CHUNK_MISSING,
                folder
                    + " lacks "
                    + String.join(", ", missing)
                    + ", which its checksum list names"));
  }

  private Look complete(
      Path source, boolean chunked, List<ArchiveFile> files, List<Path> sidecarFolders)
      throws IOException {
    List<String> names =
        files.stream().map(file -> String.valueOf(file.path().getFileName())).toList();
    Checksums checksums = Sidecars.of(String.valueOf(source.getFileName()), names, sidecarFolders);
    List<ArchiveFile> watched = new ArrayList<>(files);
    for (String sidecar : checksums.sidecars()) {
      watched.add(ArchiveFile.of(Path.of(sidecar)));
    }
    Optional<Waiting> waiting = stillComing(source, files, watched, checksums);
    return new Look(source, chunked, files, checksums, waiting);
  }

  private Optional<Waiting> stillComing(
      Path source, List<ArchiveFile> files, List<ArchiveFile> watched, Checksums checksums) {
    boolean archiveStill = stillness.lasted(source, files, rules.settle());
    boolean allStill = stillness.lasted(source.resolve("+"), watched, rules.settle());
    if (!archiveStill || !allStill) {
      return Optional.of(
          new Waiting(
              Code.STILL_COPYING,
              source.getFileName()
                  + " is still being copied: it must stand still for "
                  + Words.of(rules.settle())));
    }
    long promised = checksums.promises().size();
    if (promised == files.size() || (!checksums.problem().isEmpty() && !isEmptyYet(checksums))) {
      return Optional.empty();
    }
    boolean provesItself =
        LayoutFolder.is(source) || Digest.named(String.valueOf(source.getFileName())).isPresent();
    return provesItself && !rules.sidecarRequired()
        ? Optional.empty()
        : sidecarMissing(source, files, checksums);
  }

  /** An empty checksum file is one that is about to be written. */
  private static boolean isEmptyYet(Checksums checksums) {
    return checksums.sidecars().stream()
        .map(Path::of)
        .anyMatch(path -> path.toFile().length() == 0);
  }

  private Optional<Waiting> sidecarMissing(
      Path source, List<ArchiveFile> files, Checksums checksums) {
    if (rules.sidecarRequired()) {
      return Optional.of(
          new Waiting(
              Code.SIDECAR_MISSING,
              (isEmptyYet(checksums)
                      ? "the checksum file is empty, none names "
                      : "no checksum file names ")
                  + source.getFileName()
                  + " (expected "
                  + source.getFileName()
                  + ".sha256 beside it); one is required here"));
    }
    boolean waited = stillness.lasted(source, files, rules.settle().plus(rules.sidecarWait()));
    return waited
        ? Optional.empty()
        : Optional.of(
            new Waiting(
                Code.SIDECAR_MISSING,
                "no checksum file names "
                    + source.getFileName()
                    + " yet; without one it starts "
                    + Words.of(rules.sidecarWait())
                    + " after its copy ended"));
  }

  private static Waiting unsafe(Path path) {
    return new Waiting(
        Code.UNSAFE_FILE,
        path + " is a link or special file, which is not followed; a regular file is expected");
  }
}
