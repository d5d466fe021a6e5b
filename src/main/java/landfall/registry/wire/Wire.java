package landfall.registry.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import landfall.registry.tls.Trust;
import landfall.target.Target;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.protocol.HttpClientContext;
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
  /** What an answer has whose head is not read, as the end of a sentence. */
  public static final String TOO_LARGE =
      "a header larger than "
          + Client.LONGEST_HEADER
          + " bytes, or more than "
          + Client.MOST_HEADERS
          + " of them";

  private static final int CHUNK = 8192;
  private static final int PORTION = 64 * 1024;

  private final Reuse reuse = new Reuse();
  private final PoolingHttpClientConnectionManager connections;
  private final CloseableHttpClient client;
  private final Stalls stalls;
  private final Times times;
  private final Meter meter;

  public Wire(Target target, Trust trust, Times times, Meter meter) {
    this.connections = Client.connections(target, trust, times);
    this.client = Client.of(connections, reuse);
    this.stalls = new Stalls(times.progress());
    this.times = times;
    this.meter = meter;
  }

  /** A body that streams a whole blob. */
  public BlobBody blob(Bytes source, long size) {
    return piece(source, 0, size, size);
  }

  /** A body that streams {@code length} bytes of a blob. */
  public BlobBody piece(Bytes source, long offset, long length, long size) {
    return new BlobBody(source, new BlobBody.Part(offset, length, size), meter, times);
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
    Duration patience = times.answering(request.stored());
    sent.setConfig(
        RequestConfig.copy(Client.REQUESTS)
            .setResponseTimeout(Timeout.ofMilliseconds(patience.toMillis()))
            .build());
    meter.request();
    Optional<BlobBody> blob =
        request.body().filter(BlobBody.class::isInstance).map(BlobBody.class::cast);
    Deadline deadline = blob.map(BlobBody::deadline).orElseGet(Deadline::new);
    Runnable waiting = () -> deadline.within(patience);
    Answer answer = watched(sent, context(request, waiting), deadline, request);
    if (answer.status() < 300 && blob.filter(body -> !body.isComplete()).isPresent()) {
      throw new IOException("success was reported before all bytes were sent");
    }
    return answer;
  }

  private static HttpClientContext context(Request request, Runnable waiting) {
    HttpClientContext context = HttpClientContext.create();
    request.label().ifPresent(context::setUserToken);
    context.setAttribute(Client.ANSWER, waiting);
    return context;
  }

  private Answer watched(
      HttpUriRequestBase sent, HttpClientContext context, Deadline deadline, Request request)
      throws IOException {
    stalls.watch(deadline, sent::cancel);
    try {
      return exchange(sent, context, deadline, request);
    } catch (NoHttpResponseException | SocketException broken) {
      startAfresh();
      throw stalls.release(deadline) ? broken : stalled(broken);
    } catch (IOException thrown) {
      throw stalls.release(deadline) ? thrown : stalled(thrown);
    } finally {
      stalls.release(deadline);
    }
  }

  /** Where one connection is dead, those kept beside it may be too. */
  private void startAfresh() {
    reuse.distrust();
    connections.closeIdle(TimeValue.ZERO_MILLISECONDS);
  }

  private static IOException stalled(IOException thrown) {
    IOException silent = new SocketTimeoutException("nothing moved within the time allowed");
    silent.addSuppressed(thrown);
    return silent;
  }

  private Answer exchange(
      HttpUriRequestBase sent, HttpClientContext context, Deadline deadline, Request request)
      throws IOException {
    URI address = request.address();
    HttpHost host = new HttpHost(address.getScheme(), address.getHost(), address.getPort());
    ClassicHttpResponse response = client.executeOpen(host, sent, context);
    try {
      return read(response, sent, deadline, request);
    } finally {
      close(response);
    }
  }

  private Answer read(
      ClassicHttpResponse response, HttpUriRequestBase sent, Deadline deadline, Request request)
      throws IOException {
    Optional<HttpEntity> entity = Optional.ofNullable(response.getEntity());
    if (request.sink().isPresent() && response.getCode() == HttpStatus.SC_OK) {
      pour(entity, request.sink().get(), sent, deadline);
      return new Answer(response.getCode(), response.getHeaders(), new byte[0], true);
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    boolean whole = read(entity, request.most(), body, deadline);
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

  private void pour(
      Optional<HttpEntity> entity, Sink sink, HttpUriRequestBase sent, Deadline deadline)
      throws IOException {
    boolean complete = false;
    try (OutputStream out = sink.open()) {
      if (entity.isPresent()) {
        pour(entity.get().getContent(), out, deadline);
      }
      complete = true;
    } finally {
      if (!complete) {
        sent.cancel();
      }
    }
  }

  /** A portion has its time, not a byte: else a byte a second would be progress. */
  private void pour(InputStream in, OutputStream out, Deadline deadline) throws IOException {
    byte[] portion = new byte[PORTION];
    int count = PORTION;
    while (count == PORTION) {
      deadline.within(times.progress());
      count = in.readNBytes(portion, 0, PORTION);
      deadline.rest();
      out.write(portion, 0, count);
    }
  }

  private boolean read(
      Optional<HttpEntity> entity, int most, ByteArrayOutputStream body, Deadline deadline)
      throws IOException {
    if (entity.isEmpty()) {
      return true;
    }
    InputStream in = entity.get().getContent();
    byte[] chunk = new byte[CHUNK];
    int due = 0;
    int count = 0;
    while (count >= 0) {
      if (body.size() >= due) {
        deadline.within(times.progress());
        due += PORTION;
      }
      count = in.read(chunk);
      if (body.size() + count > most) {
        return false;
      }
      body.write(chunk, 0, Math.max(0, count));
    }
    return true;
  }

  /** Whether a request is under way. */
  public boolean isBusy() {
    return stalls.isWatching();
  }

  @Override
  public void close() {
    stalls.close();
    client.close(CloseMode.GRACEFUL);
  }
}
