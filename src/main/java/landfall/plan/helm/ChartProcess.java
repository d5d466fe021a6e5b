package landfall.plan.helm;

import java.io.BufferedInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import landfall.failure.Code;

/**
 * One child process on a leash: no environment, little memory, and only so much time and output.
 * Closing it ends it and everything it started.
 */
final class ChartProcess implements AutoCloseable {
  private static final int MOST_OUTPUT = 16 << 20;
  private static final Duration START = Duration.ofSeconds(60);

  /** In KiB, seconds and blocks of 512 bytes; a limit that a system does not know is left out. */
  private static final String LEASH =
      "ulimit -c 0; ulimit -v 3145728; ulimit -t \"$1\"; ulimit -f 524288; shift; exec \"$@\"";

  /** Where the engine is not there for a machine, its wrapper would fetch it from the network. */
  private static final String NO_DOWNLOAD = "-Dcom.marcnuri.jkube-helm.skipRemoteJar=true";

  private final Process process;
  private final BlockingQueue<Optional<String>> lines = new LinkedBlockingQueue<>();
  private boolean over;
  private Optional<String> first = Optional.empty();

  private ChartProcess(Process process) {
    this.process = process;
  }

  /**
   * Starts one for charts of a folder.
   *
   * @param patience with all of them
   * @throws IOException when it does not come up, which is no chart's fault
   */
  static ChartProcess start(Path folder, int first, int end, Duration patience) throws IOException {
    Path home = Files.createDirectories(folder.resolve("home"));
    long seconds = START.toSeconds() + Math.min(10L * (end - first), patience.toSeconds() + 1);
    ProcessBuilder builder = new ProcessBuilder(command(folder, home, first, end, seconds));
    builder.environment().clear();
    builder.environment().put("HOME", home.toString());
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().put("GOMEMLIMIT", "512MiB");
    builder.redirectError(ProcessBuilder.Redirect.DISCARD).directory(home.toFile());
    ChartProcess child = new ChartProcess(builder.start());
    Thread listener = new Thread(child::listen, "charts");
    listener.setDaemon(true);
    listener.start();
    child.awaitFirst();
    return child;
  }

  private void awaitFirst() throws IOException {
    try {
      first = line(System.nanoTime() + START.toNanos());
      if (first.isEmpty()) {
        boolean ended = process.waitFor(1, TimeUnit.SECONDS);
        throw new IOException(
            "the process that renders charts "
                + (ended
                    ? "ended with exit code " + process.exitValue()
                    : "said nothing for " + START.toSeconds() + " s"));
      }
    } catch (InterruptedException stopped) {
      throw interrupted();
    } finally {
      if (first.isEmpty()) {
        close();
      }
    }
  }

  private static List<String> command(Path folder, Path home, int first, int end, long seconds) {
    return List.of(
        "/bin/sh",
        "-c",
        LEASH,
        "sh",
        String.valueOf(seconds),
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx192m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-XX:ReservedCodeCacheSize=32m",
        "-XX:CompressedClassSpaceSize=32m",
        "-Dfile.encoding=UTF-8",
        "-Djava.io.tmpdir=" + home,
        "-Djna.tmpdir=" + home,
        "-Duser.home=" + home,
        NO_DOWNLOAD,
        "-cp",
        classPath(),
        RenderCharts.class.getName(),
        folder.toString(),
        String.valueOf(first),
        String.valueOf(end));
  }

  /** As it is seen from the child's own folder. */
  private static String classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .map(part -> Path.of(part).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** What the child makes of its next chart. */
  Rendering next(int chart, String name, Duration patience) throws IOException, EngineAbsent {
    Rendering.Builder builder = new Rendering.Builder();
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      Optional<String> line = first.isPresent() ? first : line(deadline);
      first = Optional.empty();
      if (line.isEmpty()) {
        over = true;
        return lost(name, deadline);
      }
      String[] words = line.get().split(" ", 4);
      if (words.length == 4 && words[1].equals(String.valueOf(chart))) {
        if (words[2].equals("end")) {
          return builder.build();
        }
        if (words[2].equals("absent")) {
          throw new EngineAbsent("the engine cannot be loaded: " + words[3]);
        }
        if (words[2].equals("full")) {
          throw new IOException("no space left to unpack " + name);
        }
        if (!words[2].equals("begin")) {
          builder.take(words[2], words[3]);
        }
      }
    }
  }

  /** Whether it may go on to the next chart. */
  boolean alive() {
    return !over;
  }

  private static Rendering lost(String name, long deadline) {
    boolean late = System.nanoTime() >= deadline;
    return Rendering.refused(
        Code.LIMIT_EXCEEDED,
        name + (late ? " takes too long to render" : " takes too much memory or time to render"));
  }

  /** A line of its own that the child prints; empty when none comes any more. */
  private Optional<String> line(long deadline) throws IOException {
    try {
      Optional<String> line =
          lines.poll(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
      return line == null ? Optional.empty() : line;
    } catch (InterruptedException stopped) {
      throw interrupted();
    }
  }

  private static IOException interrupted() {
    Thread.currentThread().interrupt();
    return new InterruptedIOException("rendering was interrupted");
  }

  private void listen() {
    try (InputStream in = new BufferedInputStream(process.getInputStream())) {
      StringBuilder line = new StringBuilder();
      int read = 0;
      for (int next = in.read(); next >= 0 && read < MOST_OUTPUT; next = in.read()) {
        read++;
        if (next == '\n') {
          hear(line.toString());
          line.setLength(0);
        } else {
          line.append((char) next);
        }
      }
    } catch (IOException ended) {
      // The end is told below.
    }
    lines.add(Optional.empty());
  }

  /** The engine prints too; only marked lines are the child's. */
  private void hear(String latin) {
    String line = new String(latin.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    if (line.startsWith(RenderCharts.MARK)) {
      lines.add(Optional.of(line));
    }
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
