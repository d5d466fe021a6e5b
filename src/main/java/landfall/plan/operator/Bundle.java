package landfall.plan.operator;

import java.util.List;

/**
 * One {@code olm.bundle} of a file-based catalog, reduced to what it is and the images it names
 * (AF§3.2).
 *
 * @param version as its property says, else as its name does
 * @param image reference of the bundle image itself; empty where none is written
 * @param relatedImages references as written, without empty ones
 */
record Bundle(
    String name, String packageName, String version, String image, List<String> relatedImages) {
  Bundle {
    relatedImages = List.copyOf(relatedImages);
  }
}
