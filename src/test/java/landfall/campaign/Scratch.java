package landfall.campaign;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Looks at a site's disks many times a second: the most bytes {@code work/} held, and whether the
 * reserve of a small disk was ever touched.
 */
final class Scratch implements AutoCloseable {
  private static final long SMALL_DISK = 1 << 20;
  private static final int RESERVED_PART = 20;

  private final Site site;
  private final Thread thread;
  private volatile boolean over;
  private volatile long most;
  private final AtomicLong looks = new AtomicLong();
  private volatile long lacking;

  private Scratch(Site site) {
    this.site = site;
    this.thread = new Thread(this::look, "scratch");
  }

  static Scratch watch(Site site) {
    Scratch scratch = new Scratch(site);
    scratch.thread.setDaemon(true);
    scratch.thread.start();
    return scratch;
  }

  long most() {
    return most;
  }

  /** How often a small disk's reserve was looked at. */
  long looks() {
    return looks.get();
  }

  /** By how many bytes the reserve was short at the worst moment; 0 when it never was. */
  long missing() {
    return lacking;
  }

  private void look() {
    while (!over) {
      most = Math.max(most, bytes());
      for (String folder : List.of("work", "out", "quarantine")) {
        reserve(site.data().resolve(folder).toFile());
      }
      LockSupport.parkNanos(20_000_000);
    }
  }

  /** The ledger alone may use it; what the campaign itself has filled is not Landfall's. */
  private void reserve(File folder) {
    long total = folder.getTotalSpace();
    long free = folder.getUsableSpace();
    if (total > 0 && total <= SMALL_DISK && !Root.isFilled(folder.toPath())) {
      looks.incrementAndGet();
      lacking = Math.max(lacking, total / RESERVED_PART - free);
    }
  }

  private long bytes() {
    try (Stream<Path> files = Files.walk(site.data().resolve("work"))) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    } catch (IOException | UncheckedIOException changing) {
      return 0;
    }
  }

  @Override
  public void close() {
    over = true;
  }
}
