package landfall.cli;

import java.io.IOException;
import java.util.Optional;
import landfall.ledger.ArchiveRow;
import landfall.ledger.Request;
import landfall.ledger.Request.Kind;
import landfall.report.Receipt;
import landfall.settings.Settings;
import landfall.wiring.Engine;

/**
 * Asks for a review to be carried out: by the process that has the data folder, or, when there is
 * none or it ends, by this one.
 */
final class ReviewRequest implements AutoCloseable {
  private static final long TICK = 200;

  private final Settings settings;
  private final Facts facts;
  private final ArchiveRow archive;
  private Optional<Engine> engine = Optional.empty();

  private ReviewRequest(Settings settings, Facts facts, ArchiveRow archive) {
    this.settings = settings;
    this.facts = facts;
    this.archive = archive;
  }

  /**
   * Asks, and waits until the request is taken up.
   *
   * @param prefix of the archive's id or SHA-256
   * @throws UsageException when it cannot be carried out, and why
   */
  static ReviewRequest ask(Settings settings, Kind kind, String prefix, String reason)
      throws IOException, InterruptedException {
    Facts facts = Facts.required(settings);
    ReviewRequest review = new ReviewRequest(settings, facts, archive(facts, prefix));
    try {
      String request =
          facts.ledger().requests().ask(kind, review.archive.id(), reason.strip(), who());
      String answer = review.answer(request);
      if (!answer.equals(Request.OK)) {
        throw new UsageException(answer);
      }
      return review;
    } catch (RuntimeException | IOException | InterruptedException refused) {
      review.close();
      throw refused;
    }
  }

  private static ArchiveRow archive(Facts facts, String prefix) {
    try {
      return facts.archive(prefix);
    } catch (UsageException unknown) {
      facts.close();
      throw unknown;
    }
  }

  private String answer(String request) throws IOException, InterruptedException {
    while (true) {
      Optional<String> answer =
          facts.ledger().requests().byId(request).flatMap(row -> row.answer());
      if (answer.isPresent()) {
        return answer.get();
      }
      pause();
    }
  }

  /** Waits until the archive has ended and is put away, or stands still. */
  Receipt result() throws IOException, InterruptedException {
    while (!settled()) {
      pause();
    }
    return facts.receipt(facts.archive(archive.id()));
  }

  private boolean settled() {
    Watch.Standing standing =
        Watch.Standing.of(facts.ledger(), archive.id(), facts.deliveries(archive));
    return standing == Watch.Standing.STILL || standing == Watch.Standing.ENDED;
  }

  private void pause() throws IOException, InterruptedException {
    if (engine.isEmpty()) {
      engine =
          Engine.open(
              settings,
              new Engine.Mode(CommonOptions.home(), false, false, PlanOptions.standard(settings)));
      engine.ifPresent(
          own -> {
            own.adopt(archive.id());
            own.begin();
          });
    }
    Thread.sleep(TICK);
  }

  private static String who() {
    String user = System.getProperty("user.name", "unknown");
    String sudo = System.getenv("SUDO_USER");
    return sudo == null ? user : sudo + " (as " + user + ")";
  }

  @Override
  public void close() throws IOException {
    try (facts) {
      if (engine.isPresent()) {
        engine.get().close();
      }
    }
  }
}
