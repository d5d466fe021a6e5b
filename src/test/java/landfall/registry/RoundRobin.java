package landfall.registry;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A balancer that gives each connection to the next of several registries. */
final class RoundRobin implements AutoCloseable {
  private final ServerSocket server;
  private final List<String> registries;
  private final AtomicInteger connections = new AtomicInteger();

  RoundRobin(List<String> registries) throws IOException {
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.registries = registries;
    start(this::accept);
  }

  String address() {
    return "127.0.0.1:" + server.getLocalPort();
  }

  int connections() {
    return connections.get();
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "round-robin");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        String next = registries.get(connections.getAndIncrement() % registries.size());
        Socket registry =
            new Socket(
                InetAddress.getLoopbackAddress(),
                Integer.parseInt(next.substring(next.indexOf(':') + 1)));
        start(() -> pass(client, registry));
        start(() -> pass(registry, client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private static void pass(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException hungUp) {
      return;
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
