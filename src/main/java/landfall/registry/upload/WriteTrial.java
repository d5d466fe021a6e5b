package landfall.registry.upload;

import java.util.Optional;
import landfall.failure.Code;
import landfall.image.RepositoryName;
import landfall.registry.auth.Scope;
import landfall.registry.exchange.Call;
import landfall.registry.exchange.Exchange;
import landfall.registry.exchange.Session;
import landfall.registry.exchange.Ties;
import landfall.registry.fault.Operation;
import landfall.registry.fault.RequestFault;
import landfall.registry.fault.Step;
import landfall.registry.fault.WriteFault;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;

/**
 * Tries whether a registry takes writes again that it refused before: begins an upload and gives it
 * up. Where it took no bytes, some are sent first.
 */
public final class WriteTrial implements Step<Boolean> {
  private final Exchange exchange;
  private final WriteFault fault;

  public WriteTrial(Exchange exchange, WriteFault fault) {
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
            .withNothing()
            .tied(new Ties());
    Session session = exchange.session(start, exchange.send(start));
    try {
      session = takesNoBytes() ? send(session) : session;
      return true;
    } finally {
      giveUp(session); // or what it took until its disk was full would stay there
    }
  }

  /** Whether it took beginnings all the time. */
  private boolean takesNoBytes() {
    return fault.code() == Code.REGISTRY_FULL || fault.code() == Code.PROXY_BODY_LIMIT;
  }

  private Session send(Session session) throws RequestFault {
    Call piece =
        Call.of(Operation.TRIAL_PATCH, session.address(), Scope.push(fault.repository()))
            .tied(session.ties())
            .with("Content-Type", "application/octet-stream")
            .with(new ByteArrayEntity(new byte[Manner.SMALLEST_PIECE], null));
    return exchange.next(session, piece, exchange.send(piece));
  }

  /** A session that cannot be given up ends by itself some time. */
  private void giveUp(Session session) {
    try {
      exchange.send(
          Call.of(Operation.UPLOAD_CANCEL, session.address(), Scope.push(fault.repository()))
              .tied(session.ties()));
    } catch (RequestFault left) {
      // what was asked is known already
    }
  }
}
