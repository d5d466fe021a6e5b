package landfall.archive.bytes;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import landfall.failure.Code;
import landfall.failure.Parked;
import landfall.image.Digest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A carried file, read once from its first byte to its last and hashed on the way. */
public final class Medium implements Feed, Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(Medium.class);

  /** How often one place is tried again through a fresh look at the file. */
  private static final int REOPENED = 3;

  private final Path path;
  private final long size;
  private FileChannel channel;
  private final LongConsumer progress;
  private final MessageDigest sha256 = Digest.sha256();
  private final Optional<MessageDigest> sha512;
  private final SideHash hash;
  private long read;

  private Medium(Path path, long size, FileChannel channel, boolean sha512, LongConsumer progress) {
    this.path = path;
    this.size = size;
    this.channel = channel;
    this.sha512 = sha512 ? Optional.of(sha512()) : Optional.empty();
    this.hash = new SideHash(Stream.concat(Stream.of(sha256), this.sha512.stream()).toList());
    this.progress = progress;
  }

  /**
   * Opens a file; a symbolic link is not followed.
   *
   * @param size how many bytes it is said to have; more are never read
   * @param progress told of the bytes read, piece by piece
   */
  public static Medium open(Path path, long size, boolean sha512, LongConsumer progress) {
    return new Medium(path, size, carried(path), sha512, progress);
  }

  /**
   * Opens what somebody carried in, to be read.
   *
   * @throws Parked LOCAL_IO, MEDIA_UNREADABLE
   */
  static FileChannel carried(Path path) {
    try {
      return open(path);
    } catch (AccessDeniedException denied) {
      throw new Parked(
          Code.LOCAL_IO, path + " may not be read by the user Landfall runs as", denied);
    } catch (IOException gone) {
      throw new Parked(Code.MEDIA_UNREADABLE, path + " cannot be opened: " + gone, gone);
    }
  }

  @Override
  public int read(byte[] into, int offset, int length) {
    int count = (int) Math.min(length, size - read);
    if (count > 0) {
      count = next(ByteBuffer.wrap(into, offset, count));
    }
    if (count <= 0) {
      return -1;
    }
    hash(into, offset, count);
    read += count;
    progress.accept(count);
    return count;
  }

  private void hash(byte[] bytes, int offset, int count) {
    try {
      hash.update(bytes, offset, count);
    } catch (InterruptedException stopped) {
      throw interrupted(stopped);
    }
  }

  private Parked interrupted(Exception stopped) {
    Thread.currentThread().interrupt();
    return new Parked(Code.LOCAL_IO, path + ": reading was interrupted at byte " + read, stopped);
  }

  private int next(ByteBuffer into) {
    for (int tries = 1; ; tries++) {
      try {
        return channel.read(into);
      } catch (ClosedByInterruptException stopped) {
        throw interrupted(stopped);
      } catch (IOException broken) {
        if (tries > REOPENED) {
          throw unreadable(broken);
        }
        LOG.warn("{} is opened again at byte {}: {}", path, read, broken.toString());
        reopen();
      }
    }
  }

  /** A cable that slipped for a moment needs no second pass over all that was read. */
  private void reopen() {
    try {
      channel.close();
      channel = open(path).position(read);
    } catch (IOException gone) {
      throw unreadable(gone);
    }
  }

  private Parked unreadable(IOException broken) {
    return new Parked(
        Code.MEDIA_UNREADABLE,
        path + " cannot be read at byte " + read + ": " + broken,
        List.of("file: " + path, "byte: " + read),
        broken);
  }

  private static FileChannel open(Path path) throws IOException {
    return FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
  }

  /** Reads on to the end, for the digest alone. */
  public void drain() {
    byte[] scratch = new byte[Window.SIZE];
    int count = 0;
    while (count >= 0) {
      count = read(scratch, 0, scratch.length);
    }
  }

  /** Bytes not read yet. */
  public long left() {
    return size - read;
  }

  /** Whether as many bytes came as the file was said to have. */
  public boolean complete() {
    return read == size;
  }

  /** The SHA-256 of all that was read, after which nothing is read any more. */
  public Digest digest() {
    try {
      hash.finish();
    } catch (InterruptedException stopped) {
      throw interrupted(stopped);
    }
    return Digest.ofHash(sha256.digest());
  }

  /** The SHA-512 in lower-case hex, where it was asked for; after {@link #digest}. */
  public Optional<String> sha512Hex() {
    return sha512.map(hash -> HexFormat.of().formatHex(hash.digest()));
  }

  @Override
  public void close() {
    hash.close();
    try {
      channel.close();
    } catch (IOException unimportant) {
      throw new Parked(Code.MEDIA_UNREADABLE, path + " cannot be closed", unimportant);
    }
  }

  private static MessageDigest sha512() {
    try {
      return MessageDigest.getInstance("SHA-512");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
