package landfall.registry.upload;

import java.util.Optional;
import landfall.image.RepositoryName;
import landfall.registry.auth.Scope;
import landfall.registry.exchange.Call;
import landfall.registry.exchange.Exchange;
import landfall.registry.fault.Operation;
import landfall.registry.fault.RequestFault;
import landfall.registry.fault.Step;
import landfall.registry.wire.Answer;

/** Asks by HEAD whether a repository holds a blob, and with what size. */
public final class BlobCheck implements Step<BlobCheck.Presence> {
  private final Exchange exchange;
  private final Blob blob;

  public BlobCheck(Exchange exchange, Blob blob) {
    this.exchange = exchange;
    this.blob = blob;
  }

  /** What a HEAD tells. */
  public enum Presence {
    PRESENT,
    ABSENT,
    /** There is something of that digest, but not of that size. */
    WRONG_SIZE
  }

  @Override
  public Optional<RepositoryName> repository() {
    return Optional.of(blob.repository());
  }

  @Override
  public boolean isHarmless() {
    return true;
  }

  @Override
  public String phrase() {
    return "asking for " + blob + " at " + exchange.addresses().root();
  }

  @Override
  public Presence attempt() throws RequestFault {
    Answer answer =
        exchange.send(
            Call.of(
                Operation.BLOB_CHECK,
                exchange.addresses().blob(blob.repository(), blob.digest()),
                Scope.push(blob.repository())));
    if (answer.status() == 404) {
      return Presence.ABSENT;
    }
    // a redirect to the storage: the registry knows the blob, and nobody else is asked
    if (answer.status() != 200) {
      return Presence.PRESENT;
    }
    Optional<String> length = answer.header("Content-Length").map(String::strip);
    if (length.isEmpty()) {
      return Presence.ABSENT;
    }
    return length.get().equals(Long.toString(blob.size())) ? Presence.PRESENT : Presence.WRONG_SIZE;
  }
}
