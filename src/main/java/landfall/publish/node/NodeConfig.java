package landfall.publish.node;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import landfall.publish.resource.Mirror;
import landfall.publish.resource.ResourceFile;
import landfall.target.Target;

/** What IDMS and ITMS say, in the words of those who have no cluster. */
public final class NodeConfig {
  /** Below it each source's host has a folder. */
  public static final String CONTAINERD = "certs.d";

  /** Where podman's drop-in stands. */
  public static final String PODMAN = "registries.conf.d";

  private NodeConfig() {}

  /** The files by the folder they stand in, below {@code node-config}; none for no mirror. */
  public static SortedMap<String, List<ResourceFile>> of(List<Mirror> mirrors, Target target) {
    SortedMap<String, List<ResourceFile>> folders = new TreeMap<>();
    folders.put("", InstallConfig.files(mirrors));
    folders.put(
        PODMAN, mirrors.isEmpty() ? List.of() : List.of(RegistriesDropIn.file(mirrors, target)));
    for (Map.Entry<String, ResourceFile> host : ContainerdHosts.files(mirrors, target).entrySet()) {
      folders.put(CONTAINERD + "/" + host.getKey(), List.of(host.getValue()));
    }
    return folders;
  }
}
