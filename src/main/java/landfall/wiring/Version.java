package landfall.wiring;

import java.util.Optional;

/** Which Landfall this is. */
public final class Version {
  private Version() {}

  /** Such as {@code 0.1.0}; {@code development} when not run from a jar. */
  public static String text() {
    return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
        .orElse("development");
  }
}
