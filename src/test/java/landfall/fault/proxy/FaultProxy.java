package landfall.fault.proxy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToIntFunction;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * An HTTP/1.1 proxy on loopback that stands between Landfall and a registry, or between it and
 * several replicas of one. It counts every request, plays the faults its rules say, slows what is
 * sent up, and can be away.
 */
public final class FaultProxy implements AutoCloseable {
  private final List<InetSocketAddress> registries = new ArrayList<>();
  private final Door door;
  private final Rules rules;
  private final AtomicLong turn = new AtomicLong();
  private final AtomicLong connections = new AtomicLong();
  private final ConcurrentLinkedQueue<Seen> seen = new ConcurrentLinkedQueue<>();
  private volatile Pace pace = Pace.FREE;
  private volatile Optional<Duration> idle = Optional.empty();
  private volatile Optional<SSLContext> certificate = Optional.empty();
  private volatile Optional<ToIntFunction<Head>> choice = Optional.empty();

  private FaultProxy(long seed, int... registryPorts) throws IOException {
    InetAddress here = InetAddress.getLoopbackAddress();
    for (int port : registryPorts) {
      registries.add(new InetSocketAddress(here, port));
    }
    this.rules = new Rules(seed);
    this.door = new Door(here, this::receive);
  }

  /** Stands before a registry of this machine, on a free port. */
  public static FaultProxy before(int registryPort) throws IOException {
    return seeded(0, registryPort);
  }

  /**
   * The same where chance is in the rules: the same seed hits the same requests. With several
   * registries the requests go to each in turn.
   */
  public static FaultProxy seeded(long seed, int... registryPorts) throws IOException {
    return new FaultProxy(seed, registryPorts);
  }

  public String address() {
    return door.address();
  }

  /** From now on these are looked through for each request, in order. */
  public void play(Rule... some) {
    rules.add(some);
  }

  /** Plays nothing any more. */
  public void behave() {
    rules.clear();
  }

  /** Chooses the replica for a request, instead of one after the other. */
  public void choose(ToIntFunction<Head> replica) {
    choice = Optional.of(replica);
  }

  /** How fast a body goes up on each connection; 0 for as fast as it can. */
  public void slowTo(long bytesPerSecond) {
    pace = new Pace(bytesPerSecond, pace.delayMillis());
  }

  /** How long every request waits before it is passed on. */
  public void delay(long millis) {
    pace = new Pace(pace.bytesPerSecond(), millis);
  }

  /** Closes a connection, without a word, on which nothing was asked for so long. */
  public void closeIdle(Duration after) {
    idle = Optional.of(after);
  }

  /** Speaks TLS from the next connection on and shows this certificate; those there are end. */
  public void present(SSLContext newCertificate) {
    certificate = Optional.of(newCertificate);
    door.hangUp();
  }

  /** Passes everything on at once and in plain HTTP, and has seen nothing. */
  public void reset() throws IOException {
    behave();
    certificate = Optional.empty();
    choice = Optional.empty();
    idle = Optional.empty();
    pace = Pace.FREE;
    door.hangUp();
    door.reopen();
    forget();
  }

  /** Every request since the beginning or the last {@link #forget}, in order of arrival. */
  public List<Seen> seen() {
    return List.copyOf(seen);
  }

  /** What they say about bytes sent twice. */
  public Traffic traffic() {
    return new Traffic(seen());
  }

  /** How many connections were taken. */
  public long connections() {
    return connections.get();
  }

  public void forget() {
    seen.clear();
    connections.set(0);
  }

  /** Refuses connections and cuts those there are. */
  public void shut() {
    door.shut();
  }

  /** Is there again, on the same port. */
  public void reopen() throws IOException {
    door.reopen();
  }

  @Override
  public void close() {
    door.close();
  }

  private void receive(Socket raw) throws IOException {
    connections.incrementAndGet();
    Socket client = dressed(raw);
    try (Connection connection = new Connection(door, raw, client, registries)) {
      Optional<Head> request = connection.request(Optional.empty());
      while (request.isPresent() && exchange(connection, request.get())) {
        request = connection.request(idle);
      }
    }
  }

  private Socket dressed(Socket client) throws IOException {
    if (certificate.isEmpty()) {
      return client;
    }
    SSLSocket dressed =
        (SSLSocket)
            certificate.get().getSocketFactory().createSocket(client, null, door.port(), true);
    dressed.setUseClientMode(false);
    return dressed;
  }

  private boolean exchange(Connection connection, Head request) throws IOException {
    Seen now = new Seen(request);
    seen.add(now);
    pace.delay();
    Rules.Chosen chosen = rules.choose(request, now);
    Passage passage = new Passage(connection, pace, now, passedOn(request));
    passage.by(replica(request), chosen.random());
    chosen.trick().play(passage);
    return passage.goesOn();
  }

  private int replica(Head request) {
    int next = choice.map(chooser -> chooser.applyAsInt(request)).orElse(-1);
    return next >= 0 || registries.isEmpty()
        ? Math.max(0, next)
        : (int) (turn.getAndIncrement() % registries.size());
  }

  /** The registry makes its addresses from what it is told of the way to it. */
  private Head passedOn(Head request) {
    return certificate.isPresent() ? request.with("X-Forwarded-Proto: https") : request;
  }
}
