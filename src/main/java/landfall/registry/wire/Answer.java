package landfall.registry.wire;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hc.core5.http.Header;

/** What came back: status, headers and a bounded body, all of it foreign. */
public final class Answer {
  private final int status;
  private final Header[] headers;
  private final byte[] body;
  private final boolean whole;

  Answer(int status, Header[] headers, byte[] body, boolean whole) {
    this.status = status;
    this.headers = headers;
    this.body = body;
    this.whole = whole;
  }

  public int status() {
    return status;
  }

  /** The first header of that name. */
  public Optional<String> header(String name) {
    return headers(name).stream().findFirst();
  }

  public List<String> headers(String name) {
    return Arrays.stream(headers)
        .filter(header -> header.getName().equalsIgnoreCase(name) && header.getValue() != null)
        .map(Header::getValue)
        .toList();
  }

  public byte[] body() {
    return body.clone();
  }

  /** Whether the body ended within the limit of its request. */
  public boolean isWhole() {
    return whole;
  }

  /** The media type without parameters, in lower case; empty when there is none. */
  public String mediaType() {
    String type = header("Content-Type").orElse("");
    int end = type.indexOf(';');
    return (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return status + " " + mediaType() + ", " + body.length + " bytes";
  }
}
