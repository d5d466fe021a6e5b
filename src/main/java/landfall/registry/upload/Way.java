package landfall.registry.upload;

import java.util.Optional;
import landfall.registry.exchange.Call;
import landfall.registry.exchange.Exchange;
import landfall.registry.fault.Act;
import landfall.registry.fault.Fault;
import landfall.registry.fault.FaultTable;
import landfall.registry.fault.RequestFault;
import landfall.registry.fault.Signal;
import landfall.registry.wire.Answer;
import landfall.registry.wire.BlobBody;

/**
 * How one blob is sent: whole, or in pieces of which size. Starts with what the target is known to
 * take and is changed by what goes wrong with this blob.
 */
final class Way {
  private static final int HTTP_TIMEOUT = 408;
  private static final int HTTP_TOO_MANY_REQUESTS = 429;
  private static final int HTTP_SERVER_ERROR = 500;
  private static final int HTTP_TOO_LARGE = 413;
  private static final int HTTP_RANGE = 416;

  private final Manner manner;
  private long most = Long.MAX_VALUE;
  private long least;
  private long length;
  private boolean limited;
  private Optional<Progress> before = Optional.empty();

  Way(Manner manner) {
    this.manner = manner;
  }

  /** The most bytes to send at once in a session that takes no fewer than {@code fewest}. */
  long piece(long fewest) {
    least = fewest;
    return Math.max(fewest, Math.min(most, manner.most()));
  }

  /** Sends a body and learns from what becomes of it. */
  Answer send(Exchange exchange, Call call, BlobBody body) throws RequestFault {
    length = body.getContentLength();
    try {
      Answer answer = exchange.send(call.with(body));
      manner.passed(new Progress(length, body.took().toNanos()));
      return answer;
    } catch (RequestFault thrown) {
      throw judged(thrown, new Progress(body.offered(), body.took().toNanos()));
    }
  }

  /** The blob is there. */
  void succeeded() {
    if (limited && most < Long.MAX_VALUE) {
      manner.passedOnlyIn(most);
    }
  }

  private RequestFault judged(RequestFault thrown, Progress now) {
    Fault fault = thrown.fault();
    Act act = FaultTable.classify(fault).remedy().act();
    if (act == Act.OTHERWISE && isTooLarge(fault)) {
      return new RequestFault(fault.adding(sizes()), thrown);
    }
    int status = fault.status();
    boolean timedOut = status == HTTP_TIMEOUT || status >= HTTP_SERVER_ERROR;
    boolean broke = fault.signal() == Signal.CUT || timedOut;
    if (!broke || act != Act.BLOB) {
      return thrown;
    }
    boolean again =
        before.filter(first -> manner.isLimit(first, timedOut ? now.ofTime() : now)).isPresent();
    before = Optional.of(now);
    return again && shorter(now) >= smallest() && !manner.isOnlyWhole()
        ? new RequestFault(Fault.of(fault.operation(), Signal.LIMITED, fault.found()), thrown)
        : thrown;
  }

  /** Whether a server answered that it takes nothing now, and would take the same later. */
  static boolean isBusy(Fault fault) {
    int status = fault.status();
    boolean busy = status == HTTP_TOO_MANY_REQUESTS || status >= HTTP_SERVER_ERROR;
    return busy && FaultTable.classify(fault).remedy().act() == Act.BLOB;
  }

  private static boolean isTooLarge(Fault fault) {
    return fault.status() == HTTP_TOO_LARGE || fault.status() == HTTP_RANGE;
  }

  private String sizes() {
    return "a body of "
        + length
        + " bytes is too large for it or for a proxy before it; the largest it has taken lately had "
        + manner.passed();
  }

  /** Whether there is another way, which is then gone. */
  boolean otherwise(Fault fault) {
    if (fault.signal() == Signal.LIMITED) {
      limited = true;
      return shrink(shorter(before.orElseThrow()));
    }
    if (isTooLarge(fault)) {
      manner.refused(length);
      return shrink(Manner.below(length));
    }
    most = Long.MAX_VALUE;
    return manner.onlyWhole();
  }

  /** Where good bytes arrive wrong: in pieces what was whole, and whole what was in pieces. */
  void turn(long size) {
    boolean inPieces = size > piece(least);
    most = inPieces ? Long.MAX_VALUE : Math.max(1, Manner.below(size));
    before = Optional.empty();
  }

  private boolean shrink(long smaller) {
    before = Optional.empty();
    if (manner.isOnlyWhole() || smaller < smallest()) {
      return false;
    }
    most = Math.min(most, smaller);
    return true;
  }

  private long smallest() {
    return Math.max(Manner.SMALLEST_PIECE, least);
  }

  /** Half of what passed until it broke, so that it fits well within what it broke at. */
  private long shorter(Progress broken) {
    return Math.min(Manner.below(length), Manner.below(broken.sent() / 2 + 1));
  }
}
