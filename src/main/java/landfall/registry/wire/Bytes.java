package landfall.registry.wire;

import java.io.IOException;
import java.io.InputStream;

/** Bytes that can be read again from any offset. */
@FunctionalInterface
public interface Bytes {
  /** A fresh stream from {@code offset} to the end. */
  InputStream open(long offset) throws IOException;
}
