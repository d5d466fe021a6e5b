package landfall.archive;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import landfall.archive.bytes.Spot;
import landfall.archive.bytes.Window;
import landfall.archive.tar.EntryName;
import landfall.archive.tar.TarReader;
import landfall.failure.Code;
import landfall.image.Digest;

/** Puts the entries of one tar where they belong, reading of each only what it must. */
final class Collector implements TarReader.Visitor {
  private static final int LONGEST_LINK = 100;
  private static final Pattern LINK = Pattern.compile("sha256:([a-f0-9]{64})\n?");

  private final Harvest harvest;
  private final Window window;
  private final int file;
  private final Passing passing;
  private final Layout layout = new Layout();

  Collector(Harvest harvest, Window window, int file, Passing passing) {
    this.harvest = harvest;
    this.window = window;
    this.file = file;
    this.passing = passing;
  }

  /** What is done with content while it passes; a visitor reads as much of it as it likes. */
  interface Passing {
    /** Content is only stepped over. */
    Passing UNSEEN = new Passing() {};

    /** A blob or manifest lies ahead. */
    default void blob(String hex, long size, Window window, Spot spot) {}

    /** A file that is found by its name lies ahead. */
    default void named(EntryName name, long size, Window window) {}
  }

  /** Every blob is hashed and must be what its name says. */
  static final class Proof implements Passing {
    @Override
    public void blob(String hex, long size, Window window, Spot spot) {
      MessageDigest sha256 = Digest.sha256();
      long left = size;
      while (left > 0) {
        int count = (int) Math.min(left, window.some());
        if (count == 0) {
          return;
        }
        sha256.update(window.bytes(), window.at(), count);
        window.advance(count);
        left -= count;
      }
      String actual = HexFormat.of().formatHex(sha256.digest());
      if (!actual.equals(hex)) {
        throw spot.refuse(
            Code.DIGEST_MISMATCH, "a blob with digest sha256:" + actual, "sha256:" + hex);
      }
    }
  }

  @Override
  public void folder(EntryName name) {
    harvest.folder();
  }

  @Override
  public void file(EntryName name, long size, Spot spot) {
    Extent extent = new Extent(file, window.position(), size);
    Layout.Role role = layout.role(name, spot);
    if (role instanceof Layout.Role.Blob blob) {
      blob(blob.hex(), extent, spot);
    } else if (role instanceof Layout.Role.LayoutBlob blob) {
      harvest.foreign(name.path(), name.readable(), extent, spot);
      proven(blob.hex(), extent, spot);
    } else if (role instanceof Layout.Role.TagFile tag) {
      tag(tag, size, spot);
    } else if (role instanceof Layout.Role.Link link) {
      link(link.hex(), size, spot);
    } else if (role instanceof Layout.Role.Metadata) {
      harvest.metadata(name.path(), extent, spot);
      passing.named(name, size, window);
    } else if (role instanceof Layout.Role.Foreign) {
      harvest.foreign(name.path(), name.readable(), extent, spot);
      passing.named(name, size, window);
    } else {
      harvest.ignore();
    }
  }

  private void blob(String hex, Extent extent, Spot spot) {
    harvest.blob(hex, extent, spot);
    passing.blob(hex, extent.length(), window, spot);
  }

  /** Takes a blob that no checksum of the whole and no registry vouches for. */
  void proven(String hex, Extent extent, Spot spot) {
    harvest.blob(hex, extent, spot);
    new Proof().blob(hex, extent.length(), window, spot);
  }

  private void tag(Layout.Role.TagFile tag, long size, Spot spot) {
    if (window.has(shortEnough(size, spot))) {
      Digest digest = new Digest(target((int) size, spot));
      harvest.tag(new TagLink(tag.repository(), tag.tag(), digest), spot);
    }
  }

  private void link(String hex, long size, Spot spot) {
    if (window.has(shortEnough(size, spot))) {
      String target = target((int) size, spot);
      if (!target.equals(hex)) {
        throw spot.refuse(
            Code.MANIFEST_INVALID, "a link to sha256:" + target, "sha256:" + hex + ", as its path");
      }
      harvest.link(hex);
    }
  }

  private static int shortEnough(long size, Spot spot) {
    if (size > LONGEST_LINK) {
      throw spot.refuse(
          Code.MANIFEST_INVALID, "a link of " + size + " bytes", "sha256:<64 hex>, 71 bytes");
    }
    return (int) size;
  }

  private String target(int size, Spot spot) {
    String text = new String(window.bytes(), window.at(), size, StandardCharsets.ISO_8859_1);
    Matcher link = LINK.matcher(text);
    if (!link.matches()) {
      throw spot.refuse(
          Code.MANIFEST_INVALID, "a link with content " + Spot.shown(text), "sha256:<64 hex>");
    }
    return link.group(1);
  }
}
