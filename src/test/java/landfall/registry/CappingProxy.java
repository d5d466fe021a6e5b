package landfall.registry;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/** A proxy in front of a registry that lets no body above its limit through. */
final class CappingProxy implements AutoCloseable {
  private final ServerSocket server;
  private final int upstream;
  private final int most;
  private final boolean says;
  private final AtomicInteger refused = new AtomicInteger();

  /**
   * Starts.
   *
   * @param says whether it answers 413; if not, it resets the connection after the last byte of its
   *     limit
   */
  CappingProxy(String registry, int most, boolean says) throws IOException {
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.upstream = Integer.parseInt(registry.substring(registry.indexOf(':') + 1));
    this.most = most;
    this.says = says;
    start(this::accept);
  }

  String address() {
    return "127.0.0.1:" + server.getLocalPort();
  }

  int refused() {
    return refused.get();
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "capping-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        start(() -> serve(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client;
        Socket registry = new Socket(InetAddress.getLoopbackAddress(), upstream)) {
      InputStream asks = new BufferedInputStream(client.getInputStream());
      InputStream answers = new BufferedInputStream(registry.getInputStream());
      boolean open = true;
      while (open) {
        String request = head(asks);
        open = !request.isEmpty() && pass(client, asks, request, registry.getOutputStream());
        if (open) {
          answer(request, answers, client.getOutputStream());
        }
      }
    } catch (IOException hungUp) {
      return;
    }
  }

  private boolean pass(Socket client, InputStream asks, String request, OutputStream registry)
      throws IOException {
    long length = length(request);
    if (length > most) {
      refuse(client, asks);
      return false;
    }
    registry.write(request.getBytes(ISO_8859_1));
    copy(asks, registry, length);
    registry.flush();
    return true;
  }

  private void refuse(Socket client, InputStream asks) throws IOException {
    refused.incrementAndGet();
    if (says) {
      client
          .getOutputStream()
          .write(
              "HTTP/1.1 413 So\r\nContent-Length: 6\r\nConnection: close\r\n\r\n<html>"
                  .getBytes(ISO_8859_1));
      client.shutdownOutput();
      asks.skipNBytes(most); // some of what is still on its way, as nginx does
    } else {
      asks.skipNBytes(most);
      client.setSoLinger(true, 0);
    }
  }

  private static void answer(String request, InputStream answers, OutputStream client)
      throws IOException {
    String head = head(answers);
    client.write(head.getBytes(ISO_8859_1));
    if (!request.startsWith("HEAD ")) {
      copy(answers, client, length(head));
    }
    client.flush();
  }

  private static void copy(InputStream in, OutputStream out, long length) throws IOException {
    byte[] portion = new byte[64 * 1024];
    long left = length;
    while (left > 0) {
      int count = in.read(portion, 0, (int) Math.min(portion.length, left));
      if (count < 0) {
        throw new IOException("the other side hung up");
      }
      out.write(portion, 0, count);
      left -= count;
    }
  }

  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    String text = "";
    while (!text.endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        return "";
      }
      head.write(next);
      text = next == '\n' ? head.toString(ISO_8859_1) : text;
    }
    return text;
  }

  private static long length(String head) {
    for (String line : head.split("\r\n", -1)) {
      if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        return Long.parseLong(line.substring(15).strip());
      }
    }
    return 0;
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
