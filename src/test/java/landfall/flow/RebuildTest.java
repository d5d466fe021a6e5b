package landfall.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import landfall.demo.EmbeddedRegistry;
import landfall.folders.DataFolder;
import landfall.folders.Relocation;
import landfall.ledger.ArchiveRow;
import landfall.ledger.Ledger;
import landfall.ledger.LedgerFault;
import landfall.ledger.Request;
import landfall.ledger.State;
import landfall.rebuild.Presence;
import landfall.rebuild.Rebuilt;
import landfall.report.Receipt;
import landfall.report.Receipts;
import landfall.wiring.Rebuilding;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ledger that is damaged, lost or older than the folders, and what Landfall makes of it. */
class RebuildTest {
  private static final String FIRST = Golden.HACKATHON.getFileName().toString();
  private static final String SECOND = Golden.ADDITIONAL.getFileName().toString();

  private final Path folder;
  private final Path ledger;
  private final EmbeddedRegistry registry;

  RebuildTest(@TempDir Path root) throws IOException {
    this.folder = Files.createDirectory(root.resolve("data"));
    this.ledger = Ledger.file(folder.resolve("state"));
    this.registry = EmbeddedRegistry.start(Files.createDirectory(root.resolve("registry")), 0);
  }

  @AfterEach
  void stopTheRegistry() {
    registry.close();
  }

  @Test
  void aDamagedLedgerIsRefusedAndRederived() throws Exception {
    String refused = threeArchives();
    Map<String, Receipt> before = receipts();
    Map<String, Object> sets = Golden.mirrorSets(out());
    damage();

    assertThatThrownBy(this::serve)
        .isInstanceOf(LedgerFault.class)
        .hasMessageContaining("is damaged");
    Rebuilt rebuilt = rebuild();

    assertThat(rebuilt.disagreements()).isEmpty();
    assertThat(rebuilt.archives())
        .containsOnly(Map.entry(State.DELIVERED, 2L), Map.entry(State.QUARANTINED, 1L));
    assertThat(rebuilt.targets())
        .singleElement()
        .satisfies(target -> assertThat(target.there()).isPositive().isEqualTo(target.images()));
    assertThat(Path.of(rebuilt.kept())).exists();
    assertThat(receipts()).isEqualTo(before);
    long sent = registry.bytesReceived();
    try (Site site = serve()) {
      Receipt again = drop(site, FIRST, Golden.HACKATHON, State.DUPLICATE);

      assertThat(registry.bytesReceived()).isEqualTo(sent);
      assertThat(again.targets().get(0).bytes().sent()).isZero();
      assertThat(Golden.mirrorSets(out())).isEqualTo(sets);
      assertThat(site.engine().ledger().archives().all())
          .extracting(ArchiveRow::name)
          .startsWith(FIRST, SECOND, "note.tar");
      discard(site, refused);
    }
  }

  @Test
  void aQuarantinedArchiveIsRetriedAfterwards() throws Exception {
    String id;
    try (Site site = serve()) {
      Files.writeString(site.drop().resolve("wrong.sha256"), "0".repeat(64) + "  " + FIRST + "\n");
      site.drop(Golden.HACKATHON);
      id = site.await(FIRST, State.QUARANTINED).archive().id();
    }
    Files.delete(ledger);
    assertThatThrownBy(this::serve).hasMessageContaining("holds no ledger");

    rebuild();

    try (Site site = serve()) {
      assertThat(site.engine().ledger().deliveries().of(id))
          .singleElement()
          .satisfies(
              row ->
                  assertThat(row.reason())
                      .hasValueSatisfying(
                          why -> {
                            assertThat(why.code().name()).isEqualTo("SIDECAR_MISMATCH");
                            assertThat(why.evidence()).isNotEmpty();
                          }));
      Files.copy(
          Golden.HACKATHON_SIDECAR,
          site.quarantine(id).resolve("wrong.sha256"),
          StandardCopyOption.REPLACE_EXISTING);
      site.engine().ledger().requests().ask(Request.Kind.RETRY, id, "", "ops");

      site.await(FIRST, State.DELIVERED);
    }
  }

