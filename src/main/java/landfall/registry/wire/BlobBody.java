package landfall.registry.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.SocketException;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;

/**
 * A blob on its way from the archive to the socket in large pieces. Tells a source that fails from
 * a network that fails, and a registry that answers early from both.
 */
final class BlobBody extends AbstractHttpEntity {
  private static final int PIECE = 256 * 1024;

  private final Bytes source;
  private final long size;
  private final Meter meter;
  private volatile long movedAt;
  private volatile boolean sending;
  private volatile boolean complete;
  private volatile long completeAt;

  BlobBody(Bytes source, long size, Meter meter) {
    super(ContentType.APPLICATION_OCTET_STREAM, null, false);
    this.source = source;
    this.size = size;
    this.meter = meter;
  }

  /** Whether every byte was taken; if not, the connection is of no further use. */
  boolean isComplete() {
    return complete;
  }

  /** For how long the network has taken nothing, in nanoseconds; zero while that is our doing. */
  long stalledFor(long now) {
    return sending ? now - movedAt : 0;
  }

  /** For how long an answer has been due, in nanoseconds. */
  long answerDueFor(long now) {
    return complete ? now - completeAt : 0;
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    complete = false;
    try (InputStream in = open()) {
      copy(in, out);
      completeAt = System.nanoTime();
      complete = true;
    } catch (SocketException cut) {
      // the registry may have answered before it hung up: whoever reads next finds out
      sending = false;
    } finally {
      sending = false;
    }
  }

  private void copy(InputStream in, OutputStream out) throws IOException {
    byte[] piece = new byte[(int) Math.min(meter.piece(PIECE), Math.max(1, size))];
    long sent = 0;
    while (sent < size) {
      int wanted = (int) Math.min(piece.length, size - sent);
      int count = fill(in, piece, wanted, sent);
      if (sent + count == size && read(in, new byte[1], 0, 1, size) > 0) {
        throw SourceFailed.tooLong(size);
      }
      send(out, piece, count);
      sent += count;
    }
  }

  private int fill(InputStream in, byte[] piece, int wanted, long offset) throws SourceFailed {
    int filled = 0;
    while (filled < wanted) {
      int count = read(in, piece, filled, wanted - filled, offset + filled);
      if (count < 0) {
        throw SourceFailed.tooShort(offset + filled, size);
      }
      filled += count;
    }
    return filled;
  }

  private void send(OutputStream out, byte[] piece, int count) throws IOException {
    try {
      meter.await(count);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("stopped while sending");
    }
    movedAt = System.nanoTime();
    sending = true;
    out.write(piece, 0, count);
    sending = false;
    meter.sent(count);
  }

  private InputStream open() throws SourceFailed {
    try {
      return source.open();
    } catch (IOException unreadable) {
      throw SourceFailed.unreadable(0, unreadable);
    }
  }

  private static int read(InputStream in, byte[] piece, int start, int most, long offset)
      throws SourceFailed {
    try {
      return in.read(piece, start, most);
    } catch (IOException unreadable) {
      throw SourceFailed.unreadable(offset, unreadable);
    }
  }

  @Override
  public InputStream getContent() throws IOException {
    return source.open();
  }

  @Override
  public long getContentLength() {
    return size;
  }

  @Override
  public boolean isRepeatable() {
    return true;
  }

  @Override
  public boolean isStreaming() {
    return true;
  }

  @Override
  public void close() {
    // every writeTo closes what it opened
  }
}
