package landfall.registry.tls;

import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** Says in a person's words why TLS failed. */
public final class TlsFault {
  /** Alerts about a certificate that was shown, or one that is missing or is not liked. */
  private static final Pattern OF_OURS =
      Pattern.compile(
          "alert: (certificate_|bad_certificate|unknown_ca|unsupported_certificate|access_denied)");

  private static final String NONE =
      "none was shown; name the registry's with clientCert: and clientKey: of the target in"
          + " config/landfall.yaml";

  private TlsFault() {}

  /**
   * What to tell of it.
   *
   * @param ours whether a certificate of ours was there to be shown
   */
  public static String words(SSLException thrown, boolean ours) {
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
    return refused(String.valueOf(thrown.getMessage()), ours);
  }

  private static String refused(String message, boolean ours) {
    String said = " (" + message + ")";
    if (message.contains("protocol_version") || message.contains("not accepted by client")) {
      return "it speaks none of the versions of TLS that were offered, "
          + String.join(" and ", Trust.VERSIONS)
          + said;
    }
    if (ours && OF_OURS.matcher(message).find()) {
      return "it does not take the client certificate that clientCert: names" + said;
    }
    if (message.contains("certificate_required") || message.contains("bad_certificate")) {
      return "it wants a client certificate: " + NONE + said;
    }
    boolean vague = !ours && message.contains("handshake_failure");
    return "TLS failed" + said + (vague ? "; where it wants a client certificate: " + NONE : "");
  }
}
