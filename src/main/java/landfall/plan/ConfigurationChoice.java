package landfall.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import landfall.failure.Code;
import landfall.failure.Rejected;
import landfall.failure.Waiting;
import landfall.open.Opened;
import landfall.open.Opened.Document;
import landfall.plan.candidate.BlockedImages;
import landfall.plan.configuration.ImageSetConfiguration;
import landfall.plan.configuration.ImageSetConfigurationParser;

/**
 * Which image set configuration counts (AF§3.0): the operator's own, else the newest of the
 * archive, else the newest that oc-mirror pinned; or none, where none can be used.
 *
 * @param usable what counts; empty = nothing says what is meant
 * @param problems of the documents that were passed over
 */
record ConfigurationChoice(Optional<ImageSetConfiguration> usable, List<Rejected> problems) {
  ConfigurationChoice {
    problems = List.copyOf(problems);
  }

  /**
   * Chooses.
   *
   * @throws Rejected when the operator's own cannot be used
   * @throws Waiting when the chunk that holds one may still come
   */
  static ConfigurationChoice of(Opened opened, Optional<Document> own) {
    if (own.isPresent()) {
      return new ConfigurationChoice(Optional.of(read(own.get())), List.of());
    }
    List<Rejected> problems = new ArrayList<>();
    for (Document document : opened.configurations()) {
      try {
        return new ConfigurationChoice(Optional.of(read(document)), problems);
      } catch (Rejected unusable) {
        problems.add(unusable);
      }
    }
    if (problems.isEmpty()) {
      problems.add(absent(opened));
    }
    return new ConfigurationChoice(Optional.empty(), problems);
  }

  /**
   * Reads a document with all that a plan will take from it.
   *
   * @throws Rejected when it cannot be used
   */
  static ImageSetConfiguration read(Document document) {
    ImageSetConfiguration read = new ImageSetConfigurationParser().parse(document);
    BlockedImages.of(read.name(), read.blockedImages());
    return read;
  }

  /** oc-mirror writes the configuration last, so that a chunked archive may still get it. */
  private static Rejected absent(Opened opened) {
    String name = opened.arrival().name();
    if (opened.arrival().chunked()) {
      throw new Waiting(
          Code.CHUNK_MISSING,
          name + " has no image set configuration (isc_…) yet; the chunk that holds it is missing");
    }
    return new Rejected(
        Code.LAYOUT_UNKNOWN,
        name
            + " has no image set configuration (isc_…); oc-mirror puts one into every archive and"
            + " without it nothing says which images are meant");
  }
}
