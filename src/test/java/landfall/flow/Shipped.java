package landfall.flow;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.zip.GZIPOutputStream;
import landfall.archive.TarBuilder;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * What a real archive carried, taken apart: the differential archive oc-mirror would write next,
 * and the blobs it would leave out, in every form a person may carry them.
 */
record Shipped(TarBuilder rest, Map<String, byte[]> blobs) {
  /** When the run ended that carried the blobs. */
  static final String DATE = "2026-11-22T17:45:38Z";

  static Shipped of(Path archive) throws IOException {
    return of(archive, (name, content) -> {});
  }

  /**
   * @param entry told of every entry but blobs, before it is put into the differential archive
   */
  static Shipped of(Path archive, BiConsumer<String, byte[]> entry) throws IOException {
    TarBuilder rest = new TarBuilder();
    Map<String, byte[]> blobs = new TreeMap<>();
    try (TarArchiveInputStream entries = new TarArchiveInputStream(Files.newInputStream(archive))) {
      for (TarArchiveEntry next = entries.getNextEntry();
          next != null;
          next = entries.getNextEntry()) {
        byte[] content = entries.readAllBytes();
        if (next.getName().contains("/blobs/sha256/") && next.getName().endsWith("/data")) {
          blobs.put(next.getName().replaceAll(".*/(\\p{XDigit}{64})/data", "$1"), content);
        } else if (next.isFile()) {
          rest.file(next.getName(), content);
          entry.accept(next.getName(), content);
        }
      }
    }
    return new Shipped(rest, blobs);
  }

  /** An archive without any blob that says an earlier one carried them. */
  Path differential(Path file) throws IOException {
    List<String> history = blobs.keySet().stream().map(hex -> "sha256:" + hex).toList();
    rest.file("working-dir/.history/.history-" + DATE, String.join("\n", history));
    return Files.write(file, rest.bytes());
  }

  List<String> digests() {
    return new ArrayList<>(blobs.keySet());
  }

  /** An OCI image layout that has the blobs, but one. */
  Path layout(Path folder, String without) throws IOException {
    Path sha256 = Files.createDirectories(folder.resolve("blobs/sha256"));
    for (Map.Entry<String, byte[]> blob : blobs.entrySet()) {
      if (!blob.getKey().equals(without)) {
        Files.write(sha256.resolve(blob.getKey()), blob.getValue());
      }
    }
    Files.writeString(folder.resolve("index.json"), "{\"schemaVersion\":2,\"manifests\":[]}");
    Files.writeString(folder.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
    return folder;
  }

  /** The same as a compressed tar of the folder. */
  Path packedLayout(Path file) throws IOException {
    TarBuilder tar = new TarBuilder();
    blobs.forEach((hex, content) -> tar.file("layout/blobs/sha256/" + hex, content));
    tar.file("layout/index.json", "{\"schemaVersion\":2,\"manifests\":[]}");
    tar.file("layout/oci-layout", "{\"imageLayoutVersion\":\"1.0.0\"}");
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(tar.bytes());
    }
    return Files.write(file, packed.toByteArray());
  }
}
