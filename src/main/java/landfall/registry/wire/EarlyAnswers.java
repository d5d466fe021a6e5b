package landfall.registry.wire;

import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.ResponseOutOfOrderStrategy;
import org.apache.hc.core5.util.Timeout;

/**
 * Notices now and then, while a blob is being sent, that the registry has already answered: a 401
 * or 413 need not wait for the other 30 GiB.
 */
final class EarlyAnswers implements ResponseOutOfOrderStrategy {
  private static final long EVERY = 1 << 20;

  /** Looking into TLS costs up to a millisecond. */
  private static final long EVERY_TLS = 16 << 20;

  @Override
  public boolean isEarlyResponseDetected(
      ClassicHttpRequest request,
      HttpClientConnection connection,
      InputStream answers,
      long sent,
      long next)
      throws IOException {
    boolean tls = connection.getSSLSession() != null;
    long every = tls ? EVERY_TLS : EVERY;
    if (sent / every == (sent + next) / every) {
      return false;
    }
    return tls ? connection.isDataAvailable(Timeout.ONE_MILLISECOND) : answers.available() > 0;
  }
}
