package landfall.push;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import landfall.folders.Allowance;
import landfall.folders.DiskFault;
import landfall.registry.BlobSink;
import landfall.registry.BlobSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A blob on its way from one repository of a registry to another that does not mount it: a file
 * that never touches the reserve of its disk and is gone when it is closed.
 */
final class Loan implements BlobSink, BlobSource, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Loan.class);

  private final Path file;
  private final long size;

  Loan(Path work, long size) {
    this.file = fresh(work);
    this.size = size;
  }

  /** Several deliveries of one archive may carry the same blob over at the same time. */
  private static Path fresh(Path work) {
    try {
      return Files.createTempFile(work, "loan-", "");
    } catch (IOException trouble) {
      throw DiskFault.of(work, trouble);
    }
  }

  @Override
  public OutputStream open() {
    try {
      Allowance allowance = new Allowance(file, () -> size);
      return new Rationed(
          Channels.newOutputStream(
              FileChannel.open(
                  file, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)),
          allowance);
    } catch (IOException trouble) {
      throw DiskFault.of(file, trouble);
    }
  }

  @Override
  public InputStream open(long offset) throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    return Channels.newInputStream(channel.position(offset));
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException failed) {
      LOG.warn("{} cannot be removed: {}", file, failed.getMessage());
    }
  }

  /** Asks before it writes; what a disk of ours does not take is no fault of the registry. */
  private static final class Rationed extends FilterOutputStream {
    private final Allowance allowance;

    Rationed(OutputStream out, Allowance allowance) {
      super(out);
      this.allowance = allowance;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      allowance.take(length);
      try {
        out.write(bytes, offset, length);
      } catch (IOException trouble) {
        throw allowance.failed(trouble);
      }
    }
  }
}
