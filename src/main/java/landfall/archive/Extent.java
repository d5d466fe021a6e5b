package landfall.archive;

/** Where bytes of an archive lie: in its n-th file, from an offset, for a length in bytes. */
public record Extent(int file, long offset, long length) {}
