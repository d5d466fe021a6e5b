package landfall.registry.exchange;

import java.util.Locale;
import java.util.Optional;
import landfall.failure.Code;
import landfall.image.RepositoryName;
import landfall.registry.fault.Fault;
import landfall.registry.fault.FaultTable;
import landfall.registry.personality.Personality;

/** What a person should know of a refusal beyond what the registry says itself. */
final class Advice {
  private static final String FEWER_PARTS =
      "it takes names of fewer parts: set maxNestedPaths for this target";

  private Advice() {}

  /** The fault with what is known of such a registry, as far as it is about that. */
  static Fault on(Fault fault, Personality registry, Optional<RepositoryName> repository) {
    Code end = FaultTable.classify(fault).remedy().end();
    Optional<String> known = registry.advice(end);
    if (end == Code.NAME_REJECTED && repository.isPresent()) {
      return fault.advising(onName(fault, known, repository.get().path()));
    }
    return known.map(fault::advising).orElse(fault);
  }

  /** A name is refused for more reasons than its depth, for which another depth is no help. */
  private static String onName(Fault fault, Optional<String> known, String name) {
    boolean said = fault.reply().text().toLowerCase(Locale.ROOT).contains("nested");
    boolean deep = name.chars().filter(character -> character == '/').count() > 1;
    return known
        .filter(advice -> said || deep)
        .orElse(said ? FEWER_PARTS : "what it refuses is the name " + name);
  }
}
