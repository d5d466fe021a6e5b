package landfall.archive.packed;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;
import landfall.image.Digest;

/**
 * Rows of numbers found by 128 bits of a SHA-256, in primitive arrays by open addressing.
 *
 * <p>Half a SHA-256 is enough of a key: to make two meet takes 2^64 hashes. Digests are hashed once
 * more for it, since nobody vouches for the digest in a name. Where a row is looked for first
 * depends on a random number of this table, so that an archive whose digests are chosen to meet
 * cannot slow it down.
 */
public final class Table {
  private static final int FIRST = 1 << 10;

  private final long seedHigh = ThreadLocalRandom.current().nextLong() | 1;
  private final long seedLow = ThreadLocalRandom.current().nextLong() | 1;
  private final long[][] columns;
  private long[] high = new long[FIRST];
  private long[] low = new long[FIRST];
  private int[] slots = new int[2 * FIRST];
  private int size;

  public Table(int columns) {
    this.columns = new long[columns][FIRST];
  }

  /** What a row is found by. */
  public record Key(long high, long low) {
    public static Key ofName(String name) {
      byte[] hash = Digest.sha256().digest(name.getBytes(StandardCharsets.UTF_8));
      ByteBuffer bytes = ByteBuffer.wrap(hash);
      return new Key(bytes.getLong(), bytes.getLong());
    }
  }

  public int size() {
    return size;
  }

  /** The row of a key, or -1. */
  public int find(Key key) {
    return slots[slot(key.high(), key.low())] - 1;
  }

  /** Adds a row for a key that has none. */
  public void add(Key key, long... values) {
    if (size == high.length) {
      grow();
    }
    high[size] = key.high();
    low[size] = key.low();
    for (int i = 0; i < columns.length; i++) {
      columns[i][size] = values[i];
    }
    size++;
    slots[slot(key.high(), key.low())] = size;
  }

  public Key key(int row) {
    return new Key(high[row], low[row]);
  }

  public long value(int column, int row) {
    return columns[column][row];
  }

  /** Gives back what was kept for rows that did not come. */
  public void trim() {
    resize(Math.max(1, size));
  }

  /** Grows by half: rows are many and heap is not. The slots stay at most half full. */
  private void grow() {
    int rows = size + (size >> 1) + 1;
    resize(rows);
    if (slots.length < 2 * rows) {
      slots = new int[Integer.highestOneBit(2 * rows - 1) << 1];
      for (int row = 0; row < size; row++) {
        slots[slot(high[row], low[row])] = row + 1;
      }
    }
  }

  private void resize(int rows) {
    high = Arrays.copyOf(high, rows);
    low = Arrays.copyOf(low, rows);
    for (int i = 0; i < columns.length; i++) {
      columns[i] = Arrays.copyOf(columns[i], rows);
    }
  }

  private int slot(long keyHigh, long keyLow) {
    long mixed = keyHigh * seedHigh + Long.rotateLeft(keyLow * seedLow, 32);
    mixed = (mixed ^ mixed >>> 32) * seedHigh;
    int mask = slots.length - 1;
    int slot = (int) (mixed >>> 33) & mask;
    while (slots[slot] != 0
        && (high[slots[slot] - 1] != keyHigh || low[slots[slot] - 1] != keyLow)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }
}
