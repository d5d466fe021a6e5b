package landfall.registry;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.security.MessageDigest;
import java.util.Optional;
import landfall.failure.Code;
import landfall.failure.Parked;
import landfall.failure.Rejected;
import landfall.image.Digest;
import landfall.image.RepositoryName;
import landfall.registry.auth.Scope;
import landfall.registry.fault.Fault;
import landfall.registry.fault.Operation;
import landfall.registry.fault.RequestFault;
import landfall.registry.fault.Signal;
import landfall.registry.fault.Step;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;

/**
 * Sends a blob: a session, then everything in one streamed PUT. A PUT whose end nobody saw is
 * settled by asking for the blob, never by sending into the same session again.
 *
 * <p>A registry behind a proxy that limits bodies would need pieces instead; that way would begin
 * where {@link #attempt} chooses the one PUT.
 */
final class BlobUpload implements Step<Boolean> {
  private static final int PIECE = 256 * 1024;

  private final Exchange exchange;
  private final Blob blob;
  private final BlobSource source;
  private final boolean suspicious;
  private Optional<URI> opened;

  /**
   * Prepares an upload.
   *
   * @param opened a session that a declined mount left open
   * @param suspicious whether the registry holds the blob already, but with another size
   */
  BlobUpload(
      Exchange exchange, Blob blob, BlobSource source, Optional<URI> opened, boolean suspicious) {
    this.exchange = exchange;
    this.blob = blob;
    this.source = source;
    this.opened = opened;
    this.suspicious = suspicious;
  }

  /** An empty body, so that Content-Length: 0 is said. */
  static HttpEntity nothing() {
    return new ByteArrayEntity(new byte[0], null);
  }

  @Override
  public Optional<RepositoryName> repository() {
    return Optional.of(blob.repository());
  }

  @Override
  public boolean writes() {
    return true;
  }

  @Override
  public String phrase() {
    return "sending " + blob + " to " + exchange.addresses().root();
  }

  @Override
  public Boolean attempt() throws RequestFault {
    URI session = session();
    HttpEntity body = exchange.line().wire().blob(() -> source.open(0), blob.size());
    exchange.send(
        Call.of(Operation.UPLOAD_PUT, Addresses.finish(session, blob.digest()), scope())
            .with(body));
    if (suspicious && check() == BlobCheck.Presence.WRONG_SIZE) {
      throw new RequestFault(
          Fault.of(
              Operation.BLOB_CHECK,
              Signal.WRONG_SIZE,
              "the registry took it and still says its size is not " + blob.size()));
    }
    return true;
  }

  @Override
  public Optional<Boolean> settle() throws RequestFault {
    return check() == BlobCheck.Presence.PRESENT ? Optional.of(true) : Optional.empty();
  }

  @Override
  public void rehash() {
    Digest found = hash();
    if (!found.equals(blob.digest())) {
      throw new Rejected(
          Code.CHANGED_DURING_READ,
          blob + ": the archive now gives bytes of digest " + found + " for it");
    }
  }

  private BlobCheck.Presence check() throws RequestFault {
    return new BlobCheck(exchange, blob).attempt();
  }

  private URI session() throws RequestFault {
    Optional<URI> first = opened;
    opened = Optional.empty();
    if (first.isPresent()) {
      return first.get();
    }
    Call start =
        Call.of(Operation.UPLOAD_START, exchange.addresses().uploads(blob.repository()), scope())
            .with(nothing());
    return exchange.session(start, exchange.send(start));
  }

  private Scope scope() {
    return Scope.push(blob.repository());
  }

  private Digest hash() {
    MessageDigest hash = Digest.sha256();
    byte[] piece = new byte[PIECE];
    try (InputStream in = source.open(0)) {
      for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
        hash.update(piece, 0, count);
      }
      return Digest.ofHash(hash.digest());
    } catch (IOException unreadable) {
      throw new Parked(
          Code.MEDIA_UNREADABLE, blob + ": the archive cannot be read again", unreadable);
    }
  }
}
