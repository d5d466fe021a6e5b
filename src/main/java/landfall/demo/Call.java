package landfall.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.util.Optional;
import java.util.OptionalLong;

/** One request as the endpoints see it. */
final class Call {
  private final HttpExchange exchange;

  Call(HttpExchange exchange) {
    this.exchange = exchange;
  }

  String method() {
    return exchange.getRequestMethod();
  }

  /** The path with percent signs decoded; still foreign. */
  String path() {
    return exchange.getRequestURI().getPath();
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
  }

  /** The first value a query parameter has. */
  Optional<String> query(String name) {
    String query = Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0 && pair.substring(0, equals).equals(name)) {
        return Optional.of(URLDecoder.decode(pair.substring(equals + 1), UTF_8));
      }
    }
    return Optional.empty();
  }

  /** The length the client announced; the server has refused what is not a number. */
  OptionalLong length() {
    return header("Content-Length").stream().mapToLong(Long::parseLong).findFirst();
  }

  InputStream body() {
    return exchange.getRequestBody();
  }

  /**
   * Reads what is left of the body. The server would cut the connection over more than 64 KiB of
   * it, and the client would often see that in place of the answer.
   */
  void drain() throws IOException {
    body().transferTo(OutputStream.nullOutputStream());
  }
}
