package landfall.arrive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import landfall.archive.ArchiveFile;
import landfall.arrive.ChecksumFile.Algorithm;
import landfall.arrive.ChecksumFile.Line;
import landfall.arrive.Checksums.Promise;
import landfall.folders.DurableFile;

/**
 * Finds what checksum files say of an archive. A checksum file belongs to an archive when a line in
 * it names one of its files, or when it bears the archive's name and names no other.
 */
public final class Sidecars {
  private static final List<String> EXTENSIONS =
      List.of(".sha256", ".sha512", ".sha256sum", ".sha512sum");
  private static final Set<String> LISTS =
      Set.of("sha256sums", "sha512sums", "sha256sum.txt", "sha512sum.txt");

  private Sidecars() {}

  /** Whether a file of that name is a checksum file, by its name. */
  public static boolean isSidecar(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return LISTS.contains(lower) || EXTENSIONS.stream().anyMatch(lower::endsWith);
  }

  /**
   * Everything that checksum files in the folders say of the files of one archive.
   *
   * @param archive name of the dropped file or folder
   * @param files names of the archive's files
   * @throws IOException when a folder or a checksum file cannot be read
   */
  public static Checksums of(String archive, List<String> files, List<Path> folders)
      throws IOException {
    Map<String, Promise> promises = new LinkedHashMap<>();
    Set<String> used = new LinkedHashSet<>();
    List<String> problems = new ArrayList<>();
    for (Path sidecar : in(folders)) {
      Said said = said(sidecar, archive, files);
      said.problem().ifPresent(problems::add);
      if (said.problem().isPresent() || !said.promises().isEmpty()) {
        used.add(sidecar.toString());
      }
      said.promises().forEach(promise -> merge(promises, promise, problems));
    }
    return new Checksums(
        List.copyOf(promises.values()), List.copyOf(used), String.join("; ", problems));
  }

  /**
   * What the checksum files beside an archive, or in it, say of it now.
   *
   * @throws IOException when a folder or a checksum file cannot be read
   */
  public static Checksums of(Path source, List<ArchiveFile> files) throws IOException {
    Path beside = DurableFile.folderOf(source);
    return of(
        fileName(source.toString()),
        files.stream().map(file -> fileName(file.path().toString())).toList(),
        Files.isDirectory(source) ? List.of(source, beside) : List.of(beside));
  }

  /**
   * Whether a checksum file is this archive's alone.
   *
   * @throws IOException when it cannot be read
   */
  public static boolean speaksOnlyOf(Path sidecar, Path source, List<ArchiveFile> files)
      throws IOException {
    Set<String> own = new LinkedHashSet<>();
    files.forEach(file -> own.add(fileName(file.path().toString())));
    boolean namesake = isNamesake(fileName(sidecar.toString()), fileName(source.toString()));
    return read(sidecar).stream()
        .flatMap(file -> file.lines().stream())
        .allMatch(line -> line.name().map(name -> namesake || own.contains(name)).orElse(true));
  }

  /**
   * Names of files that checksum files in a folder speak of.
   *
   * @throws IOException when a checksum file cannot be read
   */
  static Set<String> namesListedIn(Path folder) throws IOException {
    Set<String> names = new LinkedHashSet<>();
    for (Path sidecar : in(List.of(folder))) {
      read(sidecar)
          .ifPresent(file -> file.lines().forEach(line -> line.name().ifPresent(names::add)));
    }
    return names;
  }

  /** Regular checksum files of the folders, by name; links are not followed. */
  static List<Path> in(List<Path> folders) throws IOException {
    List<Path> found = new ArrayList<>();
    for (Path folder : folders) {
      try (Stream<Path> entries = Files.list(folder)) {
        entries
            .filter(path -> isSidecar(path.getFileName().toString()))
            .filter(path -> !Partial.isPartial(path.getFileName().toString()))
            .filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
            .sorted()
            .forEach(found::add);
      }
    }
    return found;
  }

