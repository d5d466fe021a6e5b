package landfall.registry;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;
import landfall.failure.Code;
import landfall.failure.ImageRefused;
import landfall.failure.Parked;
import landfall.image.Digest;
import landfall.image.RawManifest;
import landfall.image.RepositoryName;
import landfall.image.Tag;
import landfall.registry.auth.AuthFiles;
import landfall.registry.exchange.Addresses;
import landfall.registry.exchange.Authority;
import landfall.registry.exchange.Exchange;
import landfall.registry.exchange.Line;
import landfall.registry.exchange.Replies;
import landfall.registry.exchange.Session;
import landfall.registry.exchange.TokenServer;
import landfall.registry.fault.Attempts;
import landfall.registry.fault.Health;
import landfall.registry.fault.Pause;
import landfall.registry.fault.WriteFault;
import landfall.registry.personality.Personality;
import landfall.registry.personality.Quirk;
import landfall.registry.upload.Blob;
import landfall.registry.upload.BlobCheck;
import landfall.registry.upload.BlobMount;
import landfall.registry.upload.BlobUpload;
import landfall.registry.upload.Manner;
import landfall.registry.upload.WriteTrial;
import landfall.registry.wire.Meter;
import landfall.registry.wire.Times;
import landfall.target.Target;

/** A registry spoken to over HTTP, with the connections, credentials and manners of one target. */
public final class HttpRegistry implements Registry {
  private static final int MOST_SESSIONS = 1000;
  private static final Duration WITHOUT_MOUNTS = Duration.ofMinutes(5);

  private final Exchange exchange;
  private final Optional<RepositoryName> prefix;
  private final Attempts attempts;
  private final Health health;
  private final Pause pause;
  private final Meter meter;
  private final Map<Blob, Session> sessions = new ConcurrentHashMap<>();
  private final Set<Blob> suspicious = ConcurrentHashMap.newKeySet();
  private final Manner manner;
  private final Turns turns = new Turns();
  private final MediaTypes mediaTypes = new MediaTypes();
  private volatile long mountsFrom;

  private HttpRegistry(
      Exchange exchange, Optional<RepositoryName> prefix, Health health, Pause pause, Meter meter) {
    this.exchange = exchange;
    this.prefix = prefix;
    this.health = health;
    this.pause = pause;
    this.mountsFrom = pause.nanos();
    this.attempts = new Attempts(health, pause);
    this.manner = new Manner(pause);
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
    Addresses addresses = Addresses.of(target);
    Meter meter = new Meter(progress, target.limits().bytesPerSecond(), pause);
    Line line = new Line(target, times, meter, pause);
    Replies replies = new Replies(pause);
    Authority authority =
        new Authority(
            target.registry(),
            AuthFiles.of(target.registry(), security.authfiles()),
            new TokenServer(addresses.root(), security.others().tokens(), line, replies),
            pause);
    return new HttpRegistry(
        new Exchange(addresses, line, authority, replies),
        target.prefix(),
        new Health(pause),
        pause,
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
    if (fault.code() == Code.PROXY_BODY_LIMIT) {
      manner.forget();
    }
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
  public boolean isNew(RepositoryName repository) {
    try {
      return attempts.once(new NewCheck(exchange, repository));
    } catch (ImageRefused unknown) {
      return false;
    } catch (Parked unknown) {
      if (unknown.code() == Code.REGISTRY_AUTH || unknown.code() == Code.REGISTRY_TLS) {
        throw unknown; // to be refused once more under the same name locks people out
      }
      return false; // whoever asks for something that is needed finds out why
    }
  }

  @Override
  public boolean mount(RepositoryName repository, Digest blob, RepositoryName from) {
    if (pause.nanos() - mountsFrom < 0) {
      return false;
    }
    Blob wanted = new Blob(repository, blob, 0);
    BlobMount.Outcome outcome = mount(new BlobMount(exchange, wanted, from));
    outcome
        .session()
        .filter(session -> sessions.size() < MOST_SESSIONS)
        .ifPresent(session -> sessions.put(wanted, session));
    return outcome.mounted();
  }

  /** Whoever fails at a mount and is well otherwise may still take the blob itself. */
  private BlobMount.Outcome mount(BlobMount step) {
    try {
      return attempts.run(step);
    } catch (Parked down) {
      if (down.code() != Code.REGISTRY_DOWN || !answers()) {
        throw down;
      }
      mountsFrom = pause.nanos() + WITHOUT_MOUNTS.toNanos();
      return new BlobMount.Outcome(false, Optional.empty());
    }
  }

  private boolean answers() {
    try {
      ping();
      return true;
    } catch (Parked silent) {
      return false;
    }
  }

  @Override
  public void send(RepositoryName repository, Digest blob, long size, BlobSource source) {
    Blob sent = new Blob(repository, blob, size);
    Optional<Session> opened = Optional.ofNullable(sessions.remove(new Blob(repository, blob, 0)));
    BlobUpload.Before before = new BlobUpload.Before(opened, suspicious.remove(sent));
    attempts.run(new BlobUpload(exchange, manner, sent, source::open, before));
  }

  @Override
  public boolean fetch(RepositoryName repository, Digest blob, long size, BlobSink sink) {
    BlobRead read = BlobRead.keeping(exchange, new Blob(repository, blob, size), sink);
    return attempts.run(read) == Found.WHOLE;
  }

  @Override
  public Found read(RepositoryName repository, Digest blob, long size, LongConsumer progress) {
    BlobRead read = BlobRead.proving(exchange, new Blob(repository, blob, size), progress);
    Found found = attempts.run(read);
    if (found == Found.ELSEWHERE) {
      throw new Parked(
          Code.REGISTRY_MISCONFIGURED,
          read.phrase()
              + ": the registry points to another host, which is not contacted, so nothing can be"
              + " read back from it");
    }
    return found;
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
    mediaTypes.judging(
        manifest,
        () ->
            attempts.run(
                personality().has(Quirk.MANIFESTS_COLLIDE)
                    ? turns.taking(repository, write)
                    : write));
  }

  @Override
  public long slowdowns() {
    return health.slowdowns();
  }

  @Override
  public Optional<Instant> quietUntil() {
    return health.quietUntil();
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
