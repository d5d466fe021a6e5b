package landfall.registry;

import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.function.LongConsumer;
import landfall.image.Digest;
import landfall.registry.Registry.Found;
import landfall.registry.auth.Scope;
import landfall.registry.exchange.Call;
import landfall.registry.exchange.Exchange;
import landfall.registry.fault.Fault;
import landfall.registry.fault.Operation;
import landfall.registry.fault.RequestFault;
import landfall.registry.fault.Signal;
import landfall.registry.fault.Step;
import landfall.registry.upload.Blob;
import landfall.registry.wire.Answer;

/**
 * Downloads a blob and hashes it on the way; says what is there, if it is not there or only where
 * it may not be fetched from.
 */
final class BlobRead implements Step<Found> {
  private final Exchange exchange;
  private final Blob blob;
  private final BlobSink sink;
  private final boolean proving;
  private MessageDigest sha256 = Digest.sha256();
  private boolean begun;
  private long count;
  private long cutAt = -1;

  private BlobRead(Exchange exchange, Blob blob, BlobSink sink, boolean proving) {
    this.exchange = exchange;
    this.blob = blob;
    this.sink = sink;
    this.proving = proving;
  }

  /** For who wants the blob: other bytes are a fault. */
  static BlobRead keeping(Exchange exchange, Blob blob, BlobSink sink) {
    return new BlobRead(exchange, blob, sink, false);
  }

  /** For who wants to know what is there. */
  static BlobRead proving(Exchange exchange, Blob blob, LongConsumer progress) {
    return new BlobRead(exchange, blob, () -> new Told(progress), true);
  }

  @Override
  public String phrase() {
    return "downloading " + blob + " from " + exchange.addresses().root();
  }

  @Override
  public Found attempt() throws RequestFault {
    begun = false;
    try {
      return judged(exchange.send(call()));
    } catch (RequestFault fault) {
      if (proving && begun && count > blob.size()) {
        return Found.OTHER;
      }
      // a connection may break off; twice after the same byte it is the registry that has no more
      if (proving && begun && count == cutAt) {
        return Found.SHORT;
      }
      cutAt = begun ? count : -1;
      throw fault;
    }
  }

  private Call call() {
    return Call.of(
            Operation.BLOB_GET,
            exchange.addresses().blob(blob.repository(), blob.digest()),
            Scope.push(blob.repository()))
        .into(this::open);
  }

  private Found judged(Answer answer) throws RequestFault {
    if (answer.status() != 200) {
      return answer.status() == 404 ? Found.NOTHING : Found.ELSEWHERE;
    }
    String found = HexFormat.of().formatHex(sha256.digest());
    if (count == blob.size() && found.equals(blob.digest().hex())) {
      return Found.WHOLE;
    }
    if (!proving) {
      throw new RequestFault(
          Fault.of(
              Operation.BLOB_GET,
              Signal.ALTERED,
              "the registry gave " + count + " bytes with the digest sha256:" + found));
    }
    return count < blob.size() ? Found.SHORT : Found.OTHER;
  }

  private OutputStream open() throws IOException {
    sha256 = Digest.sha256();
    count = 0;
    begun = true;
    return new Counted(new DigestOutputStream(sink.open(), sha256));
  }

  /** Takes no more than was announced; what comes beyond that is not kept. */
  private final class Counted extends OutputStream {
    private final OutputStream out;

    Counted(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      count += length;
      if (count > blob.size()) {
        throw new IOException("more than " + blob.size() + " bytes came");
      }
      out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }

  /** Keeps nothing. */
  private static final class Told extends OutputStream {
    private final LongConsumer progress;

    Told(LongConsumer progress) {
      this.progress = progress;
    }

    @Override
    public void write(int one) {
      progress.accept(1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      progress.accept(length);
    }
  }
}
