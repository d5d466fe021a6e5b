package landfall.publish;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import landfall.failure.Parked;
import landfall.folders.DiskFault;
import landfall.folders.DurableFile;
import landfall.publish.resource.ResourceFile;
import landfall.publish.resource.Stamp;
import landfall.publish.resource.YamlText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes files into a folder that others read at any time: each appears whole or stays as it
 * was, and survives a power cut once published.
 */
public final class ResourceFolder {
  private static final Logger LOG = LoggerFactory.getLogger(ResourceFolder.class);

  /** oc-mirror's own names: only such files may be taken away again. */
  private static final Pattern RESOURCE =
      Pattern.compile(
          "(?:idms|itms)-oc-mirror\\.yaml|updateService\\.yaml|signature-configmap\\.(?:yaml|json)"
              + "|c[sc]-[A-Za-z0-9.-]+\\.yaml");

  private final Path folder;
  private final Pattern own;

  /** A folder of cluster resources. */
  public ResourceFolder(Path folder) {
    this(folder, RESOURCE);
  }

  /**
   * A folder of other files.
   *
   * @param own names of files that may be taken away again
   */
  public ResourceFolder(Path folder, Pattern own) {
    this.folder = folder;
    this.own = own;
  }

  /** What the resources in it say now, by file; what cannot be read says nothing. */
  public SortedMap<String, String> texts() {
    SortedMap<String, String> texts = new TreeMap<>();
    String[] names = folder.toFile().list((in, name) -> own.matcher(name).matches());
    for (String name : names == null ? new String[0] : names) {
      Path file = folder.resolve(name);
      try {
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          texts.put(name, new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
        }
      } catch (IOException unreadable) {
        LOG.warn("{} cannot be read: {}", file, unreadable.getMessage());
      }
    }
    return texts;
  }

  /**
   * Makes the folder hold exactly these files of its own; others stay. A file that differs in
   * nothing but what is said of its making is left alone, so that repeating a publication changes
   * nothing.
   *
   * @return names of the files that were written or removed
   * @throws Parked LOCAL_DISK_FULL or LOCAL_IO
   */
  public List<String> publish(List<ResourceFile> files) {
    try {
      Files.createDirectories(folder);
      List<String> changed = new ArrayList<>();
      for (ResourceFile file : files) {
        if (replace(file)) {
          changed.add(file.name());
        }
      }
      changed.addAll(removeOthers(files));
      DurableFile.syncFolder(folder);
      return changed;
    } catch (IOException failed) {
      throw DiskFault.of(folder, failed);
    }
  }

  private boolean replace(ResourceFile file) throws IOException {
    Path path = folder.resolve(file.name());
    byte[] content = file.text().getBytes(StandardCharsets.UTF_8);
    if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
        && sameBeyondTime(Files.readAllBytes(path), content)) {
      return false;
    }
    DurableFile.write(path, content);
    return true;
  }

  private static boolean sameBeyondTime(byte[] left, byte[] right) {
    return Arrays.equals(left, right)
        || (isStamped(right) && timeless(left).equals(timeless(right)));
  }

  private static boolean isStamped(byte[] text) {
    return new String(text, StandardCharsets.UTF_8).contains("createdAt");
  }

  private static List<Object> timeless(byte[] text) {
    return YamlText.read(new String(text, StandardCharsets.UTF_8))
        .map(Stamp::removed)
        .orElseGet(() -> List.of(new Object()));
  }

  private List<String> removeOthers(List<ResourceFile> files) throws IOException {
    Set<String> wanted = files.stream().map(ResourceFile::name).collect(Collectors.toSet());
    List<String> removed = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        String name = String.valueOf(entry.getFileName());
        if (own.matcher(name).matches()
            && !wanted.contains(name)
            && Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)) {
          Files.delete(entry);
          removed.add(name);
        }
      }
    }
    return removed.stream().sorted().toList();
  }
}
