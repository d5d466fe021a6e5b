package landfall.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import landfall.ledger.Notes;
import landfall.ledger.Notes.Kind;
import landfall.ledger.Notes.Note;
import landfall.open.Opened.Document;
import landfall.plan.release.ReleaseTrust;

/**
 * What an operator said when an archive was handed over. It belongs to the delivery: whoever goes
 * on with it later must not deliver another set of images.
 */
final class Given {
  private static final String CONFIGURATION = "configuration ";
  private static final String NO_SIGNATURES = "remove-signatures";
  private static final String UNSIGNED_RELEASE = "ignore-release-signature";

  private final Notes notes;
  private final String archive;
  private final String target;

  Given(Notes notes, String archive, String target) {
    this.notes = notes;
    this.archive = archive;
    this.target = target;
  }

  /** These options where they say anything of their own, which is kept; else the kept ones. */
  Planner.Options or(Planner.Options options) {
    List<Note> said = said(options);
    if (!said.isEmpty()) {
      notes.replace(archive, target, Kind.OPTION, said);
    }
    return with(options);
  }

  private static List<Note> said(Planner.Options options) {
    List<Note> said = new ArrayList<>();
    options
        .configuration()
        .ifPresent(isc -> said.add(new Note(CONFIGURATION + isc.name(), isc.text())));
    if (!options.signatures()) {
      said.add(new Note(NO_SIGNATURES, ""));
    }
    if (options.releases().ignoreSignatures()) {
      said.add(new Note(UNSIGNED_RELEASE, ""));
    }
    return said;
  }

  private Planner.Options with(Planner.Options options) {
    Map<String, String> kept = new HashMap<>();
    notes.of(archive, target, Kind.OPTION).forEach(note -> kept.put(note.name(), note.text()));
    Optional<Document> configuration =
        kept.keySet().stream()
            .filter(name -> name.startsWith(CONFIGURATION))
            .map(name -> document(name, kept))
            .findFirst();
    return new Planner.Options(
        options.signatures() && !kept.containsKey(NO_SIGNATURES),
        configuration,
        new ReleaseTrust(
            options.releases().keys(),
            options.releases().ignoreSignatures() || kept.containsKey(UNSIGNED_RELEASE)),
        options.catalogSourceTemplates(),
        options.unclaimed());
  }

  private static Document document(String name, Map<String, String> kept) {
    return new Document(
        name.substring(CONFIGURATION.length()), Optional.ofNullable(kept.get(name)).orElseThrow());
  }
}
