package landfall.registry.upload;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Optional;
import landfall.failure.Code;
import landfall.failure.Parked;
import landfall.failure.Rejected;
import landfall.image.Digest;
import landfall.image.RepositoryName;
import landfall.registry.auth.Scope;
import landfall.registry.exchange.Addresses;
import landfall.registry.exchange.Call;
import landfall.registry.exchange.Exchange;
import landfall.registry.exchange.Session;
import landfall.registry.exchange.Ties;
import landfall.registry.fault.Fault;
import landfall.registry.fault.Operation;
import landfall.registry.fault.RequestFault;
import landfall.registry.fault.Signal;
import landfall.registry.fault.Step;
import landfall.registry.fault.WriteFault;
import landfall.registry.wire.Bytes;

/**
 * Sends a blob: a session, then everything in one streamed PUT, or in pieces where a target has
 * been found to take no more at a time. An upload whose end nobody saw is settled by asking for the
 * blob, never by sending into the same session again.
 */
public final class BlobUpload implements Step<Boolean> {
  private static final int PORTION = 256 * 1024;
  private static final int REHASHED = 3;

  private final Exchange exchange;
  private final Blob blob;
  private final Bytes source;
  private final Before before;
  private final Way way;
  private Optional<Pieces> stopped = Optional.empty();
  private boolean fresh = true;
  private int rehashed;

  /**
   * What earlier requests for the blob left behind.
   *
   * @param session that a declined mount opened
   * @param suspicious whether the registry holds the blob already, but with another size
   */
  public record Before(Optional<Session> session, boolean suspicious) {}

  public BlobUpload(Exchange exchange, Manner manner, Blob blob, Bytes source, Before before) {
    this.exchange = exchange;
    this.blob = blob;
    this.source = source;
    this.before = before;
    this.way = new Way(manner);
  }

  @Override
  public Optional<RepositoryName> repository() {
    return Optional.of(blob.repository());
  }

  @Override
  public Optional<Step<?>> proof() {
    return Optional.of(
        new WriteTrial(exchange, new WriteFault(Code.REGISTRY_FULL, blob.repository())));
  }

  @Override
  public String phrase() {
    return "sending " + blob + " to " + exchange.addresses().root();
  }

  @Override
  public Boolean attempt() throws RequestFault {
    if (!goesOn()) {
      begin();
    }
    way.succeeded();
    if (before.suspicious() && check() == BlobCheck.Presence.WRONG_SIZE) {
      throw new RequestFault(
          Fault.of(
              Operation.BLOB_CHECK,
              Signal.WRONG_SIZE,
              "the registry took it and still says its size is not " + blob.size()));
    }
    return true;
  }

  private void begin() throws RequestFault {
    Session session = session();
    if (blob.size() <= way.piece(session.least())) {
      way.send(exchange, end(session), exchange.line().wire().blob(source, blob.size()));
    } else {
      inPieces(new Pieces(exchange, blob, source, way, session));
    }
  }

  private void inPieces(Pieces pieces) throws RequestFault {
    Session last;
    try {
      last = pieces.send();
    } catch (RequestFault refused) {
      if (Way.isBusy(refused.fault())) {
        stopped = Optional.of(pieces);
      }
      throw refused;
    }
    exchange.send(end(last).withNothing().storing(blob.size()));
  }

  /** A piece that a busy server refused costs the others only where it has lost them. */
  private boolean goesOn() throws RequestFault {
    if (stopped.isEmpty()) {
      return false;
    }
    Pieces pieces = stopped.get();
    boolean kept = pieces.areKept();
    stopped = Optional.empty();
    if (kept) {
      inPieces(pieces);
    }
    return kept;
  }

  private Call end(Session session) {
    return Call.of(
            Operation.UPLOAD_PUT, Addresses.finish(session.address(), blob.digest()), scope())
        .tied(session.ties());
  }

  @Override
  public long progress() {
    return stopped.map(Pieces::there).orElse(0L);
  }

  @Override
  public Optional<Boolean> settle() throws RequestFault {
    return check() == BlobCheck.Presence.PRESENT ? Optional.of(true) : Optional.empty();
  }

  @Override
  public boolean otherwise(Fault fault) {
    return way.otherwise(fault);
  }

  @Override
  public void rehash() {
    Digest found = hash();
    if (!found.equals(blob.digest())) {
      throw new Rejected(
          Code.CHANGED_DURING_READ,
          blob + ": the archive now gives bytes of digest " + found + " for it");
    }
    rehashed++;
    if (rehashed == REHASHED) {
      way.turn(blob.size());
    }
  }

  private BlobCheck.Presence check() throws RequestFault {
    return new BlobCheck(exchange, blob).attempt();
  }

  private Session session() throws RequestFault {
    boolean first = fresh;
    fresh = false;
    if (first && before.session().isPresent()) {
      return before.session().get();
    }
    Call start =
        Call.of(Operation.UPLOAD_START, exchange.addresses().uploads(blob.repository()), scope())
            .withNothing()
            .tied(new Ties());
    return exchange.session(start, exchange.send(start));
  }

  private Scope scope() {
    return Scope.push(blob.repository());
  }

  private Digest hash() {
    MessageDigest hash = Digest.sha256();
    byte[] portion = new byte[PORTION];
    try (InputStream in = source.open(0)) {
      for (int count = in.read(portion); count >= 0; count = in.read(portion)) {
        hash.update(portion, 0, count);
      }
      return Digest.ofHash(hash.digest());
    } catch (IOException unreadable) {
      throw new Parked(
          Code.MEDIA_UNREADABLE, blob + ": the archive cannot be read again", unreadable);
    }
  }
}
