package landfall.arrive;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import landfall.failure.Code;
import landfall.failure.Rejected;
import landfall.failure.Waiting;
import landfall.ledger.ArchiveRow;
import landfall.ledger.DeliveryRow;
import landfall.ledger.Ledger;
import landfall.ledger.Reason;
import landfall.ledger.State;
import landfall.ledger.Step;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns what lies in the drop into rows of the ledger: waiting at first sight, runnable once its
 * copy is complete. Files stay where they are.
 */
public final class Arrivals {
  private static final Logger LOG = LoggerFactory.getLogger(Arrivals.class);

  private final Path folder;
  private final Drop drop;
  private final Ledger ledger;
  private final Map<String, String> targets;
  private final Clock clock;

  /**
   * @param folder the drop folder
   * @param targets addresses of the configured targets by name
   */
  public Arrivals(Path folder, Drop drop, Ledger ledger, Map<String, String> targets, Clock clock) {
    this.folder = folder.toAbsolutePath();
    this.drop = drop;
    this.ledger = ledger;
    this.targets = Map.copyOf(targets);
    this.clock = clock;
  }

  /**
   * Whether a file in the drop stands for an archive that is complete and not yet taken. Of a
   * folder's chunks only the first one stands for it.
   */
  public boolean ready(Path file) {
    Optional<Path> candidate = Drop.candidate(folder, file.toAbsolutePath());
    if (candidate.isEmpty()) {
      return false;
    }
    Path source = candidate.get();
    Look seen = drop.look(source);
    Optional<ArchiveRow> known = known(source, seen);
    if (known.isEmpty() && !Files.exists(source, LinkOption.NOFOLLOW_LINKS)) {
      return false; // moved to its end between the two looks
    }
    Look look = known.map(row -> accepting(row, seen)).orElse(seen);
    if (known.isPresent() && !waitsFor(known.get(), look)) {
      return false;
    }
    look.waiting().ifPresent(why -> note(known.orElseGet(() -> addInstead(look, false)), why));
    return look.ready() && look.files().get(0).path().equals(file.toAbsolutePath());
  }

  private Look accepting(ArchiveRow row, Look look) {
    return look.accepting(ledger.releases().of(row.id()));
  }

  /** Makes the archive that a file in the drop stands for runnable; gives its id. */
  public String record(File file) {
    Path source =
        Drop.candidate(folder, file.toPath().toAbsolutePath())
            .orElseThrow(() -> new IllegalArgumentException(file + " is no part of an archive"));
    return take(drop.look(source), false);
  }

  /** Hands over an archive by its path, complete or not; it is never moved. Gives its id. */
  public String handOver(Path source, DropRules rules) {
    Look look = new Drop(rules, new Stillness(() -> 0)).look(source.toAbsolutePath());
    return take(look, true);
  }

  /** Forgets archives that went away before they were complete. */
  public void forgetVanished() {
    for (ArchiveRow row : waiting()) {
      if (!row.inPlace() && !Files.exists(row.source(), LinkOption.NOFOLLOW_LINKS)) {
        LOG.info("{} went away before it was complete: {}", row.id(), row.source());
        drop.forget(row.source());
        folder.resolve(Label.withoutExtension(row.name()) + ".status").toFile().delete();
        ledger.archives().forget(row.id());
      }
    }
  }

  private List<ArchiveRow> waiting() {
    return ledger.deliveries().in(State.WAITING).stream()
        .map(DeliveryRow::archive)
        .distinct()
        .flatMap(id -> ledger.archives().byId(id).stream())
        .toList();
  }

  private String take(Look look, boolean inPlace) {
    Optional<ArchiveRow> known = known(look.source(), look).filter(row -> suits(row, inPlace));
    ArchiveRow row = known.orElseGet(() -> addInstead(look, inPlace));
    Optional<Waiting> waiting = accepting(row, look).waiting();
    ledger.together(
        () -> {
          ledger
              .archives()
              .locate(row.id(), look.source(), look.files(), look.checksums().toJson());
          if (waiting.isPresent()) {
            note(row, waiting.get());
          } else {
            ledger.deliveries().resume(row.id(), unfinished(row.id()), "landfall");
          }
        });
    if (waiting.isEmpty()) {
      LOG.info("{} arrived: {}, {} bytes", row.id(), look.source(), bytes(look));
    }
    return row.id();
  }

