package landfall.fault.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Answers of registries and proxies that refuse something, as they come over the wire. */
public final class Answers {
  private static final String JSON = "Content-Type: application/json";

  private Answers() {}

  public static Reply unauthorized() {
    return error(401, "UNAUTHORIZED", "who?").with("WWW-Authenticate: Basic realm=\"site\"");
  }

  public static Reply denied(String words) {
    return error(403, "DENIED", words);
  }

  /** An error in the registries' JSON. */
  public static Reply error(int status, String code, String words) {
    String body = "{\"errors\":[{\"code\":\"" + code + "\",\"message\":\"" + words + "\"}]}";
    return Reply.of(status, body, JSON);
  }

  /** A web page of a proxy in front. */
  public static Reply page(int status, String words) {
    return Reply.of(
        status,
        "<html><head><title>" + words + "</title></head><body>nginx</body></html>",
        "Content-Type: text/html",
        "Server: nginx/1.22.1");
  }

  /** What a registry really said: {@code registries/NAME.http}, whose first line is the status. */
  public static Reply captured(String name) {
    String file = "/registries/" + name + ".http";
    try (InputStream in = Objects.requireNonNull(Answers.class.getResourceAsStream(file), file)) {
      String[] parts = new String(in.readAllBytes(), UTF_8).split("\n\n", 2);
      List<String> lines = new ArrayList<>(List.of(parts[0].split("\n", -1)));
      int status = Integer.parseInt(lines.remove(0).split(" ", 3)[1]);
      return new Reply(status, lines, parts.length > 1 ? parts[1].strip() : "");
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
