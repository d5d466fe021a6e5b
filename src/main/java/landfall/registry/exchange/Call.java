package landfall.registry;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import landfall.registry.auth.Scope;
import landfall.registry.fault.Operation;
import landfall.registry.wire.Sink;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.message.BasicHeader;

/**
 * One request as a step words it, before anybody has added who we are.
 *
 * @param sink where the body of a success goes; into memory where there is none
 */
record Call(
    Operation operation,
    URI address,
    Scope scope,
    List<Header> headers,
    Optional<HttpEntity> body,
    Optional<Sink> sink) {
  Call {
    headers = List.copyOf(headers);
  }

  static Call of(Operation operation, URI address, Scope scope) {
    return new Call(operation, address, scope, List.of(), Optional.empty(), Optional.empty());
  }

  Call with(String header, String value) {
    List<Header> more = new ArrayList<>(headers);
    more.add(new BasicHeader(header, value));
    return new Call(operation, address, scope, more, body, sink);
  }

  Call with(HttpEntity entity) {
    return new Call(operation, address, scope, headers, Optional.of(entity), sink);
  }

  Call into(Sink place) {
    return new Call(operation, address, scope, headers, body, Optional.of(place));
  }

  Call to(URI elsewhere) {
    return new Call(operation, elsewhere, scope, headers, body, sink);
  }
}
