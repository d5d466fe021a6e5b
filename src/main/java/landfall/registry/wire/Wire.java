package landfall.registry.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import javax.net.ssl.SSLContext;
import landfall.target.Target;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/** The pooled connections to one target: sends a request as it is, reads what comes back. */
public final class Wire implements AutoCloseable {
  private static final int CHUNK = 8192;

  private final Reuse reuse = new Reuse();
  private final PoolingHttpClientConnectionManager connections;
  private final CloseableHttpClient client;
  private final Stalls stalls;
  private final Times times;
  private final Meter meter;

  public Wire(Target target, SSLContext tls, Times times, Meter meter) {
    this.connections = Client.connections(target, tls, times);
    this.client = Client.of(connections, reuse);
    this.stalls = new Stalls(times);
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
    sent.setConfig(
        RequestConfig.copy(Client.REQUESTS)
            .setResponseTimeout(Timeout.ofMilliseconds(patience(request).toMillis()))
            .build());
    meter.request();
    HttpEntity body = request.body().orElse(null);
    try {
      return body instanceof BlobBody blob ? watched(sent, blob, request) : limited(sent, request);
    } catch (NoHttpResponseException | SocketException broken) {
      startAfresh();
      throw broken;
    }
  }

  /** Where one connection is dead, those kept beside it may be too. */
  private void startAfresh() {
    reuse.distrust();
    connections.closeIdle(TimeValue.ZERO_MILLISECONDS);
  }

  private Duration patience(Request request) {
    boolean commits = request.body().filter(body -> body.getContentLength() > 0).isPresent();
    return commits ? times.commit() : times.idle();
  }

  /**
   * What fits into memory comes at once or is given up; where a body is poured, it may take long.
   */
  private Answer limited(HttpUriRequestBase sent, Request request) throws IOException {
    if (request.sink().isPresent()) {
      return plain(sent, request);
    }
    Duration patience = patience(request).plus(times.idle().dividedBy(2));
    Future<?> limit = stalls.limit(patience, sent::cancel);
    try {
      return plain(sent, request);
    } finally {
      limit.cancel(false);
    }
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
    ClassicHttpResponse response = client.executeOpen(host, sent, null);
    try {
      return read(response, sent, request);
    } finally {
      close(response);
    }
  }

  private static Answer read(ClassicHttpResponse response, HttpUriRequestBase sent, Request request)
      throws IOException {
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

  private static void close(ClassicHttpResponse response) {
    try {
      response.close();
    } catch (IOException cut) {
      // what was wanted of it has been read
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
