package landfall.registry.wire;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;

/**
 * One request, ready to be sent.
 *
 * @param most bytes of the answer that are read at most; more makes the answer cut off
 * @param sink takes the body of a 200 instead, however long it is
 * @param stored how many bytes the registry has to store before it can answer
 * @param label requests of the same one go over the same connection where that can be
 */
public record Request(
    String method,
    URI address,
    List<Header> headers,
    Optional<HttpEntity> body,
    int most,
    Optional<Sink> sink,
    long stored,
    Optional<Object> label) {
  public Request {
    headers = List.copyOf(headers);
  }

  /** A request that stands alone and whose answer fits into memory. */
  public Request(
      String method, URI address, List<Header> headers, Optional<HttpEntity> body, int most) {
    this(
        method,
        address,
        headers,
        body,
        most,
        Optional.empty(),
        body.map(HttpEntity::getContentLength).orElse(0L),
        Optional.empty());
  }
}
