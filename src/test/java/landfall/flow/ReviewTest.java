package landfall.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import landfall.demo.EmbeddedRegistry;
import landfall.ledger.Request;
import landfall.ledger.State;
import landfall.plan.Planner;
import landfall.report.Receipt;
import landfall.settings.Settings;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What reviewers do with archives that were refused, by the real routes. */
class ReviewTest {
  private static final String NAME = Golden.HACKATHON.getFileName().toString();

  private final Path folder;
  private final EmbeddedRegistry registry;

  ReviewTest(@TempDir Path root) throws IOException {
    this.folder = Files.createDirectory(root.resolve("data"));
    this.registry = EmbeddedRegistry.start(Files.createDirectory(root.resolve("registry")), 0);
  }

  @AfterEach
  void stopTheRegistry() {
    registry.close();
  }

  @Test
  void retriesAQuarantinedArchiveWithTheSidecarThatLiesBesideIt() throws Exception {
    try (Site site = Site.serving(folder, target())) {
      Files.writeString(site.drop().resolve("wrong.sha256"), "0".repeat(64) + "  " + NAME + "\n");
      site.drop(Golden.HACKATHON);
      String id = site.await(NAME, State.QUARANTINED).archive().id();
      Path quarantine = site.quarantine(id);
      Files.copy(
          Golden.HACKATHON_SIDECAR,
          quarantine.resolve("wrong.sha256"),
          StandardCopyOption.REPLACE_EXISTING);

      site.engine().ledger().requests().ask(Request.Kind.RETRY, id, "", "ops");

      site.await(NAME, State.DELIVERED);
      assertThat(quarantine).doesNotExist();
      assertThat(site.done(id).resolve(NAME)).hasSameBinaryContentAs(Golden.HACKATHON);
    }
  }

  @Test
  void discardsWithReasonAndKeepsTheBytes() throws Exception {
    try (Site site = Site.serving(folder, target())) {
      Files.writeString(site.drop().resolve("note.tar"), "this is no archive at all");
      String id = site.await("note.tar", State.QUARANTINED).archive().id();

      site.engine().ledger().requests().ask(Request.Kind.DISCARD, id, "a test", "ops");

      site.await("note.tar", State.DISCARDED);
      assertThat(site.done(id).resolve("note.tar")).hasContent("this is no archive at all");
      assertThat(site.quarantine(id)).doesNotExist();
      assertThat(site.engine().ledger().events().of(id))
          .anyMatch(
              event ->
                  event.what().equals("DISCARD")
                      && event.who().equals("ops")
                      && event.detail().equals("a test"));
    }
  }

  @Test
  void releasesAnArchiveThatLacksTheChecksumFileRequiredHere() throws Exception {
    Settings settings = Site.requiringSidecars(Site.settings(folder, target()));
    try (Site site = Site.start(settings, Planner.Options.DEFAULT, true)) {
      site.drop(Golden.HACKATHON);
      site.awaitCode(NAME, "SIDECAR_MISSING");
      String id = site.await(NAME, State.WAITING).archive().id();

      site.engine().ledger().requests().ask(Request.Kind.RELEASE, id, "carried by hand", "ops");

      site.await(NAME, State.DELIVERED);
      assertThat(site.engine().ledger().events().of(id))
          .anyMatch(
              event ->
                  event.what().equals("RELEASE")
                      && event.who().equals("ops")
                      && event.detail().equals("SIDECAR_MISSING: carried by hand"));
    }
  }

  @Test
  void neverReleasesAWrongDigest() throws Exception {
    try (Site site = Site.serving(folder, target())) {
      Files.writeString(site.drop().resolve("wrong.sha256"), "0".repeat(64) + "  " + NAME + "\n");
      site.drop(Golden.HACKATHON);
      String id = site.await(NAME, State.QUARANTINED).archive().id();

      String request =
          site.engine().ledger().requests().ask(Request.Kind.RELEASE, id, "I know better", "ops");

      Awaitility.await().until(() -> answer(site, request).isPresent());
      assertThat(answer(site, request))
          .hasValueSatisfying(
              answer -> assertThat(answer).contains("SIDECAR_MISMATCH", "nobody can release", id));
      assertThat(site.await(NAME, State.QUARANTINED).targets().get(0).code())
          .isEqualTo("SIDECAR_MISMATCH");
    }
  }

  @Test
  void countsRefusedBytesThatComeAgainAndKeepsThemOnce() throws Exception {
    try (Site site = Site.serving(folder, target())) {
      Files.writeString(site.drop().resolve("note.tar"), "this is no archive at all");
      String id = site.await("note.tar", State.QUARANTINED).archive().id();

      Files.writeString(site.drop().resolve("again.tar"), "this is no archive at all");
      Receipt again = site.await("again.tar", State.DISCARDED);

      assertThat(again.targets().get(0).code()).isEqualTo("NOT_AN_ARCHIVE");
      assertThat(again.targets().get(0).sentence()).contains(id);
      assertThat(site.drop().resolve("again.tar")).doesNotExist();
      assertThat(site.quarantine(again.archive().id())).doesNotExist();
      assertThat(site.quarantine(id).resolve("note.tar")).hasContent("this is no archive at all");
      assertThat(site.quarantine(id).resolve("why.yaml")).content().contains("AGAIN");
    }
  }

  private static Optional<String> answer(Site site, String request) {
    return site.engine().ledger().requests().byId(request).flatMap(Request::answer);
  }

  private String target() {
    return "site=docker://" + registry.address() + "/mirror/site";
  }
}
