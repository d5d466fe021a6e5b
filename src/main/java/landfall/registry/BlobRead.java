package landfall.registry;

import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import landfall.image.Digest;
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
 * Downloads a blob and hashes it on the way. False when it is not there, or only where it may not
 * be fetched from.
 */
final class BlobRead implements Step<Boolean> {
  private final Exchange exchange;
  private final Blob blob;
  private final BlobSink sink;
  private MessageDigest sha256 = Digest.sha256();
  private long count;

  BlobRead(Exchange exchange, Blob blob, BlobSink sink) {
    this.exchange = exchange;
    this.blob = blob;
    this.sink = sink;
  }

  @Override
  public String phrase() {
    return "downloading " + blob + " from " + exchange.addresses().root();
  }

  @Override
  public Boolean attempt() throws RequestFault {
    Call call =
        Call.of(
                Operation.BLOB_GET,
                exchange.addresses().blob(blob.repository(), blob.digest()),
                Scope.push(blob.repository()))
            .into(this::open);
    Answer answer = exchange.send(call);
    if (answer.status() != 200) {
      return false;
    }
    String found = HexFormat.of().formatHex(sha256.digest());
    if (count != blob.size() || !found.equals(blob.digest().hex())) {
      throw new RequestFault(
          Fault.of(
              Operation.BLOB_GET,
              Signal.ALTERED,
              "the registry gave " + count + " bytes with the digest sha256:" + found));
    }
    return true;
  }

  private OutputStream open() throws IOException {
    sha256 = Digest.sha256();
    count = 0;
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
}
