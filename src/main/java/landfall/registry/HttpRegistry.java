package landfall.registry;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;
import landfall.image.Digest;
import landfall.image.RawManifest;
import landfall.image.RepositoryName;
import landfall.image.Tag;
import landfall.registry.auth.AuthFiles;
import landfall.registry.fault.Attempts;
import landfall.registry.fault.Health;
import landfall.registry.fault.Pause;
import landfall.registry.fault.WriteFault;
import landfall.registry.personality.Personality;
import landfall.registry.wire.Meter;
import landfall.registry.wire.Times;
import landfall.target.Target;

/** A registry spoken to over HTTP, with the connections, credentials and manners of one target. */
public final class HttpRegistry implements Registry {
  private static final int MOST_SESSIONS = 1000;

  private final Exchange exchange;
  private final Optional<RepositoryName> prefix;
  private final Attempts attempts;
  private final Health health;
  private final Meter meter;
  private final Map<Blob, URI> sessions = new ConcurrentHashMap<>();
  private final Set<Blob> suspicious = ConcurrentHashMap.newKeySet();
  private final Turns turns = new Turns();
  private final MediaTypes mediaTypes = new MediaTypes();

  private HttpRegistry(
      Exchange exchange,
      Optional<RepositoryName> prefix,
      Health health,
      Attempts attempts,
      Meter meter) {
    this.exchange = exchange;
    this.prefix = prefix;
    this.health = health;
    this.attempts = attempts;
    this.meter = meter;
  }

  /** For a target; nothing is sent or read before the first call. */
  public static HttpRegistry open(Target target) {
    return open(target, bytes -> {});
  }

  /**
   * As {@link #open(Target)}, and tells {@code progress} of every piece of a blob that went out.
   */
  public static HttpRegistry open(Target target, LongConsumer progress) {
    return open(target, progress, Pause.real(), Times.usual());
  }

  static HttpRegistry open(Target target, LongConsumer progress, Pause pause, Times times) {
    Target.Security security = target.security();
    Addresses addresses = Addresses.of(target.registry(), security.plainHttp());
    Meter meter = new Meter(progress, target.limits().bytesPerSecond(), pause);
    Line line = new Line(target, times, meter);
    Replies replies = new Replies(pause);
    Authority authority =
        new Authority(
            target.registry(),
            AuthFiles.of(target.registry(), security.authfiles()),
            new TokenServer(addresses.root(), line, replies),
            pause);
    Health health = new Health(pause);
    return new HttpRegistry(
        new Exchange(addresses, line, authority, replies),
        target.prefix(),
        health,
        new Attempts(health, pause),
        meter);
  }

  @Override
  public void ping() {
    exchange.line().refresh();
    attempts.once(new Ping(exchange, prefix));
  }

  @Override
  public void tryWrite(WriteFault fault) {
    attempts.once(new WriteTrial(exchange, fault));
  }

  @Override
  public boolean holds(RepositoryName repository, Digest blob, long size) {
    Blob asked = new Blob(repository, blob, size);
    BlobCheck.Presence presence = attempts.run(new BlobCheck(exchange, asked));
    if (presence == BlobCheck.Presence.WRONG_SIZE) {
      suspicious.add(asked);
    }
    return presence == BlobCheck.Presence.PRESENT;
  }

  @Override
  public boolean mount(RepositoryName repository, Digest blob, RepositoryName from) {
    Blob wanted = new Blob(repository, blob, 0);
    Optional<URI> session = attempts.run(new BlobMount(exchange, wanted, from));
    if (session.isPresent() && sessions.size() < MOST_SESSIONS) {
      sessions.put(wanted, session.get());
    }
    return session.isEmpty();
  }

  @Override
  public void send(RepositoryName repository, Digest blob, long size, BlobSource source) {
    Blob sent = new Blob(repository, blob, size);
    Optional<URI> opened = Optional.ofNullable(sessions.remove(new Blob(repository, blob, 0)));
    attempts.run(new BlobUpload(exchange, sent, source, opened, suspicious.remove(sent)));
  }

  @Override
  public boolean fetch(RepositoryName repository, Digest blob, long size, BlobSink sink) {
    return attempts.run(new BlobRead(exchange, new Blob(repository, blob, size), sink));
  }

  @Override
  public Optional<Digest> tagged(RepositoryName repository, Tag tag) {
    return attempts.run(new TagCheck(exchange, repository, tag));
  }

  @Override
  public Optional<RawManifest> manifest(RepositoryName repository, String tagOrDigest) {
    return attempts.run(new ManifestRead(exchange, repository, tagOrDigest));
  }

  @Override
  public void put(RepositoryName repository, String tagOrDigest, RawManifest manifest) {
    ManifestWrite write = new ManifestWrite(exchange, repository, tagOrDigest, manifest);
    mediaTypes.judging(manifest, () -> attempts.run(turns.taking(repository, write)));
  }

  @Override
  public long slowdowns() {
    return health.slowdowns();
  }

  @Override
  public Personality personality() {
    return exchange.personality();
  }

  @Override
  public Traffic traffic() {
    return new Traffic(meter.requests(), meter.bytes());
  }

  @Override
  public void close() {
    exchange.line().close();
  }
}
