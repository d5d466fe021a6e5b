package landfall.registry.fault;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.MessageConstraintException;

/** What was seen of a request, before anybody asks what it means. */
public enum Signal {
  /** A whole answer with a status. */
  ANSWER,
  /** Connection refused, no route, or no such host. */
  REFUSED,
  /** Nobody took the connection in time. */
  UNREACHED,
  TLS,
  /** As {@link #TLS}, but CA or certificate files have been read anew since. */
  TLS_OUTDATED,
  /** The registry points to an address to which nothing is sent. */
  FORBIDDEN,
  /** Reset, broken pipe, or the end where an answer was due. */
  CUT,
  /** No answer, or no progress, in time. */
  SILENT,
  /** Broke off once more where it had before: something on the way lets no more through. */
  LIMITED,
  /** Pieces of an upload are accepted and not kept. */
  DISCARDED,
  /** The registry has more of an upload than was sent. */
  MISPLACED,
  /** Our credentials make a header that servers do not take. */
  HEADER_TOO_LONG,
  /** Something that is not HTTP, or headers that cannot be used. */
  GARBAGE,
  /** The registry holds the blob with another size than ours. */
  WRONG_SIZE,
  /** The registry holds, or claims to hold, other bytes than were sent. */
  ALTERED,
  /** What was accepted is not there when it is read back. */
  LOST,
  /** Our own bytes cannot be read. */
  SOURCE_UNREADABLE,
  /** Our own bytes are not those that were planned. */
  SOURCE_CHANGED;

  /** Sorts what the connection threw. */
  public static Signal of(IOException thrown) {
    if (thrown instanceof ConnectTimeoutException) {
      return UNREACHED;
    }
    if (thrown instanceof ConnectException
        || thrown instanceof NoRouteToHostException
        || thrown instanceof UnknownHostException) {
      return REFUSED;
    }
    if (thrown instanceof SSLException) {
      return isCut(thrown) ? CUT : TLS;
    }
    if (thrown instanceof SocketTimeoutException) {
      return SILENT;
    }
    return thrown instanceof ClientProtocolException || thrown instanceof MessageConstraintException
        ? GARBAGE
        : CUT;
  }

  /** A connection that ends inside TLS comes as an SSLException too, but is no matter of trust. */
  private static boolean isCut(Throwable thrown) {
    String message = String.valueOf(thrown.getMessage());
    return thrown.getCause() instanceof SocketException
        || thrown.getCause() instanceof EOFException
        || message.contains("closing inbound")
        || message.contains("Broken pipe")
        || message.contains("Connection reset")
        || message.contains("Socket closed");
  }
}
