package landfall.plan;

import landfall.image.Digest;

/** Invents small images and puts them into an archive. */
public final class Images {
  public static final String IMAGE = "application/vnd.oci.image.manifest.v1+json";
  public static final String INDEX = "application/vnd.oci.image.index.v1+json";

  private final MemoryContents contents;

  public Images(MemoryContents contents) {
    this.contents = contents;
  }

  /** An image with one layer of its own and a configuration all of them share. */
  public Digest image(String layer) {
    return contents.blob(manifest(layer));
  }

  /** The manifest of {@link #image}; its blobs are in the archive, itself it is not. */
  public String manifest(String layer) {
    return "{\"schemaVersion\":2,\"mediaType\":\""
        + IMAGE
        + "\",\"config\":"
        + descriptor("application/vnd.oci.image.config.v1+json", contents.blob("{}"), 2)
        + ",\"layers\":["
        + descriptor(
            "application/vnd.oci.image.layer.v1.tar+gzip", contents.blob(layer), layer.length())
        + "]}";
  }

  /** An index of images for linux on the given architectures. */
  public Digest index(String... architectures) {
    StringBuilder children = new StringBuilder();
    for (String architecture : architectures) {
      String manifest = manifest("layer for " + architecture);
      String child = descriptor(IMAGE, contents.blob(manifest), manifest.length());
      children
          .append(children.isEmpty() ? "" : ",")
          .append(child, 0, child.length() - 1)
          .append(",\"platform\":{\"os\":\"linux\",\"architecture\":\"")
          .append(architecture)
          .append("\"}}");
    }
    return contents.blob(
        "{\"schemaVersion\":2,\"mediaType\":\"" + INDEX + "\",\"manifests\":[" + children + "]}");
  }

  public static String descriptor(String mediaType, Digest digest, long size) {
    return "{\"mediaType\":\""
        + mediaType
        + "\",\"digest\":\""
        + digest
        + "\",\"size\":"
        + size
        + "}";
  }
}
