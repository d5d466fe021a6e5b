package landfall.plan.leftover;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import landfall.archive.Contents;
import landfall.archive.Extent;

/**
 * Picks words out of a text of the archive, whatever its size: it is read in overlapping windows.
 */
final class TextScan {
  private static final int WINDOW = 1 << 20;
  private static final int OVERLAP = 1 << 13;
  private static final long LONGEST = 1L << 30;
  private static final String NAME =
      "[a-z0-9][a-z0-9.-]*+(?::[0-9]{1,5})?(?:/[a-z0-9][a-z0-9._-]*+)++";
  private static final String TAG = ":[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}+";
  private static final String DIGEST = "@sha256:[a-f0-9]{64}";

  /** References with tag or digest, however they are quoted. */
  static final Pattern REFERENCES =
      Pattern.compile(
          "(?<![A-Za-z0-9._/@:-])(" + NAME + "(?:" + TAG + "(?:" + DIGEST + ")?+|" + DIGEST + "))");

  private final Contents contents;

  TextScan(Contents contents) {
    this.contents = contents;
  }

  /** Gives the first group of every match; some twice where windows overlap. */
  void scan(String entry, Pattern pattern, Consumer<String> found) {
    Extent extent = contents.entry(entry).orElseThrow();
    try (InputStream in = contents.stream(extent, 0)) {
      byte[] window = new byte[(int) Math.min(WINDOW, extent.length())];
      int kept = 0;
      long read = 0;
      int count = in.readNBytes(window, kept, window.length - kept);
      while (count > 0 && read < LONGEST) {
        read += count;
        int filled = kept + count;
        Matcher matcher =
            pattern.matcher(new String(window, 0, filled, StandardCharsets.ISO_8859_1));
        while (matcher.find()) {
          found.accept(matcher.group(1));
        }
        kept = Math.min(OVERLAP, filled / 2);
        System.arraycopy(window, filled - kept, window, 0, kept);
        count = in.readNBytes(window, kept, window.length - kept);
      }
    } catch (IOException outside) {
      throw new IllegalStateException(entry + " lies outside of its archive", outside);
    }
  }
}
