package landfall.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import landfall.folders.DataFolder;
import landfall.image.Digest;
import landfall.image.RepositoryName;
import landfall.ledger.ArchiveRow;
import landfall.ledger.ImageRow;
import landfall.ledger.Ledger;
import landfall.plan.Plan;
import landfall.plan.PlannedImage;
import landfall.plan.Samples;
import landfall.plan.Wave;
import landfall.plan.candidate.CacheReference;
import landfall.plan.candidate.Claim;
import landfall.plan.candidate.Destination;
import landfall.plan.candidate.ImageType;
import landfall.plan.candidate.WaveKind;
import landfall.plan.content.Content;
import landfall.target.Target;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappingFileTest {
  private static final String HOST = "127.0.0.1:5555";

  private final DataFolder folder;
  private final Ledger ledger;

  MappingFileTest(@TempDir Path root) throws IOException {
    this.folder = new DataFolder(root, root.resolve("state"));
    folder.create();
    this.ledger = Ledger.open(folder.state(), Clock.systemUTC());
    ledger.add(row(), Map.of("all", HOST, "site", HOST + "/mirror"), Optional.empty());
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  @Test
  void keepsTheLinesOfAnotherTargetOnTheSameRegistry() throws IOException {
    write(target("all", ""), "mirror/lab/app:v1");
    write(target("site", "mirror"), "mirror/other/app:v1");
    write(target("all", ""), "mirror/lab/app:v1");

    assertThat(lines()).hasSize(2).anyMatch(line -> line.endsWith(HOST + "/mirror/lab/app:v1"));
  }

  @Test
  void forgetsTheLinesThatTheTargetHadBefore() throws IOException {
    write(target("all", ""), "lab/app:v1");
    ledger.images().forgetFailures("one", "all");
    write(target("all", ""), "lab/app:v2");

    assertThat(lines()).singleElement().asString().endsWith(HOST + "/lab/app:v2");
  }

  private void write(Target target, String place) {
    Destination destination = Destination.parse(place);
    ledger
        .images()
        .record(
            new ImageRow(
                "one",
                target.name(),
                place,
                List.of(new ImageRow.Origin("additional", "quay.io/" + place)),
                Optional.empty(),
                ImageRow.Fate.DEAD_LETTERED,
                Optional.empty(),
                ImageRow.Moved.NOTHING));
    Claim claim =
        new Claim(
            ImageType.ADDITIONAL,
            "quay.io/" + place,
            new CacheReference(destination.repository(), destination.tag()));
    PlannedImage image =
        new PlannedImage(
            List.of(claim),
            destination,
            Digest.of(new byte[0]),
            new Content(List.of(), List.of(), List.of(), false),
            Set.of());
    Plan plan =
        new Plan(
            "one",
            target,
            List.of(new Wave(WaveKind.CONTENT, List.of(image))),
            List.of(),
            List.of(),
            List.of(),
            List.of());
    new MappingFile(ledger).write(plan, folder.out(target.name()), folder.done("one"));
  }

  private List<String> lines() throws IOException {
    return Files.readAllLines(folder.done("one").resolve("mapping.txt"));
  }

  private static Target target(String name, String prefix) {
    Target other = Samples.bare();
    return new Target(
        name,
        HOST,
        Optional.of(prefix).filter(path -> !path.isEmpty()).map(RepositoryName::new),
        other.security(),
        0,
        other.limits());
  }

  private static ArchiveRow row() {
    return new ArchiveRow(
        "one",
        0,
        "one.tar",
        Path.of("/drop/one.tar"),
        List.of(),
        false,
        false,
        "",
        Optional.empty(),
        Optional.empty(),
        false,
        Instant.EPOCH,
        Optional.empty());
  }
}
