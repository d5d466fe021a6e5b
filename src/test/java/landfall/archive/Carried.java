package landfall.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import landfall.folders.DurableFile;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** The entries of an archive that oc-mirror wrote, to be put into other chunks and orders. */
public record Carried(List<Entry> entries) {
  public static final Predicate<Entry> LINKS = named("docker/registry/v2/repositories/");
  public static final Predicate<Entry> BLOBS = named("docker/registry/v2/blobs/");
  public static final Predicate<Entry> METADATA = named("working-dir/");
  public static final Predicate<Entry> CONFIGURATION = named("isc_");

  public Carried {
    entries = List.copyOf(entries);
  }

  /** One file of an archive. */
  public static final class Entry {
    private final String name;
    private final byte[] content;

    Entry(String name, byte[] content) {
      this.name = name;
      this.content = content.clone();
    }

    public String name() {
      return name;
    }
  }

  /** All of a sample. */
  public static Carried by(String sample) {
    List<Entry> entries = new ArrayList<>();
    try (InputStream in = Files.newInputStream(Scans.sample(sample + "/mirror_000001.tar"));
        TarArchiveInputStream tar = new TarArchiveInputStream(in)) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        entries.add(new Entry(entry.getName(), tar.readAllBytes()));
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return new Carried(entries);
  }

  public static Predicate<Entry> named(String prefix) {
    return entry -> entry.name.startsWith(prefix);
  }

  public Carried only(Predicate<Entry> wanted) {
    return new Carried(entries.stream().filter(wanted).toList());
  }

  /** The largest of them. */
  public Entry largest() {
    return entries.stream()
        .max(Comparator.comparingInt(entry -> entry.content.length))
        .orElseThrow();
  }

  public Carried and(Carried others) {
    List<Entry> all = new ArrayList<>(entries);
    all.addAll(others.entries);
    return new Carried(all);
  }

  public Carried and(String name, String content) {
    return and(new Carried(List.of(new Entry(name, content.getBytes(StandardCharsets.UTF_8)))));
  }

  /** As a tar. */
  public byte[] tar() {
    TarBuilder tar = new TarBuilder();
    entries.forEach(entry -> tar.file(entry.name, entry.content));
    return tar.bytes();
  }

  /** As a file. */
  public void write(Path file) throws IOException {
    Files.createDirectories(DurableFile.folderOf(file));
    Files.write(file, tar());
  }
}
