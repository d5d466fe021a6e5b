package landfall.registry;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

/**
 * A server that expects an exact list of requests and answers each as the test says. A request it
 * does not expect, or one that never comes, makes {@link #close} fail the test.
 */
final class ScriptedRegistry implements AutoCloseable {
  private static final String UNMEASURED = "connection: close";

  private final ServerSocket server;
  private final Layer layer;
  private final AtomicInteger connections = new AtomicInteger();
  private volatile boolean deaf;
  private final Deque<Line> script = new ArrayDeque<>();
  private final List<Seen> seen = new ArrayList<>();
  private final List<String> surprises = new ArrayList<>();
  private final List<String> tolerated = new ArrayList<>();

  /** What is expected next and what is done about it. */
  private record Line(String method, String path, Reaction reaction) {}

  /** A request as it came, and over which connection from 1. */
  record Seen(
      int connection, String method, String path, Map<String, String> headers, String body) {
    Optional<String> header(String name) {
      return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }
  }

  /** What the server does about a request. */
  record Reaction(int status, List<String> headers, String body, Manner manner, int taken) {
    Reaction {
      headers = List.copyOf(headers);
    }

    Reaction with(String header) {
      List<String> more = new ArrayList<>(headers);
      more.add(header);
      return new Reaction(status, more, body, manner, taken);
    }

    /** Ends with the connection and says no length. */
    Reaction unmeasured() {
      return with(UNMEASURED);
    }

    Reaction early() {
      return new Reaction(status, headers, body, Manner.EARLY, 0);
    }
  }

  private enum Manner {
    /** Reads everything, then answers. */
    POLITE,
    /** Answers before the body is read, and hangs up. */
    EARLY,
    /** Takes some of the body and resets the connection instead of answering. */
    RESET,
    /** Takes the headers, then neither reads nor answers. */
    SILENT,
    /** Answers a byte at a time, which takes for ever. */
    DRIPPING
  }

  /** What a connection is spoken through. */
  private interface Layer {
    Socket over(Socket plain) throws IOException;
  }

  private ScriptedRegistry(Layer layer) throws IOException {
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.layer = layer;
    Thread thread = new Thread(this::accept, "scripted-registry");
    thread.setDaemon(true);
    thread.start();
  }

  static ScriptedRegistry http() throws IOException {
    return new ScriptedRegistry(plain -> plain);
  }

  static ScriptedRegistry https(SSLContext context, boolean wantsClient) throws IOException {
    return new ScriptedRegistry(
        plain -> {
          SSLSocket socket =
              (SSLSocket)
                  context.getSocketFactory().createSocket(plain, "", plain.getPort(), false);
          socket.setUseClientMode(false);
          socket.setNeedClientAuth(wantsClient);
          return socket;
        });
  }

  /** Speaks plain HTTP, whatever it is sent, and calls that no surprise. */
  static ScriptedRegistry mute() throws IOException {
    ScriptedRegistry registry = http();
    registry.deaf = true;
    return registry;
  }

  static Reaction answer(int status) {
    return answer(status, "");
  }

  static Reaction answer(int status, String body) {
    return new Reaction(status, List.of(), body, Manner.POLITE, 0);
  }

  /** An error as registries word it. */
  static Reaction error(int status, String code, String message) {
    return answer(
            status, "{\"errors\":[{\"code\":\"" + code + "\",\"message\":\"" + message + "\"}]}")
        .with("Content-Type: application/json");
  }

  static Reaction reset() {
    return reset(0);
  }

  static Reaction reset(int taken) {
    return new Reaction(0, List.of(), "", Manner.RESET, taken);
  }

  /** Starts with these words and never comes to an end. */
  static Reaction dripping(String start) {
    return new Reaction(0, List.of(), start, Manner.DRIPPING, 0);
  }

  static Reaction silence() {
    return new Reaction(0, List.of(), "", Manner.SILENT, 0);
  }

  ScriptedRegistry on(String method, String path, Reaction reaction) {
    synchronized (script) {
      script.add(new Line(method, path, reaction));
    }
    return this;
  }

  /** A request that may come or not, at any time, and breaks off by itself. */
  ScriptedRegistry tolerating(String method, String path) {
    synchronized (script) {
      tolerated.add(method + " " + path);
    }
    return this;
  }

  int port() {
    return server.getLocalPort();
  }

  /** {@code host:port}. */
  String address() {
    return "127.0.0.1:" + port();
  }

  List<Seen> seen() {
    synchronized (script) {
      return List.copyOf(seen);
    }
  }

  /** The n-th request from 0. */
  Seen seen(int index) {
    return seen().get(index);
  }

