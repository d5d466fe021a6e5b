package landfall.archive;

/**
 * What an archive may be at most. The defaults lie far above anything oc-mirror writes.
 *
 * @param entries headers in all tars of an archive
 * @param name bytes of an entry's name
 * @param depth folders an entry lies in
 * @param extension bytes of one PAX header
 * @param names bytes of names and tags kept in memory
 * @param ratio output per input above which decompression counts as dense
 * @param stretch bytes of output over which the ratio is measured
 * @param dense the most that may come out of dense stretches; never more than half of the disk
 *     space that was free at the start
 * @param total bytes a file may unpack to
 */
public record Limits(
    long entries,
    int name,
    int depth,
    int extension,
    long names,
    long ratio,
    long stretch,
    long dense,
    long total) {
  private static final long MIB = 1 << 20;

  /** The limits where nobody configured others. */
  public static Limits standard() {
    return new Limits(
        5_000_000, 4096, 32, (int) MIB, 96 * MIB, 200, 64 * MIB, 16 * 1024 * MIB, 20 * MIB * MIB);
  }
}
