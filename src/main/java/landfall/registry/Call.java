package landfall.registry;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import landfall.registry.auth.Scope;
import landfall.registry.fault.Operation;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.message.BasicHeader;

/** One request as a step words it, before anybody has added who we are. */
record Call(
    Operation operation,
    URI address,
    Scope scope,
    List<Header> headers,
    Optional<HttpEntity> body) {
  Call {
    headers = List.copyOf(headers);
  }

  static Call of(Operation operation, URI address, Scope scope) {
    return new Call(operation, address, scope, List.of(), Optional.empty());
  }

  Call with(String header, String value) {
    List<Header> more = new ArrayList<>(headers);
    more.add(new BasicHeader(header, value));
    return new Call(operation, address, scope, more, body);
  }

  Call with(HttpEntity entity) {
    return new Call(operation, address, scope, headers, Optional.of(entity));
  }

  Call to(URI elsewhere) {
    return new Call(operation, elsewhere, scope, headers, body);
  }
}
