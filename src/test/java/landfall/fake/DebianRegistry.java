package landfall.fake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import landfall.folders.Relocation;
import org.awaitility.Awaitility;

/** Debian's docker-registry as a process of its own, on a free port, with its files in a folder. */
public final class DebianRegistry implements AutoCloseable {
  private final Path program;
  private final Path folder;
  private final int port;
  private Process process;

  private DebianRegistry(Path program, Path folder, int port) throws IOException {
    this.program = program;
    this.folder = folder;
    this.port = port;
    this.process = launch();
  }

  /**
   * How it lets people in: with a certificate and its key in PEM, with a password file in
   * htpasswd's format, both, or neither.
   */
  public record Door(Optional<Pair> pair, Optional<Path> passwords) {
    public static final Door OPEN = new Door(Optional.empty(), Optional.empty());
  }

  /** A certificate and its key. */
  public record Pair(Path certificate, Path key) {}

  /** Plain HTTP without a login; the test is skipped where the program is not installed. */
  public static DebianRegistry start(Path folder) throws IOException {
    return start(folder, Door.OPEN);
  }

  /** Starts on a free port of this machine; the test is skipped where it is not installed. */
  public static DebianRegistry start(Path folder, Door door) throws IOException {
    return start(Program.named("docker-registry"), folder, door);
  }

  /** Another registry of the same family, where {@code src/bench/registries} has built it. */
  public static DebianRegistry built(String name, Path folder) throws IOException {
    return start(Program.built(name), folder, Door.OPEN);
  }

  /** Zot that takes docker manifests, where {@code src/bench/registries} has built it. */
  public static DebianRegistry zot(Path folder) throws IOException {
    Path program = Program.built("zot");
    int port = freePort();
    Files.writeString(
        folder.resolve("config.yml"),
        """
        distSpecVersion: 1.1.0
        storage: {rootDirectory: '%s'}
        http: {address: 127.0.0.1, port: '%d', compat: [docker2s2]}
        """
            .formatted(folder.resolve("storage"), port));
    return new DebianRegistry(program, folder, port);
  }

  /** One that takes manifests whose layers lie elsewhere; the test is skipped as above. */
  public static DebianRegistry allowingUrls(Path folder) throws IOException {
    return start(
        Program.named("docker-registry"),
        folder,
        Door.OPEN,
        "validation: {manifests: {urls: {allow: ['^http://']}}}");
  }

  private static DebianRegistry start(Path program, Path folder, Door door, String... more)
      throws IOException {
    int port = freePort();
    List<String> lines = new ArrayList<>(List.of(more));
    lines.add("version: 0.1");
    lines.add("log: {level: error, accesslog: {disabled: true}}");
    lines.add("storage: {filesystem: {rootdirectory: '" + folder.resolve("storage") + "'}}");
    lines.add("http:");
    lines.add("  addr: '127.0.0.1:" + port + "'");
    lines.add("  secret: not-one");
    door.pair()
        .ifPresent(
            pair ->
                lines.add(
                    "  tls: {certificate: '"
                        + pair.certificate()
                        + "', key: '"
                        + pair.key()
                        + "'}"));
    door.passwords()
        .ifPresent(file -> lines.add("auth: {htpasswd: {realm: site, path: '" + file + "'}}"));
    Files.write(folder.resolve("config.yml"), lines);
    return new DebianRegistry(program, folder, port);
  }

  /** Another one with the same storage, which signs its upload sessions with another secret. */
  public static DebianRegistry replica(Path folder, DebianRegistry of, String secret)
      throws IOException {
    int port = freePort();
    Path config = folder.resolve("config.yml");
    Files.writeString(
        config,
        Files.readString(of.folder.resolve("config.yml"))
            .replace("127.0.0.1:" + of.port, "127.0.0.1:" + port)
            .replace("secret: not-one", "secret: " + secret));
    return new DebianRegistry(of.program, folder, port);
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  private Process launch() throws IOException {
    Process started =
        new ProcessBuilder(program.toString(), "serve", folder.resolve("config.yml").toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
            .start();
    try {
      Awaitility.await("docker-registry to listen")
          .atMost(Duration.ofSeconds(30))
          .pollInterval(Duration.ofMillis(50))
          .until(
              () -> {
                assertThat(started.isAlive()).as(Files.readString(log())).isTrue();
                return listens();
              });
    } catch (RuntimeException | Error never) {
      started.destroyForcibly();
      throw never;
    }
    return started;
  }

  public String address() {
    return "127.0.0.1:" + port;
  }

  /** Ends it as a power cut would. */
  public void kill() {
    process.destroyForcibly();
    Awaitility.await("docker-registry to end").until(() -> !process.isAlive());
  }

  /** Starts it again with what it has stored, on the same port. */
  public void startAgain() throws IOException {
    process = launch();
  }

  /** Deletes what no manifest refers to, as a cron job beside the running registry does. */
  public void collectGarbage() {
    try {
      Process collector =
          new ProcessBuilder(
                  program.toString(), "garbage-collect", folder.resolve("config.yml").toString())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
              .start();
      collector.waitFor();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** Starts it again so that it takes no writes, or takes them again. */
  public void readOnly(boolean on) throws IOException {
    restore("maintenance: {readonly: {enabled: " + on + "}}");
  }

  /** Starts it again so that it deletes, with or without a memory of what it has stored. */
  public void deleting(boolean remembering) throws IOException {
    String memory = remembering ? ", cache: {blobdescriptor: inmemory}" : "";
    restore("delete: {enabled: true}" + memory);
  }

  private void restore(String more) throws IOException {
    kill();
    Path file = folder.resolve("config.yml");
    List<String> lines = new ArrayList<>(Files.readAllLines(file));
    lines.removeIf(line -> line.startsWith("storage:"));
    String files = "filesystem: {rootdirectory: '" + folder.resolve("storage") + "'}";
    lines.add("storage: {" + files + ", " + more + "}");
    Files.write(file, lines);
    process = launch();
  }

  /** The folder of everything it has stored. */
  public Path storage() {
    return folder.resolve("storage");
  }

  /** Forgets everything it has stored. */
  public void wipe() throws IOException {
    Relocation.deleteTree(folder.resolve("storage"));
  }

  /** Every {@code repository:tag} with its digest, read from its disk and not asked from it. */
  public Map<String, String> tags() {
    Path repositories = folder.resolve("storage/docker/registry/v2/repositories");
    Map<String, String> tags = new TreeMap<>();
    if (!Files.exists(repositories)) {
      return tags;
    }
    try (Stream<Path> files = Files.walk(repositories)) {
      for (Path link : files.filter(file -> file.endsWith("current/link")).toList()) {
        String[] parts = repositories.relativize(link).toString().split("/_manifests/tags/", -1);
        tags.put(
            parts[0] + ":" + parts[1].substring(0, parts[1].indexOf('/')),
            Files.readString(link).strip());
      }
      return tags;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** How many logins it has refused. */
  public long refusedLogins() throws IOException {
    try (Stream<String> lines = Files.lines(log())) {
      return lines.filter(line -> line.contains("error authenticating user")).count();
    }
  }

  private Path log() {
    return folder.resolve("registry.log");
  }

  private boolean listens() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }
}
