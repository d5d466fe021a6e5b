package landfall.campaign;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A request the proxy saw; its counts grow while it is under way. */
final class Seen {
  private static final Pattern UPLOAD =
      Pattern.compile("(?:https?://[^/]+)?/v2/(.+)/blobs/uploads/.*");
  private static final Pattern MANIFEST = Pattern.compile("/v2/(.+)/manifests/.*");
  private static final Pattern DIGEST = Pattern.compile("[?&]digest=([^&]+)");

  private final long at = System.nanoTime();
  private final String method;
  private final String path;
  private final long length;
  private volatile long bytes;
  private volatile int status;

  Seen(String method, String path, long length) {
    this.method = method;
    this.path = path;
    this.length = length;
  }

  synchronized void passed(long more) {
    bytes += more;
  }

  void answered(int answer) {
    status = answer;
  }

  /** When it came, by {@link System#nanoTime}. */
  long at() {
    return at;
  }

  /** Bytes of the body its head announced. */
  long length() {
    return length;
  }

  /** Bytes of its body so far. */
  long bytes() {
    return bytes;
  }

  /** The answer's status; 0 when there was none (yet). */
  int status() {
    return status;
  }

  /** Whether it carries a blob's bytes. */
  boolean sendsBlob() {
    return (method.equals("PUT") || method.equals("PATCH") || method.equals("POST"))
        && length > 0
        && UPLOAD.matcher(path).matches();
  }

  boolean writes() {
    return !method.equals("GET") && !method.equals("HEAD");
  }

  /** Whether it only asks if the registry is well: a ping, or an upload that ends nowhere. */
  boolean probes() {
    return path.equals("/v2/") || (UPLOAD.matcher(path).matches() && !DIGEST.matcher(path).find());
  }

  boolean putsManifest() {
    return method.equals("PUT") && MANIFEST.matcher(path).matches();
  }

  /** {@code repository@digest} of a finished upload; the session's path where none is named. */
  String blob() {
    Matcher upload = UPLOAD.matcher(path);
    String repository = upload.matches() ? upload.group(1) : path;
    return Optional.of(DIGEST.matcher(path))
        .filter(Matcher::find)
        .map(found -> repository + "@" + URLDecoder.decode(found.group(1), StandardCharsets.UTF_8))
        .orElse(path);
  }

  @Override
  public String toString() {
    return method + " " + path + " " + bytes + "/" + length + " -> " + status;
  }
}
