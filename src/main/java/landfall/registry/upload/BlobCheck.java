package landfall.registry.upload;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import landfall.image.RepositoryName;
import landfall.registry.auth.Scope;
import landfall.registry.exchange.Call;
import landfall.registry.exchange.Exchange;
import landfall.registry.fault.Operation;
import landfall.registry.fault.RequestFault;
import landfall.registry.fault.Step;
import landfall.registry.wire.Answer;

/**
 * Asks by HEAD whether a repository holds a blob, and with what size; by asking for its first byte
 * where something on the way takes the length out of answers to HEAD.
 */
public final class BlobCheck implements Step<BlobCheck.Presence> {
  private static final String LENGTH = "Content-Length";
  private static final String FIRST = "bytes=0-0";
  private static final Pattern TOTAL = Pattern.compile("\\s*bytes[^/]*/\\s*(\\d+)\\s*");

  private final Exchange exchange;
  private final Blob blob;

  public BlobCheck(Exchange exchange, Blob blob) {
    this.exchange = exchange;
    this.blob = blob;
  }

  /** What is told. */
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
  public Optional<Step<?>> proof() {
    return Optional.of(this);
  }

  @Override
  public String phrase() {
    return "asking for " + blob + " at " + exchange.addresses().root();
  }

  @Override
  public Presence attempt() throws RequestFault {
    Answer answer = exchange.send(call(Operation.BLOB_CHECK));
    boolean told = answer.status() != 200 || answer.header(LENGTH).isPresent();
    return judged(told ? answer : exchange.send(call(Operation.BLOB_PEEK).with("Range", FIRST)));
  }

  private Call call(Operation operation) {
    return Call.of(
        operation,
        exchange.addresses().blob(blob.repository(), blob.digest()),
        Scope.push(blob.repository()));
  }

  private Presence judged(Answer answer) {
    return switch (answer.status()) {
      case 404 -> Presence.ABSENT;
      case 200 -> sized(answer.header(LENGTH).or(() -> counted(answer)));
      case 206 -> sized(total(answer));
      // of nothing there is no first byte
      case 416 -> sized(total(answer).or(() -> Optional.of("0")));
      // a redirect to the storage: the registry knows the blob, and nobody else is asked
      default -> Presence.PRESENT;
    };
  }

  /** What is there without anybody saying how long it is can only be believed. */
  private Presence sized(Optional<String> size) {
    return size.map(String::strip)
            .filter(told -> !told.equals(Long.toString(blob.size())))
            .isEmpty()
        ? Presence.PRESENT
        : Presence.WRONG_SIZE;
  }

  private Optional<String> counted(Answer answer) {
    int length = answer.body().length;
    return answer.isWhole() || length > blob.size()
        ? Optional.of(Integer.toString(length))
        : Optional.empty();
  }

  private static Optional<String> total(Answer answer) {
    return answer
        .header("Content-Range")
        .map(TOTAL::matcher)
        .filter(Matcher::matches)
        .map(range -> range.group(1));
  }
}
