package landfall.registry.wire;

import java.io.IOException;
import java.io.InputStream;

/** Bytes that can be read again from the start. */
@FunctionalInterface
public interface Bytes {
  InputStream open() throws IOException;
}
