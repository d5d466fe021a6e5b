package landfall.campaign;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP/1.1 proxy on loopback that stands between Landfall and a registry: it sees and counts
 * every request, slows what is sent up, and can be away.
 *
 * <p>Each connection has one of its own to the registry, and both end together.
 */
final class FaultProxy implements AutoCloseable {
  private static final int PIECE = 8 * 1024;

  private final InetSocketAddress registry;
  private final int port;
  private final ConcurrentLinkedQueue<Seen> seen = new ConcurrentLinkedQueue<>();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile ServerSocket door;
  private volatile long bytesPerSecond;
  private volatile long delayMillis;
  private volatile Guard guard = head -> "";
  private volatile Optional<SSLContext> certificate = Optional.empty();

  private FaultProxy(InetSocketAddress registry, ServerSocket door) {
    this.registry = registry;
    this.door = door;
    this.port = door.getLocalPort();
    serve(door);
  }

  /** Stands before a registry of this machine, on a free port. */
  static FaultProxy before(int registryPort) throws IOException {
    InetAddress here = InetAddress.getLoopbackAddress();
    return new FaultProxy(
        new InetSocketAddress(here, registryPort), new ServerSocket(0, 100, here));
  }

  String address() {
    return "127.0.0.1:" + port;
  }

  /** How fast a body goes up on each connection; 0 for as fast as it can. */
  void slowTo(long newBytesPerSecond) {
    bytesPerSecond = newBytesPerSecond;
  }

  /** How long every request waits before it is passed on. */
  void delay(long millis) {
    delayMillis = millis;
  }

  /** Decides which requests do not get through. */
  interface Guard {
    /** What is answered instead of asking the registry; empty to let it through. */
    String answer(Head request);
  }

  void guard(Guard newGuard) {
    guard = newGuard;
  }

  /** Speaks TLS from the next connection on and shows this certificate; those there are end. */
  void present(SSLContext newCertificate) {
    certificate = Optional.of(newCertificate);
    hangUp();
  }

  /** Passes everything on at once and in plain HTTP, and has seen nothing. */
  void reset() throws IOException {
    guard = head -> "";
    certificate = Optional.empty();
    slowTo(0);
    delay(0);
    hangUp();
    reopen();
    forget();
  }

  private void hangUp() {
    for (Socket socket : open) {
      try {
        socket.close();
      } catch (IOException gone) {
        // it was closed already
      }
    }
  }

  /** Every request since the beginning or the last {@link #forget}, in order of arrival. */
  List<Seen> seen() {
    return List.copyOf(seen);
  }

  void forget() {
    seen.clear();
  }

  /** Refuses connections and cuts those there are. */
  void shut() {
    try {
      door.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Is there again, on the same port; the old door may take a moment to close. */
  void reopen() throws IOException {
    for (int attempt = 1; door.isClosed(); attempt++) {
      try {
        ServerSocket again = new ServerSocket();
        again.setReuseAddress(true);
        again.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 100);
        door = again;
        serve(again);
      } catch (BindException taken) {
        if (attempt == 100) {
          throw taken;
        }
        pause(50_000_000);
      }
    }
  }

  @Override
  public void close() {
    shut();
  }

  private void serve(ServerSocket at) {
    start(
        () -> {
          while (true) {
            Socket client = at.accept();
            start(() -> relay(dressed(client)));
          }
        });
  }

  private Socket dressed(Socket client) throws IOException {
    if (certificate.isEmpty()) {
      return client;
    }
    SSLSocket dressed =
        (SSLSocket) certificate.get().getSocketFactory().createSocket(client, null, port, true);
    dressed.setUseClientMode(false);
    return dressed;
  }

  private static void start(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException over) {
                // a connection's end, which both sides see
              }
            },
            "fault-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private interface Work {
    void run() throws IOException;
  }

  private void relay(Socket client) throws IOException {
    open.add(client);
    try (client;
        Socket server = new Socket()) {
      server.connect(registry);
      server.setTcpNoDelay(true);
      client.setTcpNoDelay(true);
      open.add(server);
      InputStream fromClient = new BufferedInputStream(client.getInputStream(), PIECE);
      InputStream fromServer = new BufferedInputStream(server.getInputStream(), PIECE);
      while (exchange(fromClient, client.getOutputStream(), fromServer, server.getOutputStream())) {
        // the next request of this connection
      }
      open.remove(server);
    } finally {
      open.remove(client);
    }
  }

  private boolean exchange(
      InputStream fromClient, OutputStream toClient, InputStream fromServer, OutputStream toServer)
      throws IOException {
    Head request = Head.read(fromClient);
    if (request.isEnd()) {
      return false;
    }
    Seen now = new Seen(request.word(0), request.word(1), Math.max(0, request.length()));
    seen.add(now);
    pause(delayMillis * 1_000_000);
    if (request.field("expect").isPresent()) {
      toClient.write(Head.GO_ON);
    }
    String refusal = guard.answer(request);
    if (!refusal.isEmpty()) {
      body(fromClient, OutputStream.nullOutputStream(), request, null);
      now.answered(Integer.parseInt(refusal.split(" ", 3)[1]));
      boolean bare = request.word(0).equals("HEAD");
      String sent = bare ? refusal.substring(0, refusal.indexOf("\r\n\r\n") + 4) : refusal;
      toClient.write(sent.getBytes(ISO_8859_1));
      toClient.flush();
      return true;
    }
    toServer.write(passedOn(request).without("expect"));
    body(fromClient, toServer, request, now);
    Head answer = Head.read(fromServer);
    if (answer.isEnd()) {
      return false;
    }
    now.answered(Integer.parseInt(answer.word(1)));
    toClient.write(answer.bytes());
    if (!request.word(0).equals("HEAD")) {
      body(fromServer, toClient, answer, null);
    }
    toClient.flush();
    return true;
  }

  /** The registry makes its addresses from what it is told of the way to it. */
  private Head passedOn(Head request) {
    return certificate.isPresent() ? request.with("X-Forwarded-Proto: https") : request;
  }

  /** Passes a body on; counted and slowed when it goes up. */
  private void body(InputStream from, OutputStream to, Head head, @Nullable Seen up)
      throws IOException {
    if (head.isChunked()) {
      String size;
      do {
        size = Head.line(from);
        to.write((size + "\r\n").getBytes(ISO_8859_1));
        pass(from, to, Integer.parseInt(size.split(";", 2)[0].strip(), 16), up);
        Head.line(from);
        to.write(new byte[] {'\r', '\n'});
      } while (!size.startsWith("0"));
    } else {
      pass(from, to, Math.max(0, head.length()), up);
    }
    to.flush();
  }

  private void pass(InputStream from, OutputStream to, long count, @Nullable Seen up)
      throws IOException {
    byte[] piece = new byte[PIECE];
    long left = count;
    while (left > 0) {
      int read = from.read(piece, 0, (int) Math.min(left, PIECE));
      if (read < 0) {
        throw new IOException("cut off");
      }
      if (up != null) {
        up.passed(read);
        pause(bytesPerSecond == 0 ? 0 : read * 1_000_000_000L / bytesPerSecond);
      }
      to.write(piece, 0, read);
      left -= read;
    }
  }

  private static void pause(long nanos) {
    long until = System.nanoTime() + nanos;
    for (long left = nanos; left > 0; left = until - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
