package landfall.publish.resource;

import java.util.regex.Pattern;

/** A small text file that will be published under a plain name. */
public record ResourceFile(String name, String text) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,199}");

  public ResourceFile {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("not a plain file name: " + name);
    }
  }
}