  private static void merge(Map<String, Promise> promises, Promise promise, List<String> problems) {
    Promise before = promises.putIfAbsent(promise.file(), promise);
    boolean comparable = before != null && before.isSha512() == promise.isSha512();
    if (before != null && comparable && !before.hex().equals(promise.hex())) {
      problems.add(
          "two checksums for "
              + promise.file()
              + ": "
              + before.hex()
              + " in "
              + fileName(before.sidecar())
              + " and "
              + promise.hex()
              + " in "
              + fileName(promise.sidecar()));
    }
  }

  private static Said said(Path sidecar, String archive, List<String> files) throws IOException {
    boolean namesake = isNamesake(sidecar.getFileName().toString(), archive);
    Optional<ChecksumFile> read = read(sidecar);
    if (read.isEmpty()) {
      return namesake ? Said.problem(sidecar, "is larger than any checksum file") : Said.NOTHING;
    }
    List<Promise> promises = new ArrayList<>();
    for (String file : files) {
      for (Line line : read.get().naming(file)) {
        if (!namesake && isForAnotherFolder(line, sidecar, archive, files)) {
          continue;
        }
        if (line.algorithm() == Algorithm.UNSUPPORTED) {
          return Said.problem(sidecar, "holds no SHA-256 or SHA-512 for " + file);
        }
        promises.add(new Promise(file, line.hex(), sidecar.toString()));
      }
    }
    return promises.isEmpty() && namesake
        ? byName(sidecar, read.get(), files)
        : new Said(promises, Optional.empty());
  }

  /**
   * All chunks bear the same few names: beside a folder, only a line with its name speaks of it.
   */
  private static boolean isForAnotherFolder(
      Line line, Path sidecar, String archive, List<String> files) {
    boolean beside = !archive.equals(fileName(String.valueOf(sidecar.getParent())));
    boolean chunks = !files.contains(archive);
    return chunks && beside && line.folder().filter(archive::equals).isEmpty();
  }

  /**
   * A checksum file that bears the archive's name but not in its lines: a renamed copy, or bare.
   */
  private static Said byName(Path sidecar, ChecksumFile read, List<String> files) {
    if (read.lines().isEmpty()) {
      return Said.problem(sidecar, "holds no line with a checksum");
    }
    if (read.lines().size() > 1 || files.size() != 1) {
      return Said.problem(sidecar, "names other files only");
    }
    Line line = read.lines().get(0);
    boolean anothers =
        line.name()
            .filter(name -> Files.exists(sidecar.resolveSibling(name), LinkOption.NOFOLLOW_LINKS))
            .isPresent();
    if (anothers) {
      return Said.NOTHING;
    }
    if (line.algorithm() == Algorithm.UNSUPPORTED) {
      return Said.problem(sidecar, "holds no SHA-256 or SHA-512");
    }
    return new Said(
        List.of(new Promise(files.get(0), line.hex(), sidecar.toString())), Optional.empty());
  }

  private static boolean isNamesake(String sidecar, String archive) {
    return EXTENSIONS.stream()
        .anyMatch(
            extension ->
                sidecar.equals(archive + extension)
                    || sidecar.equals(Label.withoutExtension(archive) + extension));
  }

  private static Optional<ChecksumFile> read(Path sidecar) throws IOException {
    try (InputStream in = Files.newInputStream(sidecar, LinkOption.NOFOLLOW_LINKS)) {
      byte[] bytes = in.readNBytes(ChecksumFile.LARGEST + 1);
      return bytes.length > ChecksumFile.LARGEST
          ? Optional.empty()
          : Optional.of(ChecksumFile.parse(new String(bytes, StandardCharsets.UTF_8)));
    }
  }

  private static String fileName(String path) {
    return String.valueOf(Path.of(path).getFileName());
  }

  /** What one checksum file says of one archive. */
  private record Said(List<Promise> promises, Optional<String> problem) {
    static final Said NOTHING = new Said(List.of(), Optional.empty());

    static Said problem(Path sidecar, String text) {
      return new Said(List.of(), Optional.of(sidecar.getFileName() + " " + text));
    }
  }
}
