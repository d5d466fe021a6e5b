package landfall.campaign;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import landfall.fault.proxy.Seen;
import landfall.folders.Relocation;
import org.awaitility.Awaitility;

/** A data folder and the Landfall that serves it as a process of its own. */
final class Site implements AutoCloseable {
  static final String TARGET = "site";

  private static final Duration LONGEST = Duration.ofMinutes(4);

  private final Bench bench;
  private final Path root;
  private Optional<Process> process = Optional.empty();
  private long startedAt;

  private Site(Bench bench, Path root) {
    this.bench = bench;
    this.root = root;
  }

  static Site create(Bench bench, Path root, Bench.Preparation preparation) throws IOException {
    Site site = new Site(bench, root);
    preparation.prepare(Files.createDirectories(site.data()));
    Files.createDirectories(site.drop());
    Files.createDirectories(site.state());
    site.configure("");
    return site;
  }

  /** Writes the configuration; {@code more} is a line of the target's block. */
  void configure(String more) throws IOException {
    write("plainHttp: true", more);
  }

  /** The same for a registry behind TLS. */
  void configureTls(String more) throws IOException {
    write("plainHttp: false", more);
  }

  private void write(String scheme, String more) throws IOException {
    int page;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      page = free.getLocalPort();
    }
    Files.writeString(
        root.resolve("landfall.yaml"),
        """
        data: %s
        targets:
          - name: %s
            registry: %s
            prefix: %s
            %s
            %s
        drop: { settle: 300ms, sidecar: { required: true } }
        web: { listen: "127.0.0.1:%d" }
        """
            .formatted(
                data(), TARGET, bench.proxy().address(), Witness.PREFIX, scheme, more, page));
  }

  Path data() {
    return root.resolve("data");
  }

  Path drop() {
    return data().resolve("drop");
  }

  Path state() {
    return data().resolve("state");
  }

  Path out() {
    return data().resolve("out");
  }

  Path log() {
    return root.resolve("landfall.log");
  }

  Bench bench() {
    return bench;
  }

  void start(String... flags) throws IOException {
    startBehind(List.of(), flags);
  }

  /** Starts it behind another program, such as strace. */
  void startBehind(List<String> before, String... flags) throws IOException {
    startedAt = System.nanoTime();
    List<String> arguments = List.of("serve", "--config", root.resolve("landfall.yaml").toString());
    process = Optional.of(bench.runner().start(before, List.of(flags), arguments, log()));
  }

  /** When it was started last, by {@link System#nanoTime}. */
  long startedAt() {
    return startedAt;
  }

  /** Milliseconds from the last start to the first request the registry saw of it. */
  Optional<Long> firstRequest() {
    return bench.proxy().seen().stream()
        .map(Seen::at)
        .filter(at -> at > startedAt)
        .findFirst()
        .map(at -> (at - startedAt) / 1_000_000);
  }

  boolean runs() {
    return process.filter(Process::isAlive).isPresent();
  }

  /** Ends it with SIGKILL. */
  void kill() {
    process.ifPresent(
        running -> {
          running.descendants().forEach(ProcessHandle::destroyForcibly);
          running.destroyForcibly();
          exitCode(Duration.ofSeconds(30));
        });
  }

  /** Ends it as a service manager does, so that it can bring to an end what it writes just now. */
  void stop() {
    process.ifPresent(Process::destroy);
    if (process.isPresent() && exitCode(Duration.ofMinutes(1)).isEmpty()) {
      kill();
      throw new IllegalStateException("Landfall did not stop within a minute, see " + log());
    }
  }

  /** Its exit code, once it has ended by itself; empty when it still runs after so long. */
  Optional<Integer> exitCode(Duration longest) {
    Process running = process.orElseThrow();
    try {
      return running.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS)
          ? Optional.of(running.exitValue())
          : Optional.empty();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** What the ledger says of the archives of that name, oldest first. */
  List<Standing> standings(String name) {
    return Standing.all(state(), name);
  }

  /** The latest archive of that name, if it has come to its end. */
  Optional<Standing> ended(String name) {
    List<Standing> all = standings(name);
    return all.isEmpty()
        ? Optional.empty()
        : Optional.of(all.get(all.size() - 1)).filter(Standing::finished);
  }

  /** Waits for the end of an archive; its way may take minutes. */
  Standing awaitEnd(String name) {
    return awaitEnd(name, LONGEST);
  }

  Standing awaitEnd(String name, Duration longest) {
    List<Standing> end = new ArrayList<>();
    await(
        "the end of " + name,
        longest,
        () -> {
          ended(name).ifPresent(end::add);
          return !end.isEmpty();
        });
    return end.get(0);
  }

  /** Waits for something; fails at once when the process has ended. */
  void await(String what, Duration longest, Condition condition) {
    Awaitility.await(what + ", see " + log())
        .atMost(longest)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(50))
        .until(
            () -> {
              if (condition.holds()) {
                return true;
              }
              if (!runs()) {
                throw new IllegalStateException(
                    "Landfall ended by itself while " + what + " was awaited, see " + log());
              }
              return false;
            });
  }

  /** Something that is or is not so. */
  interface Condition {
    boolean holds() throws IOException;
  }

  /** Lines of the log that contain the text. */
  List<String> logged(String text) throws IOException {
    List<String> found = new ArrayList<>();
    if (Files.exists(log())) {
      for (String line : Files.readString(log()).split("\n", -1)) {
        if (line.contains(text)) {
          found.add(line);
        }
      }
    }
    return found;
  }

  /** Deletes everything; what a failed trial leaves stays for who looks into it. */
  void discard() throws IOException {
    kill();
    Relocation.deleteTree(root);
  }

  @Override
  public void close() {
    kill();
  }
}
