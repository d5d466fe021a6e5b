package landfall.registry;

import java.io.IOException;
import java.io.OutputStream;

/** A place for a blob that is downloaded, empty each time it is opened. */
@FunctionalInterface
public interface BlobSink {
  /**
   * A fresh stream to write the blob to.
   *
   * @throws IOException when there is no such place
   */
  OutputStream open() throws IOException;
}
