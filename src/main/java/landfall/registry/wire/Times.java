package landfall.registry.wire;

import java.time.Duration;

/**
 * How long the network may take.
 *
 * @param connect to take a connection
 * @param idle without a byte of an answer
 * @param commit to answer once a body was sent: registries hash and move it first
 * @param progress without a byte of a body being taken
 */
public record Times(Duration connect, Duration idle, Duration commit, Duration progress) {
  public static Times usual() {
    return new Times(
        Duration.ofSeconds(10),
        Duration.ofSeconds(60),
        Duration.ofSeconds(300),
        Duration.ofSeconds(60));
  }
}