  @Override
  public void close() throws IOException {
    server.close();
    synchronized (script) {
      if (!surprises.isEmpty() || !script.isEmpty()) {
        throw new AssertionError(
            "unexpected requests " + surprises + ", requests that never came " + script);
      }
    }
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        int connection = connections.incrementAndGet();
        Thread thread = new Thread(() -> serve(socket, connection), "scripted-connection");
        thread.setDaemon(true);
        thread.start();
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket plain, int connection) {
    try (plain) {
      try (Socket socket = layer.over(plain)) {
        converse(socket, connection);
      } catch (SSLException refused) {
        plain.shutdownOutput(); // the alert would lose the race with a reset
        drain(plain.getInputStream());
      }
    } catch (IOException hungUp) {
      return;
    }
  }

  private void converse(Socket socket, int connection) throws IOException {
    BufferedInputStream in = new BufferedInputStream(socket.getInputStream());
    if (deaf) {
      socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(UTF_8));
      return;
    }
    boolean open = true;
    while (open) {
      String first = line(in);
      if (first.isEmpty()) {
        return;
      }
      open = react(socket, connection, in, first);
    }
  }

  private boolean react(Socket socket, int connection, InputStream in, String first)
      throws IOException {
    String[] words = first.split(" ", -1);
    Map<String, String> headers = headers(in);
    Reaction reaction = next(words[0], words[1]);
    boolean reads = reaction.manner() == Manner.POLITE || reaction.manner() == Manner.DRIPPING;
    String body = reads ? body(in, headers) : "";
    synchronized (script) {
      seen.add(new Seen(connection, words[0], words[1], headers, body));
    }
    if (reaction.manner() == Manner.RESET) {
      in.skipNBytes(reaction.taken());
      socket.setSoLinger(true, 0);
      return false;
    }
    if (reaction.manner() == Manner.DRIPPING) {
      drip(socket, reaction.body());
      return false;
    }
    if (reaction.manner() == Manner.SILENT) {
      waitForTheEnd(in);
      return false;
    }
    socket.getOutputStream().write(text(reaction, words[0]).getBytes(UTF_8));
    socket.getOutputStream().flush();
    if (!reads) {
      socket.shutdownOutput();
      drain(in);
    }
    return reads && !reaction.headers().contains(UNMEASURED);
  }

  private void drip(Socket socket, String start) throws IOException {
    socket.getOutputStream().write(start.getBytes(UTF_8));
    while (!server.isClosed()) {
      try {
        Thread.sleep(20);
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        return;
      }
      socket.getOutputStream().write('x');
    }
  }

  /** A client that is cut off closes; until then nothing is read. */
  private void waitForTheEnd(InputStream in) throws IOException {
    synchronized (script) {
      while (!server.isClosed() && in.available() >= 0) {
        try {
          script.wait(20);
        } catch (InterruptedException stopped) {
          Thread.currentThread().interrupt();
          return;
        }
      }
    }
  }

  /** Reads a little of what the client still sends, as servers do so that their answer arrives. */
  private static void drain(InputStream in) throws IOException {
    byte[] chunk = new byte[64 * 1024];
    int left = 64;
    while (left > 0 && in.read(chunk) >= 0) {
      left--;
    }
  }

  private Reaction next(String method, String path) {
    synchronized (script) {
      if (tolerated.contains(method + " " + path)) {
        return reset();
      }
      Optional<Line> expected = Optional.ofNullable(script.poll());
      if (expected.isPresent()
          && expected.get().method().equals(method)
          && expected.get().path().equals(path)) {
        return expected.get().reaction();
      }
      surprises.add(method + " " + path + " instead of " + expected);
      return answer(418, "unexpected");
    }
  }

  private static String text(Reaction reaction, String method) {
    StringBuilder text = new StringBuilder("HTTP/1.1 " + reaction.status() + " So\r\n");
    reaction.headers().forEach(header -> text.append(header).append("\r\n"));
    boolean given =
        reaction.headers().stream()
            .map(header -> header.toLowerCase(Locale.ROOT))
            .anyMatch(header -> header.startsWith("content-length") || header.equals(UNMEASURED));
    if (!given && reaction.status() != 204) {
      text.append("Content-Length: ").append(reaction.body().getBytes(UTF_8).length);
      text.append("\r\n");
    }
    text.append("\r\n");
    return method.equals("HEAD") ? text.toString() : text + reaction.body();
  }

  private static Map<String, String> headers(InputStream in) throws IOException {
    Map<String, String> headers = new LinkedHashMap<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 2));
    }
    return headers;
  }

  private static String body(InputStream in, Map<String, String> headers) throws IOException {
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    return new String(in.readNBytes(length), ISO_8859_1);
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      if (next != '\r') {
        line.write(next);
      }
    }
    return line.toString(ISO_8859_1);
  }
}
