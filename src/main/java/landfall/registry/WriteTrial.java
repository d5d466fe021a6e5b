package landfall.registry;

import java.net.URI;
import java.util.Optional;
import landfall.failure.Code;
import landfall.image.RepositoryName;
import landfall.registry.auth.Scope;
import landfall.registry.fault.Operation;
import landfall.registry.fault.RequestFault;
import landfall.registry.fault.Step;
import landfall.registry.fault.WriteFault;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;

/**
 * Tries whether a registry takes writes again that it refused before: begins an upload and gives it
 * up. Where its storage was full, some bytes are sent first.
 */
final class WriteTrial implements Step<Boolean> {
  private static final int SOME_BYTES = 64 << 10;

  private final Exchange exchange;
  private final WriteFault fault;

  WriteTrial(Exchange exchange, WriteFault fault) {
    this.exchange = exchange;
    this.fault = fault;
  }

  @Override
  public Optional<RepositoryName> repository() {
    return Optional.of(fault.repository());
  }

  @Override
  public String phrase() {
    return "trying whether "
        + exchange.addresses().root()
        + " takes something for "
        + fault.repository();
  }

  @Override
  public Boolean attempt() throws RequestFault {
    Call start =
        Call.of(
                Operation.UPLOAD_START,
                exchange.addresses().uploads(fault.repository()),
                Scope.push(fault.repository()))
            .with(BlobUpload.nothing());
    URI session = exchange.session(start, exchange.send(start));
    try {
      session = fault.code() == Code.REGISTRY_FULL ? send(session) : session;
      return true;
    } finally {
      giveUp(session); // or what it took until its disk was full would stay there
    }
  }

  private URI send(URI session) throws RequestFault {
    Call piece =
        Call.of(Operation.UPLOAD_PATCH, session, Scope.push(fault.repository()))
            .with("Content-Type", "application/octet-stream")
            .with(new ByteArrayEntity(new byte[SOME_BYTES], null));
    return Addresses.location(session, exchange.send(piece)).orElse(session);
  }

  /** A session that cannot be given up ends by itself some time. */
  private void giveUp(URI session) {
    try {
      exchange.send(Call.of(Operation.UPLOAD_CANCEL, session, Scope.push(fault.repository())));
    } catch (RequestFault left) {
      // what was asked is known already
    }
  }
}
