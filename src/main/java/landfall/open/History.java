package landfall.open;

import java.util.HashSet;
import java.util.Set;
import landfall.archive.Contents;
import landfall.archive.Extent;
import landfall.failure.Code;
import landfall.failure.Rejected;
import landfall.image.Digest;

/** What earlier archives of the same workspace have carried, as the archive itself lists it. */
final class History {
  private static final String FILES = "working-dir/.history/.history-";
  private static final int LARGEST_FILE = 36 << 20;
  private static final int MOST = 500_000;

  private final String archive;
  private final Set<Digest> digests = new HashSet<>();

  private History(String archive) {
    this.archive = archive;
  }

  /** The union of all lists: which of them a run was based on is not recorded. */
  static Set<Digest> digests(String archive, Contents contents) {
    History history = new History(archive);
    for (String name : contents.entries(FILES)) {
      Extent extent = contents.entry(name).orElseThrow();
      history.add(name, Opener.text(archive, name, contents.read(extent, LARGEST_FILE)));
    }
    return history.digests;
  }

  private void add(String file, String text) {
    int line = 0;
    int at = 0;
    while (at < text.length()) {
      int newline = text.indexOf('\n', at);
      int end = newline < 0 ? text.length() : newline;
      line++;
      if (end > at) {
        digests.add(digest(file, line, text.substring(at, end)));
      }
      at = end + 1;
    }
    if (digests.size() > MOST) {
      throw new Rejected(
          Code.LIMIT_EXCEEDED,
          archive + ": " + file + ": more than " + MOST + " digests of earlier runs");
    }
  }

  private Digest digest(String file, int line, String text) {
    try {
      return Digest.parse(text);
    } catch (IllegalArgumentException invalid) {
      throw new Rejected(
          Code.MANIFEST_INVALID,
          archive
              + ": "
              + file
              + ", line "
              + line
              + " is no digest, expected sha256:<64 lower-case hex>",
          "file: " + file,
          "line: " + line);
    }
  }
}
