package landfall.image;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A SHA-256 content digest, such as {@code sha256:9f86d0…}: the only name of content we trust. */
public record Digest(String hex) implements Comparable<Digest> {
  private static final Pattern HEX = Pattern.compile("[a-f0-9]{64}");
  private static final Pattern NAME =
      Pattern.compile(
          "(?:sha256[-:])?([a-f0-9]{64})(?:\\.(?!(?i:tar|tgz|tzst)$)[A-Za-z0-9_]{1,16})?");
  private static final String PREFIX = "sha256:";

  public Digest {
    if (!HEX.matcher(hex).matches()) {
      throw new IllegalArgumentException("not a sha256 in lower-case hex: " + hex);
    }
  }

  /**
   * Parses {@code sha256:<64 lower-case hex>}.
   *
   * @throws IllegalArgumentException when the text is anything else
   */
  public static Digest parse(String text) {
    if (!text.startsWith(PREFIX)) {
      throw new IllegalArgumentException("not a sha256 digest: " + text);
    }
    return new Digest(text.substring(PREFIX.length()));
  }

  /**
   * The digest that a file is named by: {@code sha256-HEX}, {@code sha256:HEX} or {@code HEX}, with
   * or without one extension that is not a tar's.
   */
  public static Optional<Digest> named(String file) {
    Matcher name = NAME.matcher(file);
    return name.matches() ? Optional.of(new Digest(name.group(1))) : Optional.empty();
  }

  public static Digest of(byte[] content) {
    return ofHash(sha256().digest(content));
  }

  /** From the 32 bytes of a finished SHA-256. */
  public static Digest ofHash(byte[] hash) {
    return new Digest(HexFormat.of().formatHex(hash));
  }

  /** A fresh SHA-256; every JDK has it. */
  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public int compareTo(Digest other) {
    return hex.compareTo(other.hex);
  }

  @Override
  public String toString() {
    return PREFIX + hex;
  }
}
