package landfall.registry.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import landfall.target.Target;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;

/** The pooled connections to one target: sends a request as it is, reads what comes back. */
public final class Wire implements AutoCloseable {
  private static final int CHUNK = 8192;

  private final CloseableHttpClient client;
  private final Stalls stalls;
  private final Times times;
  private final Meter meter;

  public Wire(Target target, SSLContext tls, Times times, Meter meter) {
    this.client = Client.of(target, tls, times);
    this.stalls = new Stalls(times.progress());
    this.times = times;
    this.meter = meter;
  }

  /** A body that streams a blob. */
  public HttpEntity blob(Bytes source, long size) {
    return new BlobBody(source, size, meter);
  }

  /**
   * Sends once.
   *
   * @throws SourceFailed when our own bytes could not be read
   * @throws IOException when no whole answer came
   */
  public Answer send(Request request) throws IOException {
    HttpUriRequestBase sent = new HttpUriRequestBase(request.method(), request.address());
    request.headers().forEach(sent::addHeader);
    request.body().ifPresent(sent::setEntity);
    sent.setConfig(patience(request));
    meter.request();
    HttpEntity body = request.body().orElse(null);
    return body instanceof BlobBody blob ? watched(sent, blob, request) : plain(sent, request);
  }

  private RequestConfig patience(Request request) {
    boolean commits = request.body().filter(body -> body.getContentLength() > 0).isPresent();
    long patience = (commits ? times.commit() : times.idle()).toMillis();
    return RequestConfig.copy(Client.REQUESTS)
        .setResponseTimeout(Timeout.ofMilliseconds(patience))
        .build();
  }

  private Answer watched(HttpUriRequestBase sent, BlobBody body, Request request)
      throws IOException {
    stalls.watch(body, sent::cancel);
    try {
      Answer answer = plain(sent, request);
      if (answer.status() < 300 && !body.isComplete()) {
        throw new IOException("success was reported before all bytes were sent");
      }
      return answer;
    } catch (IOException thrown) {
      throw stalls.release(body) ? thrown : stalled(thrown);
    } finally {
      stalls.release(body);
    }
  }

  private IOException stalled(IOException thrown) {
    IOException silent =
        new SocketTimeoutException("no byte was taken for " + times.progress().toSeconds() + " s");
    silent.addSuppressed(thrown);
    return silent;
  }

  private Answer plain(HttpUriRequestBase sent, Request request) throws IOException {
    HttpHost host =
        new HttpHost(
            request.address().getScheme(),
            request.address().getHost(),
            request.address().getPort());
    try (ClassicHttpResponse response = client.executeOpen(host, sent, null)) {
      Optional<HttpEntity> entity = Optional.ofNullable(response.getEntity());
      if (request.sink().isPresent() && response.getCode() == HttpStatus.SC_OK) {
        pour(entity, request.sink().get(), sent);
        return new Answer(response.getCode(), response.getHeaders(), new byte[0], true);
      }
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      boolean whole = read(entity, request.most(), body);
      if (!whole) {
        // otherwise closing would read on to the end, however far that is
        sent.cancel();
      }
      return new Answer(response.getCode(), response.getHeaders(), body.toByteArray(), whole);
    }
  }

  private static void pour(Optional<HttpEntity> entity, Sink sink, HttpUriRequestBase sent)
      throws IOException {
    boolean complete = false;
    try (OutputStream out = sink.open()) {
      if (entity.isPresent()) {
        entity.get().getContent().transferTo(out);
      }
      complete = true;
    } finally {
      if (!complete) {
        sent.cancel();
      }
    }
  }

  private static boolean read(Optional<HttpEntity> entity, int most, ByteArrayOutputStream body)
      throws IOException {
    if (entity.isEmpty()) {
      return true;
    }
    InputStream in = entity.get().getContent();
    byte[] chunk = new byte[CHUNK];
    int count = in.read(chunk);
    while (count >= 0) {
      if (body.size() + count > most) {
        return false;
      }
      body.write(chunk, 0, count);
      count = in.read(chunk);
    }
    return true;
  }

  @Override
  public void close() {
    stalls.close();
    client.close(CloseMode.GRACEFUL);
  }
}
