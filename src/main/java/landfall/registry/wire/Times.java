package landfall.registry.wire;

import java.time.Duration;

/**
 * How long the network may take.
 *
 * @param connect to take a connection
 * @param idle without a byte of an answer, and for its head to be whole
 * @param commit to answer, at most, once a large blob was sent: registries hash and move it first
 * @param progress for the next portion of a body, 64 or 128 KiB, to be given or taken
 */
public record Times(Duration connect, Duration idle, Duration commit, Duration progress) {
  /** What a registry that is not to be called stuck hashes and moves in a second. */
  private static final long HASHED = 16 << 20;

  public static Times usual() {
    return new Times(
        Duration.ofSeconds(10),
        Duration.ofSeconds(60),
        Duration.ofSeconds(300),
        Duration.ofSeconds(60));
  }

  /** How long an answer may take to come after so much was sent, or has to be stored. */
  Duration answering(long bytes) {
    if (bytes == 0) {
      return idle;
    }
    Duration patience = idle.multipliedBy(4).dividedBy(3).plusSeconds(bytes / HASHED);
    return patience.compareTo(commit) < 0 ? patience : commit;
  }
}
