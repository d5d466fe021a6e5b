package landfall.archive.bytes;

import java.security.MessageDigest;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Hashes bytes in a thread of its own, in the order they come and a few pieces behind whoever reads
 * them, so that an archive is read and unpacked while it is hashed.
 */
final class SideHash implements AutoCloseable {
  private static final int PIECES = 4;
  private static final int LARGEST = 256 * 1024;

  private final List<MessageDigest> digests;
  private final BlockingQueue<Piece> free = new ArrayBlockingQueue<>(PIECES);
  private final BlockingQueue<Piece> full = new ArrayBlockingQueue<>(PIECES + 1);
  private final Thread worker = new Thread(this::work, "landfall-hash");

  SideHash(List<MessageDigest> digests) {
    this.digests = List.copyOf(digests);
    for (int each = 0; each < PIECES; each++) {
      free.add(new Piece());
    }
    worker.setDaemon(true);
    worker.start();
  }

  /** Bytes on their way from one thread to the other; negative count: no more will come. */
  private static final class Piece {
    private byte[] bytes = new byte[0];
    private int count = -1;

    void fill(byte[] from, int offset, int length) {
      if (bytes.length < length) {
        bytes = new byte[length];
      }
      System.arraycopy(from, offset, bytes, 0, length);
      count = length;
    }
  }

  /** Adds bytes, which may be overwritten afterwards. */
  void update(byte[] from, int offset, int length) throws InterruptedException {
    int done = 0;
    while (done < length) {
      int count = Math.min(LARGEST, length - done);
      Piece piece = next();
      piece.fill(from, offset + done, count);
      full.put(piece);
      done += count;
    }
  }

  private Piece next() throws InterruptedException {
    while (true) {
      Piece piece = free.poll(1, TimeUnit.SECONDS);
      if (piece != null) {
        return piece;
      }
      if (!worker.isAlive()) {
        throw new IllegalStateException("nobody hashes any more");
      }
    }
  }

  /** Waits until all is hashed; the digests are the caller's again. */
  void finish() throws InterruptedException {
    full.put(new Piece());
    worker.join();
  }

  private void work() {
    try {
      Piece piece = full.take();
      while (piece.count >= 0) {
        for (MessageDigest digest : digests) {
          digest.update(piece.bytes, 0, piece.count);
        }
        free.put(piece);
        piece = full.take();
      }
    } catch (InterruptedException closed) {
      // what was read is not wanted any more
    }
  }

  @Override
  public void close() {
    worker.interrupt();
  }
}
