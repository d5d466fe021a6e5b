package landfall.archive.tar;

import java.util.Map;
import landfall.archive.bytes.Spot;

/** Names the kinds of entries that are refused, for the one who has to ask the sender. */
final class EntryType {
  private static final Map<Character, String> WORDS =
      Map.of(
          '1', "a hard link",
          '2', "a symbolic link",
          '3', "a character device",
          '4', "a block device",
          '6', "a FIFO",
          'S', "a sparse file",
          'K', "a long link name",
          'V', "a volume label",
          'M', "a piece of a multi-volume file",
          'D', "a GNU folder dump");

  private EntryType() {}

  static String words(char type) {
    return WORDS.getOrDefault(type, "an entry of type " + Spot.shown(String.valueOf(type)));
  }
}
