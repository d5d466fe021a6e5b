package landfall.publish.resource;

import java.util.List;

/**
 * Cluster resources as files, and what could not be said in them.
 *
 * @param files none is empty
 * @param warnings one for each image that no cluster will find by them
 */
public record Resources(List<ResourceFile> files, List<String> warnings) {
  public Resources {
    files = List.copyOf(files);
    warnings = List.copyOf(warnings);
  }
}
