package landfall.cli;

import java.io.IOException;
import java.util.Optional;
import landfall.ledger.ArchiveRow;
import landfall.ledger.Request.Kind;
import landfall.settings.Settings;
import landfall.wiring.Engine;

/**
 * Asks for a review to be carried out: by the service that has the data folder, or, when none runs,
 * by this process itself.
 */
final class ReviewRequest {
  private static final long TICK = 200;

  private final Settings settings;

  ReviewRequest(Settings settings) {
    this.settings = settings;
  }

  /** What is done once a request was carried out. */
  @FunctionalInterface
  interface Then {
    int exitCode(Facts facts, Optional<Engine> engine, ArchiveRow archive)
        throws IOException, InterruptedException;
  }

  /** Asks, waits for the answer, and goes on with {@code then}. */
  int ask(Kind kind, String prefix, String argument, Then then)
      throws IOException, InterruptedException {
    Engine.Mode mode =
        new Engine.Mode(CommonOptions.home(), false, false, CommonOptions.planning(settings));
    try (Facts facts = Facts.required(settings)) {
      ArchiveRow archive = facts.archive(prefix);
      String request = facts.ledger().requests().ask(kind, archive.id(), argument, who());
      Optional<Engine> engine = Engine.start(settings, mode);
      try {
        engine.ifPresent(own -> own.adopt(archive.id()));
        String answer = answer(facts, request);
        if (!answer.equals("ok")) {
          throw new UsageException(answer);
        }
        return then.exitCode(facts, engine, archive);
      } finally {
        if (engine.isPresent()) {
          engine.get().close();
        }
      }
    }
  }

  private static String answer(Facts facts, String request) throws InterruptedException {
    while (true) {
      Optional<String> answer =
          facts.ledger().requests().byId(request).flatMap(row -> row.answer());
      if (answer.isPresent()) {
        return answer.get();
      }
      Thread.sleep(TICK);
    }
  }

  private static String who() {
    String user = System.getProperty("user.name", "unknown");
    String sudo = System.getenv("SUDO_USER");
    return sudo == null ? user : sudo + " (as " + user + ")";
  }
}
