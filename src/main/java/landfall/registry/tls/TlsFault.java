package landfall.registry.tls;

import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** Says in a person's words why TLS failed. */
public final class TlsFault {
  private TlsFault() {}

  public static String words(SSLException thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage());
      if (cause instanceof CertificateExpiredException) {
        return "its certificate, or a CA above it, has expired (" + message + ")";
      }
      if (cause instanceof CertificateNotYetValidException) {
        return "its certificate is not valid yet (" + message + "); is the clock right?";
      }
      if (cause instanceof SSLPeerUnverifiedException
          || message.contains("No subject alternative")
          || message.contains("No name matching")) {
        return "its certificate is for another name (" + message + ")";
      }
      if (message.contains("unable to find valid certification path")
          || message.contains("Path does not chain")) {
        return "its certificate is of a CA that is not trusted here";
      }
      if (message.contains("Unsupported or unrecognized SSL message")) {
        return "it does not speak TLS on this port";
      }
    }
    return "TLS failed (" + thrown.getMessage() + ")";
  }
}
