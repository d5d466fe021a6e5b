package landfall.fault.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Somebody Landfall was never told of: keeps whatever is said to it, which should be nothing. */
public final class Decoy implements AutoCloseable {
  private final ConcurrentLinkedQueue<String> heard = new ConcurrentLinkedQueue<>();
  private final Door door;

  private Decoy(String host) throws IOException {
    this.door = new Door(InetAddress.getByName(host), this::receive);
  }

  /** On another address of this machine. */
  public static Decoy elsewhere() throws IOException {
    return new Decoy("127.0.0.2");
  }

  /** On the address of the registry, behind another port. */
  public static Decoy nextDoor() throws IOException {
    return new Decoy("127.0.0.1");
  }

  public String address() {
    return door.address();
  }

  /** One text a connection, empty where nothing was said. */
  public List<String> heard() {
    return List.copyOf(heard);
  }

  private void receive(Socket client) throws IOException {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    try {
      client.setSoTimeout(500);
      InputStream in = client.getInputStream();
      for (int next = in.read(); next >= 0 && said.size() < 10_000; next = in.read()) {
        said.write(next);
        if (said.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
          client
              .getOutputStream()
              .write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(ISO_8859_1));
        }
      }
    } finally {
      heard.add(said.toString(ISO_8859_1));
    }
  }

  @Override
  public void close() {
    door.close();
  }
}
