package landfall.plan.helm;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import landfall.archive.Limits;
import landfall.archive.bytes.Expansion;
import landfall.archive.bytes.Feed;
import landfall.archive.bytes.Gunzip;
import landfall.archive.bytes.Spot;
import landfall.archive.bytes.Window;
import landfall.archive.tar.EntryName;
import landfall.archive.tar.HeaderCount;
import landfall.archive.tar.TarReader;
import landfall.failure.Code;
import landfall.failure.Rejected;
import org.yaml.snakeyaml.Yaml;

/**
 * Unpacks a chart so that the engine gives for it what oc-mirror's gives (AF§3.4), which asks for
 * neither a kubernetes version nor a schema; a schema could even send the engine to the network.
 */
final class ChartFolder {
  private static final int DEEPEST = 6;
  private static final long MIB = 1 << 20;
  private static final Limits LIMITS =
      new Limits(10_000, 1024, 24, (int) MIB, 4 * MIB, 200, 16 * MIB, 64 * MIB, 128 * MIB);

  private final HeaderCount headers = new HeaderCount(LIMITS.entries());
  private final List<String> definitions = new ArrayList<>();
  private long unpacked;
  private final ChartText text = new ChartText();
  private boolean library;

  /** Unpacks a chart, and the charts packed inside it, into a folder. */
  void unpack(String chart, byte[] tgz, Path folder) {
    unpack(chart, tgz, folder, 1);
  }

  /** Custom resource definitions: manifests that are no templates. */
  List<String> definitions() {
    return List.copyOf(definitions);
  }

  /** Repositories that stand in its values and templates, with their registries. */
  Set<String> repositories() {
    return text.repositories();
  }

  /** Whether the chart is a library, which renders to nothing. */
  boolean library() {
    return library;
  }

  private void unpack(String chart, byte[] tgz, Path folder, int depth) {
    if (depth > DEEPEST) {
      throw new Rejected(
          Code.LIMIT_EXCEEDED, chart + ": charts within charts, more than " + DEEPEST + " deep");
    }
    Expansion.Bounds bounds =
        new Expansion.Bounds(LIMITS.ratio(), LIMITS.stretch(), LIMITS.dense(), LIMITS.total());
    try (Gunzip plain =
        new Gunzip(
            new Window(feed(new ByteArrayInputStream(tgz))), chart, new Expansion(chart, bounds))) {
      Window window = new Window(plain);
      new TarReader(window, chart, Long.MAX_VALUE, LIMITS, headers)
          .read(new Writer(chart, folder, window, depth));
    }
  }

  private static Feed feed(InputStream in) {
    return (into, offset, length) -> {
      try {
        return in.read(into, offset, length);
      } catch (IOException impossible) {
        throw new UncheckedIOException(impossible);
      }
    };
  }

  /** Puts each file to its place, without the folder that bears the chart's name. */
  private final class Writer implements TarReader.Visitor {
    private final String chart;
    private final Path folder;
    private final Window window;
    private final int depth;

    Writer(String chart, Path folder, Window window, int depth) {
      this.chart = chart;
      this.folder = folder;
      this.window = window;
      this.depth = depth;
    }

    @Override
    public void folder(EntryName name) {
      // made with the files in it
    }

    @Override
    public void file(EntryName name, long size, Spot spot) {
      unpacked += size;
      if (unpacked > LIMITS.total()) {
        throw spot.refuse(
            Code.LIMIT_EXCEEDED, unpacked + " bytes in a chart", "at most " + LIMITS.total());
      }
      String path = name.path().substring(name.path().indexOf('/') + 1);
      String file = path.substring(path.lastIndexOf('/') + 1);
      if (file.equals(".helmignore") || file.equals("values.schema.json") || !name.readable()) {
        return;
      }
      byte[] content = content(size);
      if (path.matches("charts/[^/._][^/]*\\.tgz")) {
        String nested = path.substring(0, path.length() - ".tgz".length());
        unpack(chart + ", " + path, content, folder.resolve(nested), depth + 1);
      } else {
        write(path, content);
      }
    }

    private void write(String path, byte[] content) {
      text.read(path, content);
      if (path.matches("(?:charts/[^/]+/)*crds/.+")) {
        definitions.add(new String(content, StandardCharsets.UTF_8));
      }
      try {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, path.equals("Chart.yaml") && depth == 1 ? description(content) : content);
      } catch (IOException failed) {
        throw new UncheckedIOException(chart + ": " + path + ": " + failed.getMessage(), failed);
      }
    }

    private byte[] content(long size) {
      byte[] content = new byte[Math.toIntExact(size)];
      int filled = 0;
      while (filled < content.length && window.some() > 0) {
        int count = Math.min(window.some(), content.length - filled);
        System.arraycopy(window.bytes(), window.at(), content, filled, count);
        window.advance(count);
        filled += count;
      }
      return content;
    }

    /** Without the range of kubernetes versions: the engine would compare it with a fixed one. */
    private byte[] description(byte[] content) {
      Yaml yaml = Manifests.yaml();
      if (!(yaml.load(new String(content, StandardCharsets.UTF_8)) instanceof Map<?, ?> map)) {
        return content;
      }
      library = "library".equals(map.get("type"));
      map.remove("kubeVersion");
      return yaml.dump(map).getBytes(StandardCharsets.UTF_8);
    }
  }
}
