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
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import landfall.failure.Parked;
import landfall.folders.DiskFault;
import landfall.folders.DurableFile;

/**
 * Publishes files into a folder that others read at any time: each appears whole or stays as it
 * was, and survives a power cut once published.
 */
public final class ResourceFolder {
  /** oc-mirror's own names: only such files may be taken away again. */
  private static final Pattern RESOURCE =
      Pattern.compile(
          "(?:idms|itms)-oc-mirror\\.yaml|updateService\\.yaml|signature-configmap\\.(?:yaml|json)"
              + "|c[sc]-[A-Za-z0-9.-]+\\.yaml");

  private static final Pattern CREATED_AT =
      Pattern.compile("(\"?createdAt\"?: ?)(?:\"[^\"]*\"|[^,\\s]+)");

  private final Path folder;

  public ResourceFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * Makes the folder hold exactly these of oc-mirror's resources; other files stay. A file whose
   * only news is the time of its making is left alone, so that repeating a publication changes
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
    return Arrays.equals(left, right) || timeless(left).equals(timeless(right));
  }

  private static String timeless(byte[] text) {
    return CREATED_AT.matcher(new String(text, StandardCharsets.UTF_8)).replaceAll("$1");
  }

  private List<String> removeOthers(List<ResourceFile> files) throws IOException {
    Set<String> wanted = files.stream().map(ResourceFile::name).collect(Collectors.toSet());
    List<String> removed = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        String name = String.valueOf(entry.getFileName());
        if (RESOURCE.matcher(name).matches()
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
