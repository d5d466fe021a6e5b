package landfall.plan.helm;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Packs small charts. */
public final class Charts {
  private Charts() {}

  /** A chart whose one pod has an image. */
  public static byte[] withPod(String name, String image) {
    return packed(
        name,
        Map.of(
            "values.yaml",
            "image: " + image + "\n",
            "templates/pod.yaml",
            """
                kind: Pod
                metadata: {name: x}
                spec:
                  containers:
                  - image: {{ .Values.image }}
                """));
  }

  /** A chart with these files besides its description. */
  public static byte[] packed(String name, Map<String, String> files) {
    Map<String, String> all = new TreeMap<>();
    all.put("Chart.yaml", "apiVersion: v2\nname: " + name + "\nversion: 1.0.0\n");
    all.putAll(files);
    Map<String, byte[]> entries = new TreeMap<>();
    all.forEach(
        (path, text) -> entries.put(name + "/" + path, text.getBytes(StandardCharsets.UTF_8)));
    return tgz(entries);
  }

  /** Any files. */
  public static byte[] tgz(Map<String, byte[]> files) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        TarArchiveEntry entry = new TarArchiveEntry(file.getKey(), true);
        entry.setSize(file.getValue().length);
        tar.putArchiveEntry(entry);
        tar.write(file.getValue());
        tar.closeArchiveEntry();
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }
}
