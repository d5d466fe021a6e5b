package landfall.archive.tar;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import landfall.archive.Limits;
import landfall.archive.bytes.Spot;
import landfall.failure.Code;
import landfall.failure.Rejected;

/**
 * The name of an entry, proven to stay below the archive's root: relative, without {@code ..}, NUL
 * or a Windows root.
 *
 * @param path its parts joined by single slashes; {@code .} and empty parts are left out
 * @param readable whether it is UTF-8 without control and direction characters; an unreadable path
 *     is given byte by byte as Latin-1
 * @param folder whether the name ended in a slash
 */
public record EntryName(String path, boolean readable, boolean folder) {

  /** Checks a name whose bytes are given as Latin-1 characters. */
  static EntryName of(String bytes, Limits limits, Spot spot) {
    if (bytes.length() > limits.name()) {
      throw spot.refuse(
          Code.LIMIT_EXCEEDED,
          "a name of " + bytes.length() + " bytes",
          "at most " + limits.name());
    }
    if (bytes.isEmpty() || bytes.indexOf('\0') >= 0) {
      throw unsafe("the name " + Spot.shown(bytes), spot);
    }
    checkRoot(bytes, spot);
    String path = normal(bytes, limits, spot);
    // Once more: './C:/x' hides its root behind a part that is left out.
    checkRoot(path, spot);
    boolean folder = bytes.endsWith("/");
    if (plain(path)) {
      return new EntryName(path, true, folder);
    }
    return decoded(path, folder);
  }

  /** Whether every character is printable ASCII. */
  public boolean ascii() {
    return plain(path);
  }

  private static void checkRoot(String name, Spot spot) {
    boolean drive =
        name.length() > 2
            && name.charAt(1) == ':'
            && (name.charAt(2) == '\\' || name.charAt(2) == '/');
    if (name.startsWith("/") || name.startsWith("\\") || drive) {
      throw unsafe("the absolute name " + Spot.shown(name), spot);
    }
  }

  private static String normal(String bytes, Limits limits, Spot spot) {
    String[] parts = bytes.split("/", -1);
    boolean clean = true;
    for (String part : parts) {
      if (part.indexOf('.') >= 0 && Arrays.asList(part.split("\\\\", -1)).contains("..")) {
        throw unsafe("the name " + Spot.shown(bytes) + ", which climbs by '..'", spot);
      }
      clean &= !part.isEmpty() && !part.equals(".");
    }
    if (parts.length > limits.depth()) {
      throw spot.refuse(
          Code.LIMIT_EXCEEDED,
          "a name of " + parts.length + " parts: " + Spot.shown(bytes),
          "at most " + limits.depth());
    }
    if (clean) {
      return bytes;
    }
    return Arrays.stream(parts)
        .filter(part -> !part.isEmpty() && !part.equals("."))
        .collect(Collectors.joining("/"));
  }

  private static boolean plain(String path) {
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c < ' ' || c >= 0x7f) {
        return false;
      }
    }
    return true;
  }

  private static EntryName decoded(String path, boolean folder) {
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(path.getBytes(StandardCharsets.ISO_8859_1)))
              .toString();
      boolean readable = text.codePoints().noneMatch(EntryName::hidden);
      return new EntryName(readable ? text : path, readable, folder);
    } catch (CharacterCodingException notUtf8) {
      return new EntryName(path, false, folder);
    }
  }

  /** Control, format (among them direction) and separator characters deceive who reads a list. */
  private static boolean hidden(int character) {
    int type = Character.getType(character);
    return type == Character.CONTROL
        || type == Character.FORMAT
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR;
  }

  private static Rejected unsafe(String found, Spot spot) {
    return spot.refuse(Code.UNSAFE_ENTRY, found, "a relative name that stays inside the archive");
  }
}
