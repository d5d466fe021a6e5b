package landfall.plan.release;

/**
 * The name of a channel taken apart, such as {@code stable-4.18}.
 *
 * @param prefix what stands before the last dash
 */
record ChannelName(String prefix, long major, long minor) {
  /**
   * Takes a name apart.
   *
   * @throws IllegalArgumentException when it does not end in a minor version
   */
  static ChannelName parse(String name) {
    int dash = name.lastIndexOf('-');
    if (dash < 0) {
      throw new IllegalArgumentException("channel '" + name + "' has no dash");
    }
    Version version = Version.parse(name.substring(dash + 1) + ".0");
    if (!version.preRelease().isEmpty()) {
      throw new IllegalArgumentException("channel '" + name + "' ends in no minor version");
    }
    return new ChannelName(name.substring(0, dash), version.major(), version.minor());
  }

  ChannelName next() {
    return new ChannelName(prefix, major, minor + 1);
  }

  boolean sameMinor(ChannelName other) {
    return major == other.major && minor == other.minor;
  }

  @Override
  public String toString() {
    return prefix + "-" + major + "." + minor;
  }
}
