package landfall.flow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import landfall.demo.EmbeddedRegistry;
import landfall.demo.Faults;
import landfall.folders.Relocation;
import landfall.image.Digest;
import landfall.ledger.Ledger;
import landfall.ledger.Request;
import landfall.ledger.State;
import landfall.plan.Planner;
import landfall.push.ReadBack;
import landfall.push.TagConflict;
import landfall.report.Receipt;
import landfall.report.Receipt.TargetReport;
import landfall.wiring.Rebuilding;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tags that point to something else than an archive brings (FR F45), by the real routes. */
class TagTest {
  private static final String TAG = "mirror/site/lab/app:v1";
  private static final String BESIDE = "mirror/site/lab/beside:v1";

  private final Path folder;
  private final Path made;
  private final Path storage;
  private EmbeddedRegistry registry;

  TagTest(@TempDir Path root) throws IOException {
    this.folder = Files.createDirectory(root.resolve("data"));
    this.made = Files.createDirectory(root.resolve("made"));
    this.storage = Files.createDirectory(root.resolve("registry"));
    this.registry = EmbeddedRegistry.start(storage, 0);
  }

  @AfterEach
  void stopTheRegistry() {
    registry.close();
  }

  @ParameterizedTest
  @EnumSource(TagConflict.class)
  void movesOnATagItHasBroughtThereItself(TagConflict conflict) throws Exception {
    try (Site site = site(conflict)) {
      deliver(site, archive("first.tar", "older"), State.DELIVERED);
      deliver(site, archive("second.tar", "newer"), State.DELIVERED);

      assertThat(tags()).containsEntry(TAG, digest("newer"));
    }
  }

  @Test
  void overwritesATagOfSomebodyElseWhereThatIsTheSetting() throws Exception {
    somebodyElseHas("older");
    try (Site site = site(TagConflict.OVERWRITE)) {
      deliver(site, archive("mine.tar", "newer"), State.DELIVERED);

      assertThat(tags()).containsEntry(TAG, digest("newer"));
    }
  }

