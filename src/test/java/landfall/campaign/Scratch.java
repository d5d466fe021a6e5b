package landfall.campaign;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** Looks at a site's {@code work/} many times a second and remembers the most bytes it held. */
final class Scratch implements AutoCloseable {
  private final Path work;
  private final Thread thread;
  private volatile boolean over;
  private volatile long most;

  private Scratch(Path work) {
    this.work = work;
    this.thread = new Thread(this::look, "scratch");
  }

  static Scratch watch(Site site) {
    Scratch scratch = new Scratch(site.data().resolve("work"));
    scratch.thread.setDaemon(true);
    scratch.thread.start();
    return scratch;
  }

  long most() {
    return most;
  }

  private void look() {
    while (!over) {
      most = Math.max(most, bytes());
      LockSupport.parkNanos(20_000_000);
    }
  }

  private long bytes() {
    try (Stream<Path> files = Files.walk(work)) {
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
