package landfall.ledger;

import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import landfall.failure.Code;

/** What reviewers have accepted of archives although a gate refused it. */
public final class Releases {
  private final Access jdbi;
  private final Writes writes;
  private final Clock clock;

  Releases(Access jdbi, Writes writes, Clock clock) {
    this.jdbi = jdbi;
    this.writes = writes;
    this.clock = clock;
  }

  /** Accepts what a code stands for, for one archive. */
  public void add(String archive, Code code, String who, String reason) {
    writes.execute(
        "release.add",
        "INSERT INTO release (archive, code, who, reason, at) VALUES (?,?,?,?,?) ON CONFLICT"
            + " (archive, code) DO NOTHING",
        archive,
        code.name(),
        who,
        reason,
        clock.millis());
  }

  /** The codes that no gate refuses this archive for any more. */
  public Set<Code> of(String archive) {
    List<String> codes =
        jdbi.withHandle(
            handle ->
                handle
                    .select("SELECT code FROM release WHERE archive = ?", archive)
                    .mapTo(String.class)
                    .list());
    return codes.stream().map(Code::valueOf).collect(Collectors.toUnmodifiableSet());
  }
}
