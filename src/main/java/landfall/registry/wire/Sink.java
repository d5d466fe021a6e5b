package landfall.registry.wire;

import java.io.IOException;
import java.io.OutputStream;

/** Where the body of a success goes instead of into memory. */
@FunctionalInterface
public interface Sink {
  /** A stream for one body, from its first byte. */
  OutputStream open() throws IOException;
}