  @Test
  void whatTheRegistryLostIsNamedAndSentAgain() throws Exception {
    String id;
    try (Site site = serve()) {
      id = drop(site, FIRST, Golden.HACKATHON, State.DELIVERED).archive().id();
    }
    Map<String, String> tags = Site.tags(registry.address());
    registry.close();
    Files.delete(ledger);
    try (EmbeddedRegistry empty = EmbeddedRegistry.start(folder.resolveSibling("again"), port())) {
      Rebuilt rebuilt = rebuild();

      assertThat(rebuilt.disagreements())
          .hasSameSizeAs(tags.keySet())
          .allMatch(line -> line.contains(" is not there, a receipt says sha256:"));
      assertThat(rebuilt.targets().get(0).lacking()).isEqualTo(tags.size());
      assertThat(rebuilt.archives()).containsOnlyKeys(State.DELIVERED_WITH_FAILURES);
      try (Site site = serve()) {
        site.engine().ledger().requests().ask(Request.Kind.RETRY, id, "", "ops");
        site.await(FIRST, State.DELIVERED);
      }
      assertThat(Site.tags(empty.address())).isEqualTo(tags);
    }
  }

  @Test
  void aRegistryThatIsAwayIsSaidToBeUnasked() throws Exception {
    try (Site site = serve()) {
      drop(site, FIRST, Golden.HACKATHON, State.DELIVERED);
    }
    registry.close();
    Files.delete(ledger);

    Rebuilt rebuilt = rebuild();

    assertThat(rebuilt.disagreements())
        .singleElement()
        .asString()
        .contains("without asking it: REGISTRY_DOWN");
    assertThat(rebuilt.targets().get(0).there()).isZero();
    assertThat(rebuilt.archives()).containsOnlyKeys(State.DELIVERED);
  }

  @Test
  void parkedWorkGoesOnUnderItsOldId() throws Exception {
    registry.close();
    String id;
    try (Site site = serve()) {
      id = drop(site, FIRST, Golden.HACKATHON, State.PARKED).archive().id();
    }
    Files.delete(ledger);

    Rebuilt rebuilt = rebuild();

    assertThat(rebuilt.archives()).containsOnlyKeys(State.RUNNABLE);
    try (EmbeddedRegistry back = EmbeddedRegistry.start(folder.resolveSibling("again"), port());
        Site site = serve()) {
      assertThat(site.await(FIRST, State.DELIVERED).archive().id()).isEqualTo(id);
      assertThat(back.bytesReceived()).isPositive();
      assertThat(site.engine().ledger().archives().all()).hasSize(1);
    }
  }

  @Test
  void aForgedReceiptIsNamedAndNotTakenUp() throws Exception {
    String id;
    try (Site site = serve()) {
      id = drop(site, FIRST, Golden.HACKATHON, State.DELIVERED).archive().id();
    }
    Path receipt = folder.resolve("done").resolve(id).resolve("receipt.json");
    String text = Files.readString(receipt);
    Files.writeString(
        receipt,
        text.replaceFirst("\"outcome\" : \"pushed\"", "\"outcome\" : \"pushd\"")
            .replaceFirst("\"differential\" : false", "\"differential\" : 1, \"more\" : 2"));
    Files.delete(ledger);

    Rebuilt rebuilt = rebuild();

    assertThat(rebuilt.archives()).isEmpty();
    assertThat(String.join("\n", rebuilt.disagreements()))
        .contains("/images/0/outcome is \"pushd\", expected an outcome")
        .contains("/archive/differential is 1, expected true or false")
        .contains("/archive/more is unknown")
        .contains("not taken up");
  }

  @Test
  void anOlderLedgerOnlyRepeatsWork() throws Exception {
    Path older = folder.resolve("older.db");
    String id;
    try (Site site = serve()) {
      registry.close();
      id = drop(site, FIRST, Golden.HACKATHON, State.PARKED).archive().id();
    }
    Files.copy(ledger, older);
    try (EmbeddedRegistry back = EmbeddedRegistry.start(folder.resolveSibling("again"), port())) {
      try (Site site = serve()) {
        site.await(FIRST, State.DELIVERED);
      }
      long sent = back.bytesReceived();
      Map<String, Object> sets = Golden.mirrorSets(out());
      Files.copy(older, ledger, StandardCopyOption.REPLACE_EXISTING);

      try (Site site = serve()) {
        assertThat(site.await(FIRST, State.DELIVERED).archive().id()).isEqualTo(id);
        assertThat(site.done(id).resolve(FIRST)).hasSameBinaryContentAs(Golden.HACKATHON);
      }
      assertThat(back.bytesReceived()).isEqualTo(sent);
      assertThat(Golden.mirrorSets(out())).isEqualTo(sets);
    }
  }

