package landfall.fault.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** An answer the proxy gives by itself. */
public record Reply(int status, List<String> fields, String body) {
  public Reply {
    fields = List.copyOf(fields);
  }

  /** With fields such as {@code "Location: /v2/"}. */
  public static Reply of(int status, String body, String... fields) {
    return new Reply(status, List.of(fields), body);
  }

  public Reply with(String field) {
    List<String> more = new ArrayList<>(fields);
    more.add(field);
    return new Reply(status, more, body);
  }

  byte[] bytes(boolean withBody) {
    StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " So\r\n");
    fields.forEach(field -> head.append(field).append("\r\n"));
    boolean said =
        fields.stream()
            .anyMatch(field -> field.toLowerCase(Locale.ROOT).startsWith("content-length:"));
    if (!said && status != 204) {
      head.append("Content-Length: ").append(body.getBytes(UTF_8).length).append("\r\n");
    }
    byte[] first = head.append("\r\n").toString().getBytes(ISO_8859_1);
    byte[] rest = withBody ? body.getBytes(UTF_8) : new byte[0];
    byte[] all = new byte[first.length + rest.length];
    System.arraycopy(first, 0, all, 0, first.length);
    System.arraycopy(rest, 0, all, first.length, rest.length);
    return all;
  }
}
