package landfall.campaign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A made archive and what an independent eye expects of its delivery.
 *
 * @param source the file, or the folder of chunks, with its checksum file beside or in it
 * @param tags {@code repository:tag} to digest, without any prefix
 * @param blobs of each repository, digest to bytes: layers and configurations
 * @param manifests of each repository, digest to bytes
 * @param tarBytes of the tar once decompressed
 */
public record Sample(
    String name,
    Shape shape,
    Path source,
    Map<String, String> tags,
    Map<String, Map<String, Long>> blobs,
    Map<String, Map<String, Long>> manifests,
    long tarBytes) {

  /** The name the archive has in a drop and in the ledger. */
  public String file() {
    return source.getFileName().toString();
  }

  /** Bytes of all distinct blobs. */
  public long payload() {
    return blobs.values().stream()
        .flatMap(each -> each.entrySet().stream())
        .distinct()
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /** Copies the archive into a drop, its checksum file last. */
  public void dropInto(Path drop) throws IOException {
    dropInto(drop, file());
  }

  /** Copies it under another name, with a checksum file that names that one. */
  void dropInto(Path drop, String name) throws IOException {
    if (shape == Shape.CHUNKS) {
      Path folder = Files.createDirectories(drop.resolve(name));
      for (Path chunk : chunks()) {
        Files.copy(chunk, folder.resolve(chunk.getFileName().toString()));
      }
      Files.copy(source.resolve("SHA256SUMS.sha256"), folder.resolve("SHA256SUMS.sha256"));
      return;
    }
    Files.copy(source, drop.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    String sum = Files.readString(sidecar()).replace(file(), name);
    Files.writeString(drop.resolve(name + ".sha256"), sum);
  }

  public Path sidecar() {
    return source.resolveSibling(file() + ".sha256");
  }

  private List<Path> chunks() throws IOException {
    try (Stream<Path> files = Files.list(source)) {
      return files.filter(file -> file.toString().endsWith(".tar")).sorted().toList();
    }
  }
}
