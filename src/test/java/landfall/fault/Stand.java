package landfall.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import landfall.campaign.Sample;
import landfall.campaign.SampleMaker;
import landfall.campaign.Shape;
import landfall.campaign.Witness;
import landfall.fake.DebianRegistry;
import landfall.fault.proxy.FaultProxy;
import landfall.flow.Site;
import landfall.image.RepositoryName;
import landfall.ledger.State;
import landfall.plan.Planner;
import landfall.report.Receipt;
import landfall.settings.Settings;
import landfall.target.Target;

/** What a fault stands on: a real registry, the proxy before it, and the real routes. */
final class Stand implements AutoCloseable {
  static final long SEED = 20261122;

  private static final Target.Limits LIMITS = new Target.Limits(4, 16, 16, 0);
  private static final int LARGEST_LAYER = 40_000;

  private final Path folder;
  private final DebianRegistry registry;
  private final FaultProxy proxy;
  private Optional<Site> site = Optional.empty();

  private Stand(Path folder, DebianRegistry registry, FaultProxy proxy) {
    this.folder = folder;
    this.registry = registry;
    this.proxy = proxy;
  }

  static Stand open(Path folder) throws IOException {
    Path home = Files.createTempDirectory(folder, "stand");
    DebianRegistry registry = DebianRegistry.start(Files.createDirectory(home.resolve("server")));
    return new Stand(home, registry, FaultProxy.seeded(SEED, port(registry)));
  }

  static int port(DebianRegistry registry) {
    String address = registry.address();
    return Integer.parseInt(address.substring(address.indexOf(':') + 1));
  }

  Path folder() {
    return folder;
  }

  DebianRegistry registry() {
    return registry;
  }

  FaultProxy proxy() {
    return proxy;
  }

  /** An archive of so many images with small layers. */
  Sample sample(int images) throws IOException {
    return sample(SEED, images, LARGEST_LAYER);
  }

  Sample sample(long seed, int images, int largestLayer) throws IOException {
    return sample(Shape.TAR, seed, images, largestLayer);
  }

  Sample sample(Shape shape, long seed, int images, int largestLayer) throws IOException {
    Path place = Files.createTempDirectory(folder, "sample");
    return SampleMaker.make(seed, shape, new SampleMaker.Size(images, largestLayer), place);
  }

  /** Plain HTTP to the proxy, without credentials. */
  static Target.Security open() {
    return logged(folderOfNobody());
  }

  private static Path folderOfNobody() {
    return Path.of("/nonexistent/auth.json");
  }

  /** Plain HTTP with the credentials of this file. */
  static Target.Security logged(Path authfile) {
    return new Target.Security(
        true, true, Optional.empty(), Optional.empty(), Optional.empty(), List.of(authfile));
  }

  /** TLS with this CA. */
  static Target.Security tls(Path ca) {
    return new Target.Security(
        false,
        true,
        Optional.of(ca),
        Optional.empty(),
        Optional.empty(),
        List.of(folderOfNobody()));
  }

  static Target target(String name, String address, Target.Security security) {
    return target(name, address, security, LIMITS);
  }

  /** Of which so many images are worked on at a time. */
  static Target target(String name, String address, Target.Security security, int images) {
    return target(name, address, security, new Target.Limits(images, images, 16, 0));
  }

  private static Target target(
      String name, String address, Target.Security security, Target.Limits limits) {
    return new Target(
        name, address, Optional.of(new RepositoryName(Witness.PREFIX)), security, 0, limits);
  }

  /** Starts the routes for this registry. */
  Site start() {
    return start(target("site", proxy.address(), open()));
  }

  Site start(Target... targets) {
    Settings settings =
        Settings.defaults().withData(folder.resolve("data")).withTargets(List.of(targets));
    Site started =
        Site.start(Site.with(settings, Optional.empty()), Planner.Options.DEFAULT, false);
    site = Optional.of(started);
    return started;
  }

  Site site() {
    return site.orElseThrow();
  }

  /** Hands an archive over; nothing is awaited. */
  void give(Sample sample) {
    site().engine().handOver(sample.source(), false);
  }

  /** Hands an archive over and waits for its end. */
  Receipt deliver(Sample sample, State state) {
    give(sample);
    return await(sample, state);
  }

  Receipt await(Sample sample, State state) {
    return site().await(sample.file(), state, java.time.Duration.ofSeconds(Size.of(90, 900)));
  }

  /** A1 and A2: everything of these archives is there, byte for byte, and nothing else. */
  void assertWhole(Sample... samples) {
    assertThat(new Witness(registry.address()).whole(List.of(samples))).isEmpty();
  }

  /** No tag refers to anything that is not there. */
  void assertNothingPartial() {
    assertThat(new Witness(registry.address()).partial()).isEmpty();
  }

  /** Bytes that went up, as a share of what had to. */
  double cost(Sample sample) {
    return (double) proxy.traffic().blobBytes() / sample.payload();
  }

  @Override
  public void close() {
    site.ifPresent(Site::close);
    proxy.close();
    registry.close();
  }
}