  @Test
  void disagreementsAreSaidAtAStart() throws Exception {
    String id;
    try (Site site = serve()) {
      id = drop(site, FIRST, Golden.HACKATHON, State.DELIVERED).archive().id();
    }
    DataFolder data = new DataFolder(folder, folder.resolve("state"));
    Files.createDirectories(data.work(id));
    for (int number = 0; number < 8; number++) {
      Files.createDirectories(data.work("20200101T0000-x-000" + number));
    }
    Files.createDirectories(data.done("20200101T0000-y-0000"));
    Files.createDirectories(data.quarantine("20200101T0000-z-0000"));
    Relocation.deleteTree(data.done(id));

    List<String> said;
    try (Ledger open = Ledger.open(data, Clock.systemUTC())) {
      said = new Presence(open, data).look();
    }

    assertThat(data.work(id)).doesNotExist();
    assertThat(data.work("20200101T0000-x-0000")).exists();
    assertThat(said)
        .hasSize(9)
        .anyMatch(line -> line.contains("x-0000 belongs to no archive"))
        .anyMatch(line -> line.equals("and 3 more of this kind"))
        .anyMatch(line -> line.contains("y-0000 is not in the ledger"))
        .anyMatch(line -> line.contains("z-0000 is not in the ledger"))
        .anyMatch(line -> line.contains(id + " is gone"));
  }

  private String threeArchives() throws IOException {
    try (Site site = serve()) {
      drop(site, FIRST, Golden.HACKATHON, State.DELIVERED);
      drop(site, SECOND, Golden.ADDITIONAL, State.DELIVERED);
      Files.writeString(site.drop().resolve("note.tar"), "this is no archive at all");
      return site.await("note.tar", State.QUARANTINED).archive().id();
    }
  }

  private static Receipt drop(Site site, String name, Path archive, State state)
      throws IOException {
    site.drop(archive);
    return site.await(name, state);
  }

  private static void discard(Site site, String id) throws IOException {
    site.engine().ledger().requests().ask(Request.Kind.DISCARD, id, "a test", "ops");
    site.await("note.tar", State.DISCARDED);
    assertThat(site.done(id).resolve("note.tar")).hasContent("this is no archive at all");
  }

  private Map<String, Receipt> receipts() {
    Map<String, Receipt> receipts = new TreeMap<>();
    DataFolder data = new DataFolder(folder, folder.resolve("state"));
    try (Ledger open = Ledger.join(data.state(), Clock.systemUTC())) {
      Receipts all = new Receipts(open, data, Clock.systemUTC());
      open.archives().all().stream()
          .map(all::of)
          .filter(receipt -> receipt.result() != State.WAITING) // seen as it was moved away
          .forEach(receipt -> receipts.put(receipt.archive().id(), withoutEnd(receipt)));
    }
    return receipts;
  }

  /** The ledger's end of an archive is a moment later than that of the receipt it is read from. */
  private static Receipt withoutEnd(Receipt receipt) {
    return new Receipt(
        receipt.schema(),
        receipt.archive(),
        receipt.result(),
        receipt.started(),
        "",
        receipt.targets(),
        receipt.images(),
        receipt.unclaimed());
  }

  private void damage() throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(ledger.toFile(), "rw")) {
      bytes.seek(bytes.length() / 2 / 4096 * 4096);
      bytes.write(new byte[64]);
    }
  }

  private int port() {
    return Integer.parseInt(registry.address().replaceAll(".*:", ""));
  }

  private Path out() {
    return folder.resolve("out/site/cluster-resources");
  }

  private Rebuilt rebuild() throws IOException {
    return Rebuilding.run(Site.settings(folder, target())).orElseThrow();
  }

  private Site serve() {
    return Site.serving(folder, target());
  }

  private String target() {
    return "site=docker://" + registry.address() + "/mirror/site";
  }
}
