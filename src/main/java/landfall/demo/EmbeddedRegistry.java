package landfall.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;

/**
 * An OCI registry in this process, over plain HTTP on 127.0.0.1 and nowhere else.
 *
 * <p>Everything it was given lies below its folder and is there again when it is started over that
 * folder; uploads that were not finished are not. One registry at a time may use a folder. Files
 * appear by atomic rename, without a sync: after a power cut content may be missing.
 */
public final class EmbeddedRegistry implements AutoCloseable {
  private static final byte[] LOOPBACK = {127, 0, 0, 1};

  static {
    // Read once by the JDK's server, at its first use in this process. Without it, every answer
    // with a body waits 40 ms for the client's delayed acknowledgement of the header.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;
  private final Doorman doorman;
  private final Front front;

  private EmbeddedRegistry(HttpServer server, Doorman doorman, Front front) {
    this.server = server;
    this.doorman = doorman;
    this.front = front;
  }

  /**
   * Starts a registry that keeps its content below {@code folder}.
   *
   * @param port 0 for any free one
   */
  public static EmbeddedRegistry start(Path folder, int port) throws IOException {
    Front front = new Front(Store.open(folder));
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port), 0);
    Doorman doorman = new Doorman();
    server.setExecutor(doorman);
    server.createContext("/", exchange -> receive(exchange, doorman, front));
    server.start();
    return new EmbeddedRegistry(server, doorman, front);
  }

  private static void receive(HttpExchange exchange, Doorman doorman, Front front) {
    if (doorman.admits()) {
      front.handle(exchange);
    } else {
      exchange.close();
    }
  }

  /** Host and port as they stand in an image reference, such as {@code 127.0.0.1:5000}. */
  public String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** From now on lets requests go wrong as {@code faults} says. */
  public void suffer(Faults faults) {
    front.suffer(faults);
  }

  /** How many requests came so far, by method; those that were made to go wrong are counted too. */
  public Map<String, Long> requests() {
    return front.requests();
  }

  /** How many bytes of blobs were read from clients so far, whether or not they were kept. */
  public long bytesReceived() {
    return front.bytesReceived();
  }

  /** Cuts all connections and frees the port. */
  @Override
  public void close() {
    server.stop(0);
    doorman.close();
  }
}
