package landfall.registry.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.SocketException;
import java.time.Duration;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;

/**
 * A blob, or a piece of one, on its way from the archive to the socket in large portions. Tells a
 * source that fails from a network that fails, and a registry that answers early from both.
 */
public final class BlobBody extends AbstractHttpEntity {

  /** The most that the JDK hands to a socket at once; it still stays in the processor's cache. */
  private static final int PORTION = 128 * 1024;

  private final Bytes source;
  private final Part part;
  private final Meter meter;
  private final Times times;
  private final Deadline deadline = new Deadline();
  private volatile long offered;
  private volatile long begun;
  private volatile boolean complete;

  /** Which bytes of the blob. */
  record Part(long offset, long length, long whole) {
    boolean endsAt(long done) {
      return offset + done == whole;
    }
  }

  BlobBody(Bytes source, Part part, Meter meter, Times times) {
    super(ContentType.APPLICATION_OCTET_STREAM, null, false);
    this.source = source;
    this.part = part;
    this.meter = meter;
    this.times = times;
  }

  /** Whether every byte was taken; if not, the connection is of no further use. */
  boolean isComplete() {
    return complete;
  }

  Deadline deadline() {
    return deadline;
  }

  /** How many bytes it was tried to send when it was last tried; not all may have arrived. */
  public long offered() {
    return offered;
  }

  /** The time since the first byte was sent. */
  public Duration took() {
    return Duration.ofNanos(meter.nanos() - begun);
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    complete = false;
    offered = 0;
    deadline.rest();
    try (InputStream in = open()) {
      begun = meter.nanos();
      copy(in, out);
      complete = true;
    } catch (SocketException cut) {
      // the registry may have answered before it hung up: whoever reads next finds out
    }
    deadline.within(times.answering(part.length()));
  }

  private void copy(InputStream in, OutputStream out) throws IOException {
    long size = part.length();
    byte[] portion = new byte[(int) Math.min(meter.portion(PORTION), Math.max(1, size))];
    long sent = 0;
    while (sent < size) {
      int wanted = (int) Math.min(portion.length, size - sent);
      int count = fill(in, portion, wanted, part.offset() + sent);
      if (part.endsAt(sent + count) && read(in, new byte[1], 0, 1, part.whole()) > 0) {
        throw SourceFailed.tooLong(part.whole());
      }
      offered = sent + count;
      send(out, portion, count);
      sent += count;
    }
  }

  private int fill(InputStream in, byte[] portion, int wanted, long offset) throws SourceFailed {
    int filled = 0;
    while (filled < wanted) {
      int count = read(in, portion, filled, wanted - filled, offset + filled);
      if (count < 0) {
        throw SourceFailed.tooShort(offset + filled, part.whole());
      }
      filled += count;
    }
    return filled;
  }

  private void send(OutputStream out, byte[] portion, int count) throws IOException {
    try {
      meter.await(count);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("stopped while sending");
    }
    deadline.within(times.progress());
    out.write(portion, 0, count);
    deadline.rest();
    meter.sent(count);
  }

  private InputStream open() throws SourceFailed {
    try {
      return source.open(part.offset());
    } catch (IOException unreadable) {
      throw SourceFailed.unreadable(part.offset(), unreadable);
    }
  }

  private static int read(InputStream in, byte[] portion, int start, int most, long offset)
      throws SourceFailed {
    try {
      return in.read(portion, start, most);
    } catch (IOException unreadable) {
      throw SourceFailed.unreadable(offset, unreadable);
    }
  }

  @Override
  public InputStream getContent() throws IOException {
    return source.open(part.offset());
  }

  @Override
  public long getContentLength() {
    return part.length();
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
