package landfall.campaign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import landfall.fake.DebianRegistry;
import landfall.fault.proxy.FaultProxy;

/** What a trial stands on: a registry, the proxy before it, and a folder for everything. */
final class Bench implements AutoCloseable {
  private final Path root;
  private final Runner runner;
  private final DebianRegistry registry;
  private final FaultProxy proxy;
  private long startup;

  private Bench(Path root, Runner runner, DebianRegistry registry, FaultProxy proxy) {
    this.root = root;
    this.runner = runner;
    this.registry = registry;
    this.proxy = proxy;
  }

  static Bench open(Path folder, Runner runner) throws IOException {
    Path root = Files.createDirectories(folder);
    Path server = Files.createTempDirectory(root, "registry");
    DebianRegistry registry = DebianRegistry.start(server);
    String address = registry.address();
    int port = Integer.parseInt(address.substring(address.indexOf(':') + 1));
    return new Bench(root, runner, registry, FaultProxy.before(port));
  }

  Path root() {
    return root;
  }

  Runner runner() {
    return runner;
  }

  DebianRegistry registry() {
    return registry;
  }

  FaultProxy proxy() {
    return proxy;
  }

  Witness witness() {
    return new Witness(registry.address());
  }

  /** A registry that holds nothing, at the same address, and a proxy that has seen nothing. */
  void reset() throws IOException {
    registry.kill();
    registry.wipe();
    registry.startAgain();
    proxy.reset();
  }

  /** A site with nothing in it. */
  Site site(String name) throws IOException {
    return site(name, data -> {});
  }

  /** A site whose data folder is prepared, such as mounted, before anything is put into it. */
  Site site(String name, Preparation preparation) throws IOException {
    return Site.create(this, Files.createTempDirectory(root, name), preparation);
  }

  /** What is done with a site before it starts. */
  interface SetUp {
    void prepare(Site site) throws IOException;
  }

  /** What is done with an empty data folder. */
  interface Preparation {
    void prepare(Path data) throws IOException;
  }

  /**
   * Milliseconds from the start of the last clean run to its first request; 0 before there was one.
   */
  long startup() {
    return startup;
  }

  void startsIn(long millis) {
    startup = millis;
  }

  /** What a site holds after an archive came and nothing was in the way. */
  Outputs clean(SetUp setUp, List<String> flags, Sample sample) throws IOException {
    try (Site site = site("clean")) {
      setUp.prepare(site);
      site.start(flags.toArray(String[]::new));
      sample.dropInto(site.drop());
      site.awaitEnd(sample.file());
      startup = site.firstRequest().orElseThrow();
      Outputs outputs = Outputs.of(site);
      site.discard();
      return outputs;
    } finally {
      reset();
    }
  }

  @Override
  public void close() {
    proxy.close();
    registry.close();
  }
}
