package landfall.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import landfall.image.Digest;
import landfall.image.RawManifest;
import landfall.image.RepositoryName;
import landfall.image.Tag;

/**
 * What the registry holds, on disk.
 *
 * <pre>
 * content/HEX                             blobs and manifests, once each
 * repositories/NAME/_blobs/HEX            empty: this repository shows the blob
 * repositories/NAME/_manifests/HEX        the media type of a manifest this repository shows
 * repositories/NAME/_tags/TAG             the digest a tag points to
 * unfinished/UUID                         what is still being received
 * </pre>
 *
 * <p>No part of a repository's name starts with an underscore. Every file appears whole, by rename.
 */
final class Store {
  private final Path content;
  private final Path repositories;
  private final Path unfinished;

  private Store(Path folder) {
    this.content = folder.resolve("content");
    this.repositories = folder.resolve("repositories");
    this.unfinished = folder.resolve("unfinished");
  }

  /** Opens or creates the store below {@code folder} and forgets what was not finished there. */
  static Store open(Path folder) throws IOException {
    Store store = new Store(folder);
    Files.createDirectories(store.content);
    Files.createDirectories(store.repositories);
    Files.createDirectories(store.unfinished);
    for (Path left : listed(store.unfinished)) {
      Files.deleteIfExists(left);
    }
    return store;
  }

  /** A new empty file to receive into. */
  Path receive() throws IOException {
    return Files.createFile(unfinished.resolve(UUID.randomUUID().toString()));
  }

  Optional<Path> blob(RepositoryName repository, Digest digest) {
    Path file = content.resolve(digest.hex());
    return Files.exists(link(repository, "_blobs", digest.hex())) && Files.exists(file)
        ? Optional.of(file)
        : Optional.empty();
  }

  /** Takes over a received file whose digest was checked. */
  void keepBlob(RepositoryName repository, Digest digest, Path received) throws IOException {
    move(received, content.resolve(digest.hex()));
    showBlob(repository, digest);
  }

  /** Lets a repository show a blob that another one has. */
  void showBlob(RepositoryName repository, Digest digest) throws IOException {
    write(folder(repository).resolve("_blobs"), digest.hex(), new byte[0]);
  }

  boolean hasManifest(RepositoryName repository, Digest digest) {
    return Files.exists(link(repository, "_manifests", digest.hex()));
  }

  /** A manifest byte for byte as it came; one that a power cut damaged is not there. */
  Optional<RawManifest> manifest(RepositoryName repository, Digest digest) throws IOException {
    Optional<byte[]> mediaType = read(link(repository, "_manifests", digest.hex()));
    Optional<byte[]> bytes = read(content.resolve(digest.hex()));
    return mediaType
        .flatMap(type -> bytes.map(all -> new RawManifest(new String(type, UTF_8), all)))
        .filter(manifest -> manifest.digest().equals(digest));
  }

  void keepManifest(RepositoryName repository, RawManifest manifest) throws IOException {
    String hex = manifest.digest().hex();
    write(content, hex, manifest.bytes());
    write(folder(repository).resolve("_manifests"), hex, manifest.mediaType().getBytes(UTF_8));
  }

  Optional<Digest> tagged(RepositoryName repository, Tag tag) throws IOException {
    return read(link(repository, "_tags", tag.name()))
        .map(bytes -> Digest.parse(new String(bytes, UTF_8)));
  }

  void tag(RepositoryName repository, Tag tag, Digest digest) throws IOException {
    write(folder(repository).resolve("_tags"), tag.name(), digest.toString().getBytes(UTF_8));
  }

  /** Whether a manifest was ever stored in the repository. */
  boolean knows(RepositoryName repository) {
    return Files.exists(folder(repository).resolve("_manifests"));
  }

  /** In the order of the characters' codes, as all lists here. */
  List<String> tags(RepositoryName repository) throws IOException {
    Path folder = folder(repository).resolve("_tags");
    return Files.exists(folder)
        ? listed(folder).stream().map(file -> String.valueOf(file.getFileName())).sorted().toList()
        : List.of();
  }

  /** The repositories that {@link #knows} is true of. */
  List<String> repositories() throws IOException {
    List<String> names = new ArrayList<>();
    collect(repositories, "", names);
    Collections.sort(names);
    return names;
  }

  private static void collect(Path folder, String prefix, List<String> names) throws IOException {
    for (Path child : listed(folder)) {
      String name = String.valueOf(child.getFileName());
      if (name.startsWith("_")) {
        continue;
      }
      if (Files.exists(child.resolve("_manifests"))) {
        names.add(prefix + name);
      }
      collect(child, prefix + name + "/", names);
    }
  }

  private Path folder(RepositoryName repository) {
    return repositories.resolve(repository.path());
  }

  private Path link(RepositoryName repository, String kind, String name) {
    return folder(repository).resolve(kind).resolve(name);
  }

  private void write(Path folder, String name, byte[] bytes) throws IOException {
    Files.createDirectories(folder);
    Path received = receive();
    Files.write(received, bytes);
    move(received, folder.resolve(name));
  }

  private static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
  }

  private static Optional<byte[]> read(Path file) throws IOException {
    try {
      return Optional.of(Files.readAllBytes(file));
    } catch (NoSuchFileException absent) {
      return Optional.empty();
    }
  }

  private static List<Path> listed(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }
}
