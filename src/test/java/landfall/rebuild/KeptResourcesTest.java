package landfall.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import landfall.image.Digest;
import landfall.ledger.ImageRow;
import landfall.ledger.ImageRow.Fate;
import landfall.ledger.ImageRow.Moved;
import landfall.ledger.ImageRow.Origin;
import landfall.ledger.Notes.Kind;
import landfall.ledger.Notes.Note;
import landfall.ledger.State;
import landfall.plan.candidate.Destination;
import landfall.plan.candidate.ImageType;
import landfall.publish.ResourceFolder;
import landfall.publish.resource.CatalogNames;
import landfall.publish.resource.ClusterResources;
import landfall.publish.resource.Delivered;
import landfall.publish.resource.Delivery;
import landfall.publish.resource.Mirrors;
import landfall.publish.resource.ReleaseSignature;
import landfall.publish.resource.ResourceFile;
import landfall.publish.resource.Stamp;
import landfall.report.Receipt.ByteCounts;
import landfall.report.Receipt.ImageCounts;
import landfall.report.Receipt.TargetReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a lost ledger kept for cluster resources, and these still have. */
final class KeptResourcesTest {
  private static final String REGISTRY = "host.example:8443";
  private static final String TEMPLATE =
      """
      apiVersion: operators.coreos.com/v1alpha1
      kind: CatalogSource
      spec: {displayName: Ours}
      """;
  private static final ImageRow RELEASE =
      row(ImageType.RELEASE, "ocp/openshift/release-images:4.18.1-x86_64");
  private static final ImageRow PLAIN = row(ImageType.CATALOG, "ocp/redhat/plain:v4.18");
  private static final ImageRow SPECIAL = row(ImageType.CATALOG, "ocp/redhat/special:v4.18");
  private static final List<ImageRow> ROWS = List.of(RELEASE, PLAIN, SPECIAL);

  private final Path folder;
  private final KeptResources kept;

  KeptResourcesTest(@TempDir Path done) {
    this.folder = done.resolve("cluster-resources/site");
    this.kept = new KeptResources(done);
  }

  @Test
  void readsSignaturesAndTemplatesBack() {
    List<String> names = publish();

    List<KeptNotes> notes = kept.notes(report(names), ROWS);

    assertThat(kept.findings()).isEmpty();
    assertThat(of(notes, Kind.SIGNATURE))
        .containsExactly(
            new Note(
                "4.18.1-x86_64-sha256-" + RELEASE.digest().orElseThrow().hex(),
                RELEASE.destination() + " AAAA"));
    assertThat(of(notes, Kind.TEMPLATE))
        .singleElement()
        .satisfies(
            note -> {
              assertThat(note.name()).isEqualTo(SPECIAL.destination());
              assertThat(note.text()).contains("displayName: Ours");
            });
  }

  @Test
  void saysWhichSignatureIsLost() throws IOException {
    List<String> names = publish();
    Files.delete(folder.resolve("signature-configmap.json"));

    assertThat(of(kept.notes(report(names), ROWS), Kind.SIGNATURE)).isEmpty();
    assertThat(kept.findings())
        .anyMatch(line -> line.contains("signature-configmap.json cannot be read"))
        .anyMatch(line -> line.contains("has no signature of " + RELEASE.destination()));
  }

  @Test
  void saysWhichTemplateIsNoGood() throws IOException {
    List<String> names = publish();
    Path file = folder.resolve("cs-special-v4-18.yaml");
    Files.writeString(file, Files.readString(file).replace("grpc", "configmap"));

    assertThat(of(kept.notes(report(names), ROWS), Kind.TEMPLATE)).isEmpty();
    assertThat(kept.findings())
        .singleElement()
        .asString()
        .contains("cs-special-v4-18.yaml: its template is not taken up: its sourceType");
  }

  @Test
  void followsNoNameOutOfItsFolder() {
    assertThat(
            of(kept.notes(report(List.of("cs-/../../../x.yaml")), List.of(PLAIN)), Kind.TEMPLATE))
        .isEmpty();
    assertThat(kept.findings()).isEmpty();
  }

  private List<String> publish() {
    List<Delivered> images =
        ROWS.stream().flatMap(row -> Delivered.of(row, REGISTRY).stream()).toList();
    Delivery delivery =
        new Delivery(
            images,
            List.of(
                new ReleaseSignature(
                    Destination.parse(RELEASE.destination()),
                    RELEASE.digest().orElseThrow(),
                    "AAAA")),
            Map.of(Destination.parse(SPECIAL.destination()), TEMPLATE));
    List<ResourceFile> files =
        ClusterResources.of(
                delivery,
                Mirrors.of(images, false),
                CatalogNames.of(delivery.catalogs(), Map.of()),
                new Stamp(Instant.EPOCH, "1.0", Optional.of("v5.1.0")))
            .files();
    new ResourceFolder(folder).publish(files);
    return files.stream().map(ResourceFile::name).toList();
  }

  private static List<Note> of(List<KeptNotes> notes, Kind kind) {
    return notes.stream()
        .filter(one -> one.kind() == kind)
        .flatMap(one -> one.notes().stream())
        .toList();
  }

  private static TargetReport report(List<String> resources) {
    return new TargetReport(
        "site",
        REGISTRY + "/ocp",
        State.DELIVERED,
        "",
        "",
        "",
        new ImageCounts(3, 3, 0, 0),
        new ByteCounts(0, 0, 0, 0),
        resources,
        List.of(),
        List.of(),
        List.of());
  }

  private static ImageRow row(ImageType type, String destination) {
    return new ImageRow(
        "one",
        "site",
        destination,
        List.of(new Origin(type.word(), "registry.redhat.io/" + destination)),
        Optional.of(Digest.of(destination.getBytes(StandardCharsets.UTF_8))),
        Fate.PUSHED,
        Optional.empty(),
        Moved.NOTHING);
  }
}