  /**
   * Who hands an archive over says where to; an earlier one for other targets is another matter.
   */
  private boolean suits(ArchiveRow row, boolean inPlace) {
    return !inPlace
        || ledger.deliveries().of(row.id()).stream()
            .map(DeliveryRow::target)
            .collect(Collectors.toSet())
            .equals(targets.keySet());
  }

  /** A new archive; one whose bytes lay at the same place before can never be finished. */
  private ArchiveRow addInstead(Look look, boolean inPlace) {
    ledger.archives().at(look.source()).stream()
        .filter(old -> !state(old).ended())
        .filter(old -> !look.resembles(old.files()))
        .forEach(this::replaced);
    return add(look, inPlace);
  }

  private void replaced(ArchiveRow old) {
    List<String> standing =
        ledger.deliveries().of(old.id()).stream()
            .filter(delivery -> !delivery.state().ended() && delivery.state() != State.RUNNING)
            .map(DeliveryRow::target)
            .toList();
    Rejected why =
        new Rejected(
            Code.CHANGED_DURING_READ,
            "another file has taken the place of "
                + old.name()
                + " at "
                + old.source()
                + " before it was delivered");
    ledger.deliveries().move(old.id(), standing, State.QUARANTINED, Optional.of(Reason.of(why)));
  }

  private static long bytes(Look look) {
    return look.files().stream().mapToLong(file -> file.size()).sum();
  }

  private List<String> unfinished(String id) {
    return ledger.deliveries().of(id).stream()
        .filter(delivery -> !delivery.state().ended())
        .map(DeliveryRow::target)
        .toList();
  }

  /** The row that already stands for what lies at the path, unless that was another file. */
  private Optional<ArchiveRow> known(Path source, Look look) {
    return ledger.archives().at(source).stream().findFirst().filter(row -> isSame(row, look));
  }

  private boolean isSame(ArchiveRow row, Look look) {
    State state = state(row);
    if (state.ended()) {
      return !row.inPlace()
          && (state.delivered() ? look.resembles(row.files()) : look.isSame(row.files()));
    }
    return !beenLookedInto(row)
        || look.files().isEmpty()
        || look.resembles(row.files())
        || (row.chunked() && look.includes(row.files()));
  }

  private boolean beenLookedInto(ArchiveRow row) {
    return ledger.deliveries().of(row.id()).stream()
        .anyMatch(delivery -> delivery.step() != Step.ARRIVE);
  }

  private State state(ArchiveRow row) {
    return State.worst(ledger.deliveries().of(row.id()).stream().map(DeliveryRow::state).toList());
  }

  /** Whether a known archive waits for just what has come now. */
  private boolean waitsFor(ArchiveRow row, Look look) {
    if (state(row) != State.WAITING) {
      return false;
    }
    return !beenLookedInto(row) || !look.resembles(row.files());
  }

  private ArchiveRow add(Look look, boolean inPlace) {
    String name = String.valueOf(look.source().getFileName());
    ArchiveRow row =
        new ArchiveRow(
            Label.id(clock.instant(), name, RandomGenerator.getDefault()),
            0,
            name,
            look.source(),
            look.files(),
            look.chunked(),
            inPlace,
            look.checksums().toJson(),
            Optional.empty(),
            Optional.empty(),
            false,
            clock.instant(),
            Optional.empty());
    ledger.add(row, targets, look.waiting().map(Reason::of));
    return row;
  }

  private void note(ArchiveRow row, Waiting why) {
    List<String> all = new ArrayList<>(unfinished(row.id()));
    ledger.deliveries().move(row.id(), all, State.WAITING, Optional.of(reason(row, why)));
  }

  /** Said loudly once patience has run out. */
  private Reason reason(ArchiveRow row, Waiting why) {
    Reason reason = Reason.of(why);
    if (ledger.archives().age(row.id()).compareTo(drop.rules().patience()) < 0) {
      return reason;
    }
    String sentence =
        "incomplete for more than "
            + Words.of(drop.rules().patience())
            + ", somebody has to look: "
            + reason.sentence();
    boolean news =
        ledger.deliveries().of(row.id()).stream()
            .noneMatch(
                delivery ->
                    delivery.reason().filter(old -> old.sentence().equals(sentence)).isPresent());
    if (news) {
      LOG.warn("{} {}", row.id(), sentence);
    }
    return new Reason(reason.code(), sentence, reason.next(), reason.evidence());
  }
}
