package landfall.registry.upload;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import landfall.registry.auth.Scope;
import landfall.registry.exchange.Call;
import landfall.registry.exchange.Exchange;
import landfall.registry.exchange.Session;
import landfall.registry.fault.Act;
import landfall.registry.fault.Fault;
import landfall.registry.fault.FaultTable;
import landfall.registry.fault.Operation;
import landfall.registry.fault.RequestFault;
import landfall.registry.fault.Signal;
import landfall.registry.wire.Answer;
import landfall.registry.wire.BlobBody;
import landfall.registry.wire.Bytes;

/**
 * Sends a blob into a session in pieces, in order, each to where the answer to the one before
 * points, and each from where the registry says it is. No piece is sent twice but one that was
 * refused: for our credentials, or where the registry says it has nothing of it.
 */
final class Pieces {
  private static final Pattern RANGE = Pattern.compile("(?:bytes=)?0-(\\d{1,18})");

  private final Exchange exchange;
  private final Blob blob;
  private final Bytes source;
  private final Way way;
  private Session session;
  private long there;

  Pieces(Exchange exchange, Blob blob, Bytes source, Way way, Session opened) {
    this.exchange = exchange;
    this.blob = blob;
    this.source = source;
    this.way = way;
    this.session = opened;
  }

  /** Sends what is not there yet; returns where the session can be ended. */
  Session send() throws RequestFault {
    long most = way.piece(session.least());
    while (there < blob.size()) {
      long end = there + Math.min(most, blob.size() - there);
      Call call = call(Operation.UPLOAD_PATCH).with("Content-Range", there + "-" + (end - 1));
      Answer answer = send(call, there, end);
      session = exchange.next(session, call, answer);
      there = reached(answer, there, end);
    }
    return session;
  }

  /** Bytes that the registry has confirmed. */
  long there() {
    return there;
  }

  /** Whether the registry says, after it refused a piece, that it has those before and no more. */
  boolean areKept() throws RequestFault {
    Answer answer = exchange.send(call(Operation.UPLOAD_STATUS));
    return answer.status() == 204 && told(answer).filter(told -> isAt(told, there)).isPresent();
  }

  /** Some name the byte that comes next (Quay). */
  private static boolean isAt(long told, long end) {
    return told == end || told == end + 1;
  }

  private Call call(Operation operation) {
    return Call.of(operation, session.address(), Scope.push(blob.repository()))
        .tied(session.ties());
  }

  /** A 401 means that nothing was taken; that is not so of a fault after which nobody answers. */
  private Answer send(Call call, long start, long end) throws RequestFault {
    try {
      return way.send(exchange, call, body(start, end));
    } catch (RequestFault refused) {
      if (FaultTable.classify(refused.fault()).remedy().act() != Act.TOKEN) {
        throw refused;
      }
    }
    try {
      return way.send(exchange, call, body(start, end));
    } catch (RequestFault again) {
      throw again.fault().status() == 401
          ? new RequestFault(again.fault().afterRenewal(), again)
          : again;
    }
  }

  private BlobBody body(long start, long end) {
    return exchange.line().wire().piece(source, start, end - start, blob.size());
  }

  /** How far the registry is, in its own words where it has any. */
  private static long reached(Answer answer, long start, long end) throws RequestFault {
    long there = told(answer).orElse(end);
    if (isAt(there, end)) {
      return end;
    }
    if (there > end) {
      throw fault(Signal.MISPLACED, there, end);
    }
    if (there <= start) {
      throw fault(Signal.DISCARDED, there, end);
    }
    return there;
  }

  /** 0-0 is also said of nothing at all. */
  private static Optional<Long> told(Answer answer) {
    Matcher range = RANGE.matcher(answer.header("Range").map(String::strip).orElse(""));
    if (!range.matches()) {
      return Optional.empty();
    }
    long last = Long.parseLong(range.group(1));
    return Optional.of(last == 0 ? 0 : last + 1);
  }

  private static RequestFault fault(Signal signal, long there, long end) {
    String found =
        "after the piece that ends at byte " + end + " the registry says it has " + there;
    return new RequestFault(Fault.of(Operation.UPLOAD_PATCH, signal, found));
  }
}
