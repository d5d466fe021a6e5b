package landfall.campaign;

import java.util.List;

/** The ways an archive comes. */
public enum Shape {
  TAR("tar"),
  GZ("tar.gz"),
  ZST("tar.zst"),
  CHUNKS("");

  private static final List<Shape> ALL = List.of(values());

  private final String extension;

  Shape(String extension) {
    this.extension = extension;
  }

  /** All shapes in turn. */
  static Shape of(long number) {
    return ALL.get((int) Math.floorMod(number, (long) ALL.size()));
  }

  /** The name of a dropped archive; a folder of chunks has no extension. */
  String file(String name) {
    return extension.isEmpty() ? name : name + "." + extension;
  }

  boolean compressed() {
    return this == GZ || this == ZST;
  }
}
