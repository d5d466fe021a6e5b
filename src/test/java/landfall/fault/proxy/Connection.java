package landfall.fault.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A client's connection and those to the registries behind it; they end together. */
final class Connection implements AutoCloseable {
  private static final int PIECE = 8 * 1024;

  private final Door door;
  private final Socket raw;
  private final Socket client;
  private final InputStream in;
  private final OutputStream out;
  private final List<InetSocketAddress> registries;
  private final Map<Integer, Server> servers = new HashMap<>();

  /** A registry's end. */
  record Server(Socket socket, InputStream in, OutputStream out) {}

  /**
   * Begins with the client.
   *
   * @param raw the client's socket as the network knows it
   * @param client the same, perhaps in TLS
   */
  Connection(Door door, Socket raw, Socket client, List<InetSocketAddress> registries)
      throws IOException {
    this.door = door;
    this.raw = raw;
    this.client = client;
    this.registries = registries;
    raw.setTcpNoDelay(true);
    this.in = new BufferedInputStream(client.getInputStream(), PIECE);
    this.out = client.getOutputStream();
  }

  InputStream in() {
    return in;
  }

  OutputStream out() {
    return out;
  }

  /** The next request; empty at the connection's end, or when none came for so long. */
  Optional<Head> request(Optional<Duration> idle) throws IOException {
    if (idle.filter(Duration::isZero).isPresent()) {
      return Optional.empty();
    }
    raw.setSoTimeout((int) idle.map(Duration::toMillis).orElse(0L).longValue());
    Head request = Head.read(in);
    raw.setSoTimeout(0);
    if (request.field("expect").isPresent()) {
      out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(ISO_8859_1));
    }
    return request.isEnd() ? Optional.empty() : Optional.of(request);
  }

  Server server(int replica) throws IOException {
    Server known = servers.get(replica);
    if (known != null) {
      return known;
    }
    Socket socket = door.guard(new Socket());
    socket.connect(registries.get(replica));
    socket.setTcpNoDelay(true);
    Server server =
        new Server(
            socket,
            new BufferedInputStream(socket.getInputStream(), PIECE),
            socket.getOutputStream());
    servers.put(replica, server);
    return server;
  }

  /** Waits until the client hangs up, or this proxy does. */
  void awaitEnd() throws IOException {
    in.transferTo(OutputStream.nullOutputStream());
  }

  /** Ends without a good-bye: whatever is under way is lost on both sides. */
  void reset() throws IOException {
    raw.setSoLinger(true, 0);
    raw.close();
    for (Server server : servers.values()) {
      server.socket().setSoLinger(true, 0);
    }
  }

  /** Says that nothing more comes, and still takes a little, so that the last word arrives. */
  void linger() throws IOException {
    client.shutdownOutput();
    byte[] piece = new byte[PIECE];
    int left = 512;
    while (left > 0 && in.read(piece) >= 0) {
      left--;
    }
  }

  @Override
  public void close() throws IOException {
    client.close();
    for (Server server : servers.values()) {
      server.socket().close();
      door.release(server.socket());
    }
  }
}
