package landfall.report;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** How far the work has come, in bytes; for who looks on, nothing depends on it. */
public final class Progress {
  private final Map<String, AtomicLong> read = new ConcurrentHashMap<>();
  private final LongAdder sent = new LongAdder();
  private final LongAdder readBack = new LongAdder();

  /** So many more bytes of an archive have been read. */
  public void read(String archive, long bytes) {
    read.computeIfAbsent(archive, id -> new AtomicLong()).addAndGet(bytes);
  }

  /** So many more bytes of blobs have been sent to any registry. */
  public void sent(long bytes) {
    sent.add(bytes);
  }

  /** So many more bytes of blobs have been read back from any registry. */
  public void readBack(long bytes) {
    readBack.add(bytes);
  }

  /** Bytes of an archive read by its verification. */
  public long bytesRead(String archive) {
    AtomicLong bytes = read.get(archive);
    return bytes == null ? 0 : bytes.get();
  }

  /** Bytes of blobs sent to all registries. */
  public long bytesSent() {
    return sent.sum();
  }

  /** Bytes of blobs read back from all registries. */
  public long bytesReadBack() {
    return readBack.sum();
  }
}
