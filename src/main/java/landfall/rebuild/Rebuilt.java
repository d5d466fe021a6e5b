package landfall.rebuild;

import java.util.List;
import java.util.Map;
import landfall.ledger.State;

/**
 * What a rebuild found and made.
 *
 * @param ledger the new one
 * @param kept where the old one lies now; empty when there was none
 * @param archives how many stand where
 * @param disagreements between receipts, folders and registries, and what could not be taken up;
 *     one a line
 */
public record Rebuilt(
    String ledger,
    String kept,
    Map<State, Long> archives,
    List<TargetFacts> targets,
    List<String> disagreements) {
  public Rebuilt {
    targets = List.copyOf(targets);
    disagreements = List.copyOf(disagreements);
  }

  /**
   * What a registry said.
   *
   * @param target such as {@code site-a at registry.example:8443/mirror}
   * @param images tags that receipts speak of
   * @param there of these: point to what they should
   * @param lacking point elsewhere or are gone
   * @param notAsked nothing is known of them
   */
  public record TargetFacts(String target, int images, int there, int lacking, int notAsked) {}
}