  @Test
  void refusesOnlyTheImageWhoseTagIsSomebodyElses() throws Exception {
    somebodyElseHas("older");
    try (Site site = site(TagConflict.REFUSE)) {
      Receipt receipt =
          deliver(site, archive("mine.tar", "newer", "beside"), State.DELIVERED_WITH_FAILURES);

      assertThat(receipt.targets().get(0).failures())
          .singleElement()
          .satisfies(
              failure -> {
                assertThat(failure.code()).isEqualTo("TAG_CONFLICT");
                assertThat(failure.sentence()).contains(digest("older"), digest("newer"));
                assertThat(failure.next()).isNotBlank();
              });
      assertThat(tags())
          .containsEntry(TAG, digest("older"))
          .containsEntry(BESIDE, digest("beside"));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = TagConflict.class,
      names = {"OVERWRITE", "REFUSE"})
  void treatsATagThatSomebodyMovesMeanwhileLikeAnyOther(TagConflict conflict) throws Exception {
    boolean overwrites = conflict == TagConflict.OVERWRITE;
    Made archive = new Made();
    archive.tag("lab/app", "v1", archive.image("newer"));
    archive.tag("lab/app", "v2", archive.image("theirs"));
    registry.suffer(new Mover(2, "v2"));
    try (Site site = site(conflict)) {
      deliver(
          site,
          archive.write(made, "mine.tar"),
          overwrites ? State.DELIVERED : State.DELIVERED_WITH_FAILURES);

      assertThat(tags()).containsEntry(TAG, digest(overwrites ? "newer" : "theirs"));
    }
  }

  /** Somebody who moves v1 once all tags are there and before they are looked at. */
  private final class Mover implements Faults {
    private final HttpClient client = HttpClient.newHttpClient();
    private final AtomicInteger tags = new AtomicInteger();
    private final int all;
    private final String to;

    Mover(int all, String to) {
      this.all = all;
      this.to = to;
    }

    @Override
    public Optional<Fault> befalling(String method, String path) {
      boolean tag = path.matches(".*/app/manifests/v[12]");
      if (tag && method.equals("PUT")) {
        tags.incrementAndGet();
      }
      if (path.endsWith("/app/manifests/v1")
          && method.equals("GET")
          && tags.compareAndSet(all, all + 1)) {
        move();
      }
      return Optional.empty();
    }

    private void move() {
      String at = "http://" + registry.address() + "/v2/mirror/site/lab/app/manifests/";
      try {
        HttpResponse<byte[]> theirs =
            client.send(
                HttpRequest.newBuilder(URI.create(at + to)).build(), BodyHandlers.ofByteArray());
        HttpRequest put =
            HttpRequest.newBuilder(URI.create(at + "v1"))
                .header("Content-Type", theirs.headers().firstValue("Content-Type").orElseThrow())
                .PUT(BodyPublishers.ofByteArray(theirs.body()))
                .build();
        assertThat(client.send(put, BodyHandlers.discarding()).statusCode()).isEqualTo(201);
      } catch (IOException | InterruptedException failed) {
        throw new IllegalStateException(failed);
      }
    }
  }

  @Test
  void holdsTheArchiveBeforeAnythingOfItIsPushedUntilItIsReleased() throws Exception {
    somebodyElseHas("older");
    long received = registry.bytesReceived();
    try (Site site = site(TagConflict.QUARANTINE)) {
      Receipt receipt = deliver(site, archive("mine.tar", "newer", "beside"), State.QUARANTINED);

      assertThat(receipt.targets().get(0).code()).isEqualTo("TAG_CONFLICT");
      assertThat(registry.bytesReceived()).isEqualTo(received);
      assertThat(Files.readString(site.quarantine(receipt.archive().id()).resolve("why.yaml")))
          .contains("releasable: true", digest("older"), digest("newer"));

      release(site, receipt);

      site.await("mine.tar", State.DELIVERED);
      assertThat(tags())
          .containsEntry(TAG, digest("newer"))
          .containsEntry(BESIDE, digest("beside"));
    }
  }

  @Test
  void failsOnlyTheImageWhoseTagMayNotBeAskedFor() throws Exception {
    try (Site site = site(TagConflict.QUARANTINE)) {
      deliver(site, archive("first.tar", "older"), State.DELIVERED);
      registry.suffer(
          (method, path) ->
              !method.equals("PUT") && path.endsWith("/beside/manifests/v1")
                  ? Optional.of(Faults.Fault.answering(403))
                  : Optional.empty());

      Receipt receipt =
          deliver(site, archive("second.tar", "newer", "beside"), State.DELIVERED_WITH_FAILURES);

      assertThat(receipt.targets().get(0).failures())
          .singleElement()
          .satisfies(
              failure -> {
                assertThat(failure.code()).isEqualTo("REGISTRY_DENIED");
                assertThat(failure.image()).contains("beside");
              });
      assertThat(tags()).containsEntry(TAG, digest("newer"));
    }
  }

  @ParameterizedTest
  @EnumSource(TagConflict.class)
  void suspectsARollbackUntilItIsReleased(TagConflict conflict) throws Exception {
    try (Site site = site(conflict)) {
      deliver(site, archive("first.tar", "older"), State.DELIVERED);
      deliver(site, archive("second.tar", "newer"), State.DELIVERED);
      long received = registry.bytesReceived();

      Receipt receipt = deliver(site, archive("stale.tar", "older", "beside"), State.QUARANTINED);

      assertThat(receipt.targets().get(0).code()).isEqualTo("ROLLBACK_SUSPECTED");
      assertThat(receipt.targets().get(0).sentence())
          .contains(id(site, "first.tar"), id(site, "second.tar"));
      assertThat(registry.bytesReceived()).isEqualTo(received);
      assertThat(tags()).containsEntry(TAG, digest("newer")).doesNotContainKey(BESIDE);

      release(site, receipt);

      site.await("stale.tar", State.DELIVERED);
      assertThat(tags())
          .containsEntry(TAG, digest("older"))
          .containsEntry(BESIDE, digest("beside"));
    }
  }

  @Test
  void knowsWhatHasMovedOnAfterTheLedgerWasRebuilt() throws Exception {
    try (Site site = site(TagConflict.REFUSE)) {
      deliver(site, archive("first.tar", "older"), State.DELIVERED);
      deliver(site, archive("second.tar", "newer"), State.DELIVERED);
      deliver(site, copy(made.resolve("first.tar"), "again.tar"), State.DUPLICATE);
    }
    Files.delete(Ledger.file(folder.resolve("state")));
    assertThat(Rebuilding.run(Site.settings(folder, target()))).isPresent();

    try (Site site = site(TagConflict.REFUSE)) {
      Receipt receipt = deliver(site, archive("stale.tar", "older", "beside"), State.QUARANTINED);
      assertThat(receipt.targets().get(0).code()).isEqualTo("ROLLBACK_SUSPECTED");
      deliver(site, archive("third.tar", "newest"), State.DELIVERED);
      assertThat(tags()).containsEntry(TAG, digest("newest"));
    }
  }

  @Test
  void leavesATagThatHasMovedOnFromBytesThatComeAgain() throws Exception {
    Path first = archive("first.tar", "older", "beside");
    try (Site site = site(TagConflict.OVERWRITE)) {
      deliver(site, first, State.DELIVERED);
      deliver(site, archive("second.tar", "newer"), State.DELIVERED);

      Receipt again = deliver(site, copy(first, "again.tar"), State.DUPLICATE);

      assertThat(tags()).containsEntry(TAG, digest("newer"));
      TargetReport target = again.targets().get(0);
      assertThat(target.warnings())
          .anySatisfy(
              warning ->
                  assertThat(warning)
                      .contains(TAG, digest("newer"), id(site, "second.tar"), "left as it is"));
      assertThat(again.images())
          .as("the image whose tag has moved on is not said to be there")
          .singleElement()
          .satisfies(image -> assertThat(image.destination()).endsWith(BESIDE));
      assertThat(target.images().planned()).isEqualTo(1);
      assertThat(site.status("again.tar")).contains("moved on: " + TAG);
    }
  }

  @Test
  void leavesATagThatMovesOnAgainWhileItIsBroughtBack() throws Exception {
    Path first = archive("first.tar", "older", "beside");
    try (Site site = site(TagConflict.OVERWRITE)) {
      deliver(site, first, State.DELIVERED);
      deliver(site, archive("second.tar", "newer"), State.DELIVERED);
      Files.delete(storage.resolve("repositories/mirror/site/lab/app/_tags/v1"));
      registry.suffer(new Mover(1, digest("newer")));

      Receipt again = deliver(site, copy(first, "again.tar"), State.DUPLICATE);

      assertThat(tags()).containsEntry(TAG, digest("newer"));
      assertThat(again.targets().get(0).warnings())
          .anySatisfy(warning -> assertThat(warning).contains(TAG, "left as it is"));
      assertThat(again.images())
          .singleElement()
          .satisfies(image -> assertThat(image.destination()).endsWith(BESIDE));
    }
  }

  @Test
  void bringsARegistryBackToTheNewestWhenTheArchivesComeAgainInOrder() throws Exception {
    Path first = archive("first.tar", "older");
    Path second = archive("second.tar", "newer");
    try (Site site = site(TagConflict.QUARANTINE)) {
      deliver(site, first, State.DELIVERED);
      deliver(site, second, State.DELIVERED);
      wipe();

      deliver(site, copy(first, "first-again.tar"), State.DELIVERED);
      assertThat(tags()).containsEntry(TAG, digest("older"));
      deliver(site, copy(second, "second-again.tar"), State.DELIVERED);

      assertThat(tags()).containsEntry(TAG, digest("newer"));
    }
  }

  @Test
  void deliversToOneTargetWhatIsARollbackAtAnother(@TempDir Path other) throws Exception {
    try (EmbeddedRegistry second = EmbeddedRegistry.start(other, 0)) {
      try (Site site = site(TagConflict.OVERWRITE)) {
        deliver(site, archive("first.tar", "older"), State.DELIVERED);
        deliver(site, archive("second.tar", "newer"), State.DELIVERED);
      }
      try (Site site =
          Site.serving(folder, target(), "b=docker://" + second.address() + "/mirror/site")) {
        deliver(site, archive("stale.tar", "older", "beside"), State.QUARANTINED);

        assertThat(Site.tags(second.address())).containsEntry(TAG, digest("older"));
        assertThat(tags()).containsEntry(TAG, digest("newer"));
      }
    }
  }

  @Test
  void triesDeadLettersAgainAndLeavesWhatHasMovedOn() throws Exception {
    registry.suffer(
        (method, path) ->
            method.equals("PUT") && path.contains("/beside/manifests/")
                ? Optional.of(Faults.Fault.answering(413))
                : Optional.empty());
    try (Site site = site(TagConflict.QUARANTINE)) {
      Receipt failed =
          deliver(site, archive("first.tar", "older", "beside"), State.DELIVERED_WITH_FAILURES);
      deliver(site, archive("second.tar", "newer"), State.DELIVERED);
      registry.suffer(Faults.none());

      site.engine().ledger().requests().ask(Request.Kind.RETRY, failed.archive().id(), "", "ops");

      Receipt receipt = site.await("first.tar", State.DELIVERED);
      assertThat(tags())
          .containsEntry(TAG, digest("newer"))
          .containsEntry(BESIDE, digest("beside"));
      assertThat(receipt.targets().get(0).warnings())
          .anySatisfy(warning -> assertThat(warning).contains(TAG, "left as it is"));
    }
  }

  private Site site(TagConflict conflict) {
    return Site.start(
        Site.pushing(Site.settings(folder, target()), conflict, ReadBack.MANIFESTS),
        Planner.Options.DEFAULT,
        true);
  }

  private String target() {
    return "site=docker://" + registry.address() + "/mirror/site";
  }

  /** An archive of {@code lab/app:v1}, and of more images named as their content. */
  private Path archive(String name, String content, String... more) throws IOException {
    Made archive = new Made();
    archive.tag("lab/app", "v1", archive.image(content));
    for (String each : more) {
      archive.tag("lab/" + each, "v1", archive.image(each));
    }
    return archive.write(made, name);
  }

  /** The same bytes under another name. */
  private Path copy(Path archive, String name) throws IOException {
    Files.writeString(
        made.resolve(name + ".sha256"),
        Digest.of(Files.readAllBytes(archive)).hex() + "  " + name + "\n");
    return Files.copy(archive, made.resolve(name));
  }

  private static String digest(String content) {
    Made throwaway = new Made();
    return Digest.of(throwaway.image(content).getBytes(UTF_8)).toString();
  }

  private static Receipt deliver(Site site, Path archive, State state) throws IOException {
    String name = archive.getFileName().toString();
    site.drop(archive, archive.resolveSibling(name + ".sha256"));
    return site.await(name, state);
  }

  private static void release(Site site, Receipt receipt) {
    site.engine()
        .ledger()
        .requests()
        .ask(Request.Kind.RELEASE, receipt.archive().id(), "wanted", "ops");
  }

  private static String id(Site site, String name) {
    return site.latest(name).orElseThrow().id();
  }

  /** Not by this ledger. */
  private void somebodyElseHas(String content) throws Exception {
    try (Site other = Site.serving(folder.resolveSibling("other"), target())) {
      deliver(other, archive("theirs.tar", content), State.DELIVERED);
    }
  }

  private Map<String, String> tags() throws Exception {
    return Site.tags(registry.address());
  }

  private void wipe() throws IOException {
    int port = Integer.parseInt(registry.address().replaceAll(".*:", ""));
    registry.close();
    Relocation.deleteTree(storage);
    registry = EmbeddedRegistry.start(Files.createDirectory(storage), port);
  }
}
