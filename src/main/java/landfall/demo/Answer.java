package landfall.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** One answer: status, headers and a body of known length. */
record Answer(int status, Map<String, String> headers, Content content) {
  private static final int BUFFER = 128 * 1024;
  private static final JsonMapper JSON = new JsonMapper();
  private static final Content NOTHING = new Content(0, InputStream::nullInputStream);

  Answer {
    headers = Map.copyOf(headers);
  }

  static Answer of(int status) {
    return new Answer(status, Map.of(), NOTHING);
  }

  static Answer json(int status, Object document) {
    try {
      return of(status)
          .with("Content-Type", "application/json")
          .with(JSON.writeValueAsBytes(document));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  Answer with(String name, String value) {
    return with(Map.of(name, value));
  }

  Answer with(Map<String, String> more) {
    Map<String, String> all = new HashMap<>(headers);
    all.putAll(more);
    return new Answer(status, all, content);
  }

  Answer with(byte[] body) {
    return new Answer(
        status, headers, new Content(body.length, () -> new ByteArrayInputStream(body)));
  }

  /** With {@code length} bytes of a file, from {@code first} on, as body. */
  Answer with(Path file, long first, long length) {
    return new Answer(status, headers, new Content(length, () -> opened(file, first)));
  }

  private static InputStream opened(Path file, long first) throws IOException {
    InputStream in = Files.newInputStream(file);
    in.skipNBytes(first);
    return in;
  }

  void send(HttpExchange exchange) throws IOException {
    headers.forEach(exchange.getResponseHeaders()::set);
    exchange.getResponseHeaders().set("Docker-Distribution-API-Version", "registry/2.0");
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", Long.toString(content.length()));
      exchange.sendResponseHeaders(status, -1);
    } else if (content.length() == 0) {
      // To the server, 0 means "of unknown length" and -1 means "none".
      exchange.sendResponseHeaders(status, -1);
    } else {
      exchange.sendResponseHeaders(status, content.length());
      content.copyTo(exchange.getResponseBody());
    }
  }

  /** A body that can be opened when its turn comes. */
  record Content(long length, Source source) {
    void copyTo(OutputStream out) throws IOException {
      try (InputStream in = source.open();
          out) {
        byte[] buffer = new byte[(int) Math.min(length, BUFFER)];
        for (long left = length; left > 0; ) {
          int count = in.readNBytes(buffer, 0, (int) Math.min(left, buffer.length));
          if (count == 0) {
            throw new EOFException("content ends " + left + " bytes early");
          }
          out.write(buffer, 0, count);
          left -= count;
        }
      }
    }
  }

  /** Opens the bytes of a body. */
  @FunctionalInterface
  interface Source {
    InputStream open() throws IOException;
  }
}
