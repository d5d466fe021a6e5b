package landfall.registry.exchange;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import landfall.registry.auth.Scope;
import landfall.registry.fault.Operation;
import landfall.registry.wire.Sink;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.BasicHeader;

/**
 * One request as a step words it, before anybody has added who we are.
 *
 * @param sink where the body of a success goes; into memory where there is none
 * @param stored how many bytes the registry has to store before it can answer
 * @param ties to the other requests of an upload session
 */
public record Call(
    Operation operation,
    URI address,
    Scope scope,
    List<Header> headers,
    Optional<HttpEntity> body,
    Optional<Sink> sink,
    long stored,
    Optional<Ties> ties) {
  public Call {
    headers = List.copyOf(headers);
  }

  public static Call of(Operation operation, URI address, Scope scope) {
    return new Call(
        operation,
        address,
        scope,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        0,
        Optional.empty());
  }

  public Call with(String header, String value) {
    List<Header> more = new ArrayList<>(headers);
    more.add(new BasicHeader(header, value));
    return new Call(operation, address, scope, more, body, sink, stored, ties);
  }

  public Call with(HttpEntity entity) {
    return new Call(
        operation,
        address,
        scope,
        headers,
        Optional.of(entity),
        sink,
        entity.getContentLength(),
        ties);
  }

  /** An empty body, so that Content-Length: 0 is said. */
  public Call withNothing() {
    return with(new ByteArrayEntity(new byte[0], null));
  }

  public Call into(Sink place) {
    return new Call(operation, address, scope, headers, body, Optional.of(place), stored, ties);
  }

  /** That has the registry store so many bytes, whatever of them is sent with it. */
  public Call storing(long bytes) {
    return new Call(operation, address, scope, headers, body, sink, bytes, ties);
  }

  public Call tied(Ties others) {
    return new Call(operation, address, scope, headers, body, sink, stored, Optional.of(others));
  }

  /** How many bytes are sent with it. */
  long length() {
    return body.map(HttpEntity::getContentLength).orElse(0L);
  }

  /** Whether content goes along with it, which may take any time. */
  boolean isLong() {
    return sink.isPresent() || length() > 0;
  }

  Call to(URI elsewhere) {
    return new Call(operation, elsewhere, scope, headers, body, sink, stored, ties);
  }
}
