package landfall.registry.wire;

import java.util.concurrent.TimeUnit;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ConnectionReuseStrategy;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.impl.DefaultConnectionReuseStrategy;
import org.apache.hc.core5.http.protocol.HttpContext;

/**
 * Whether a connection carries another request. Not when a body was broken off on it; and for a
 * while none does after one broke, for some servers close every connection without saying so, and
 * an upload whose second request always goes to a dead one never ends.
 */
final class Reuse implements ConnectionReuseStrategy {
  private static final long WHILE = TimeUnit.SECONDS.toNanos(10);

  private volatile long broke = System.nanoTime() - WHILE;

  /** A connection broke that may have been kept too long. */
  void distrust() {
    broke = System.nanoTime();
  }

  @Override
  public boolean keepAlive(HttpRequest request, HttpResponse response, HttpContext context) {
    boolean brokenOff =
        request instanceof ClassicHttpRequest sent
            && sent.getEntity() instanceof BlobBody body
            && !body.isComplete();
    return !brokenOff
        && System.nanoTime() - broke > WHILE
        && DefaultConnectionReuseStrategy.INSTANCE.keepAlive(request, response, context);
  }
}
