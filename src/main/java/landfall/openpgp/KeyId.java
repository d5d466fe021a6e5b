package landfall.openpgp;

import java.util.Locale;

/** The short name of a key: the last eight bytes of its fingerprint. */
public record KeyId(long value) {
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%016X", value);
  }
}
