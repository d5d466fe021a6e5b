package landfall.publish;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.regex.Pattern;
import landfall.folders.DiskFault;
import landfall.publish.node.NodeConfig;
import landfall.publish.resource.ResourceFile;

/** Publishes mirror settings into folders, one by one; what is no longer said goes. */
final class NodeFolder {
  private static final Pattern OWN =
      Pattern.compile(
          "install-config\\.imageDigestSources\\.yaml|[0-9]{2}-landfall-[A-Za-z0-9._-]+\\.conf"
              + "|hosts\\.toml");

  private final Path folder;

  NodeFolder(Path folder) {
    this.folder = folder;
  }

  /** Makes the folders hold these files. */
  void publish(SortedMap<String, List<ResourceFile>> folders) {
    folders.forEach((name, files) -> new ResourceFolder(folder.resolve(name), OWN).publish(files));
    Path hosts = folder.resolve(NodeConfig.CONTAINERD);
    String[] names = hosts.toFile().list();
    for (String name : names == null ? new String[0] : names) {
      if (!folders.containsKey(NodeConfig.CONTAINERD + "/" + name)) {
        remove(hosts.resolve(name));
      }
    }
  }

  private static void remove(Path host) {
    try {
      if (Files.isDirectory(host, LinkOption.NOFOLLOW_LINKS)) {
        new ResourceFolder(host, OWN).publish(List.of());
        String[] left = host.toFile().list();
        if (left != null && left.length == 0) {
          Files.delete(host);
        }
      }
    } catch (IOException failed) {
      throw DiskFault.of(host, failed);
    }
  }
}
