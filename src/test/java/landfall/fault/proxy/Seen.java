package landfall.fault.proxy;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A request the proxy saw; its counts grow while it is under way. */
public final class Seen {
  private static final Pattern UPLOAD =
      Pattern.compile("(?:https?://[^/]+)?/v2/(.+)/blobs/uploads/.*");
  private static final Pattern BLOB = Pattern.compile("/v2/(.+)/blobs/(sha256:[0-9a-f]+)");
  private static final Pattern MANIFEST = Pattern.compile("/v2/(.+)/manifests/.*");
  private static final Pattern DIGEST = Pattern.compile("[?&]digest=([^&]+)");

  private final long at = System.nanoTime();
  private final String method;
  private final String path;
  private final long length;
  private volatile long bytes;
  private volatile int status;
  private volatile long answeredAt;
  private volatile boolean tricked;

  Seen(Head request) {
    this.method = request.word(0);
    this.path = request.word(1);
    this.length = Math.max(0, request.length());
  }

  public String method() {
    return method;
  }

  public String path() {
    return path;
  }

  /** A trick was played on it. */
  void tricked() {
    tricked = true;
  }

  /** Whether a trick was played on it. */
  public boolean isTricked() {
    return tricked;
  }

  /** What it is about, the same for each try: an upload's session has another name each time. */
  String thing() {
    Matcher upload = UPLOAD.matcher(path);
    boolean session = upload.matches() && !path.endsWith("/blobs/uploads/") && blob().equals(path);
    return method + " " + (session ? upload.group(1) + " session" : blob());
  }

  synchronized void passed(long more) {
    bytes += more;
  }

  void answered(int answer) {
    answeredAt = System.nanoTime();
    status = answer;
  }

  /** When it came, by {@link System#nanoTime}. */
  public long at() {
    return at;
  }

  /** Bytes of the body its head announced. */
  public long length() {
    return length;
  }

  /** Bytes of its body so far. */
  public long bytes() {
    return bytes;
  }

  /** The answer's status; 0 when there was none (yet). */
  public int status() {
    return status;
  }

  /** When the status came, by {@link System#nanoTime}. */
  long answeredAt() {
    return answeredAt;
  }

  /** Whether it carries a blob's bytes. */
  public boolean sendsBlob() {
    return (method.equals("PUT") || method.equals("PATCH") || method.equals("POST"))
        && length > 0
        && UPLOAD.matcher(path).matches();
  }

  public boolean writes() {
    return !method.equals("GET") && !method.equals("HEAD");
  }

  /** Whether it only asks if the registry is well: a ping, or an upload that ends nowhere. */
  public boolean probes() {
    return path.equals("/v2/") || (UPLOAD.matcher(path).matches() && !DIGEST.matcher(path).find());
  }

  public boolean putsManifest() {
    return method.equals("PUT") && MANIFEST.matcher(path).matches();
  }

  /** {@code repository@digest} of a blob or of a finished upload; the path where none is named. */
  public String blob() {
    Matcher named = BLOB.matcher(path);
    if (named.matches()) {
      return named.group(1) + "@" + named.group(2);
    }
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
