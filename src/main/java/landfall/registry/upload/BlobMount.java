package landfall.registry.upload;

import java.util.Optional;
import landfall.image.RepositoryName;
import landfall.registry.auth.Scope;
import landfall.registry.exchange.Call;
import landfall.registry.exchange.Exchange;
import landfall.registry.exchange.Session;
import landfall.registry.exchange.Ties;
import landfall.registry.fault.Fault;
import landfall.registry.fault.Operation;
import landfall.registry.fault.RequestFault;
import landfall.registry.fault.Step;
import landfall.registry.wire.Answer;

/** Makes a blob of one repository appear in another. */
public final class BlobMount implements Step<BlobMount.Outcome> {
  private final Exchange exchange;
  private final Blob blob;
  private final RepositoryName from;
  private boolean refused;

  /**
   * What a registry made of it.
   *
   * @param session that whoever declines politely opens instead
   */
  public record Outcome(boolean mounted, Optional<Session> session) {}

  public BlobMount(Exchange exchange, Blob blob, RepositoryName from) {
    this.exchange = exchange;
    this.blob = blob;
    this.from = from;
  }

  @Override
  public Optional<RepositoryName> repository() {
    return Optional.of(blob.repository());
  }

  @Override
  public String phrase() {
    return "mounting " + blob + " from " + from + " at " + exchange.addresses().root();
  }

  /**
   * Whoever may write to one repository need not be allowed to read the other: where fresh
   * credentials do not help, the upload that follows tells whether they are good for anything.
   */
  @Override
  public Outcome attempt() throws RequestFault {
    try {
      return mounted();
    } catch (RequestFault thrown) {
      Fault fault = thrown.fault();
      boolean here = fault.operation() == Operation.BLOB_MOUNT && fault.refusesUs();
      if (here && (refused || fault.renewed())) {
        return new Outcome(false, Optional.empty());
      }
      refused |= here;
      throw thrown;
    }
  }

  private Outcome mounted() throws RequestFault {
    Call call =
        Call.of(
                Operation.BLOB_MOUNT,
                exchange.addresses().mount(blob.repository(), blob.digest(), from),
                Scope.mount(blob.repository(), from))
            .withNothing()
            .tied(new Ties());
    Answer answer = exchange.send(call);
    return answer.status() == 202
        ? new Outcome(false, Optional.of(exchange.session(call, answer)))
        : new Outcome(answer.status() < 300, Optional.empty());
  }
}
