package landfall.registry;

import java.io.IOException;
import java.io.InputStream;

/** Bytes that can be read again from any offset, so that an upload can start over. */
@FunctionalInterface
public interface BlobSource {
  /**
   * A fresh stream from {@code offset} (in bytes) to the end.
   *
   * @throws IOException when the medium cannot be read
   */
  InputStream open(long offset) throws IOException;
}
