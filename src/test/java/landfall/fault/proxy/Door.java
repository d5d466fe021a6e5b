package landfall.fault.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** A port that gives every connection a thread, and can be shut and opened again. */
final class Door implements AutoCloseable {
  private static final int WAITING = 200;

  private final InetSocketAddress address;
  private final Host host;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile ServerSocket server;

  /** Opens on a free port. */
  Door(InetAddress at, Host host) throws IOException {
    this.host = host;
    this.server = new ServerSocket(0, WAITING, at);
    this.address = new InetSocketAddress(at, server.getLocalPort());
    serve(server);
  }

  /** Who takes care of a connection until it ends. */
  interface Host {
    void receive(Socket client) throws IOException;
  }

  String address() {
    return address.getAddress().getHostAddress() + ":" + address.getPort();
  }

  int port() {
    return address.getPort();
  }

  /** A connection that ends when this door is shut. */
  <T extends Socket> T guard(T socket) {
    open.add(socket);
    return socket;
  }

  void release(Socket socket) {
    open.remove(socket);
  }

  /** Ends every connection there is. */
  void hangUp() {
    for (Socket socket : open) {
      close(socket);
    }
  }

  /** Refuses connections and ends those there are. */
  void shut() {
    try {
      server.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    hangUp();
  }

  /** Is there again, on the same port; the old door may take a moment to close. */
  void reopen() throws IOException {
    for (int attempt = 1; server.isClosed(); attempt++) {
      try {
        ServerSocket again = new ServerSocket();
        again.setReuseAddress(true);
        again.bind(address, WAITING);
        server = again;
        serve(again);
      } catch (BindException taken) {
        if (attempt == 100) {
          throw taken;
        }
        LockSupport.parkNanos(50_000_000);
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
            Socket client = guard(at.accept());
            start(() -> receive(client));
          }
        });
  }

  private void receive(Socket client) throws IOException {
    try (client) {
      host.receive(client);
    } finally {
      release(client);
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException gone) {
      // it was closed already
    }
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
}
