package landfall.demo;

import landfall.demo.Refusal.Code;
import landfall.image.Digest;
import landfall.image.RepositoryName;
import landfall.image.Tag;

/** Turns the foreign words of a request into types, or refuses it; no path is built before. */
final class Parse {
  private Parse() {}

  static RepositoryName repository(String text) throws Refusal {
    try {
      return new RepositoryName(text);
    } catch (IllegalArgumentException invalid) {
      throw new Refusal(400, Code.NAME_INVALID, reason(invalid));
    }
  }

  static Digest digest(String text) throws Refusal {
    try {
      return Digest.parse(text);
    } catch (IllegalArgumentException invalid) {
      throw new Refusal(400, Code.DIGEST_INVALID, reason(invalid));
    }
  }

  static Tag tag(String text) throws Refusal {
    try {
      return new Tag(text);
    } catch (IllegalArgumentException invalid) {
      throw new Refusal(400, Code.TAG_INVALID, reason(invalid));
    }
  }

  /** Whether a reference is meant as a digest: no tag has a colon in it. */
  static boolean isDigest(String reference) {
    return reference.indexOf(':') >= 0;
  }

  private static String reason(IllegalArgumentException invalid) {
    return String.valueOf(invalid.getMessage());
  }
}
