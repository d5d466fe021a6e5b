package landfall.cli;

import static landfall.archive.Carried.BLOBS;
import static landfall.archive.Carried.CONFIGURATION;
import static landfall.archive.Carried.LINKS;
import static landfall.archive.Carried.METADATA;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import landfall.archive.Carried;
import landfall.archive.Carried.Entry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is made of folders of chunks: AF§0, AF§1.3 and the rows on chunks of FR§3.2. */
class ChunkTest {
  private static final Carried RUN = Carried.by("additional");
  private static final Carried LINKED = RUN.only(LINKS);
  private static final Carried CONTENT = RUN.only(BLOBS);
  private static final Carried LARGE = CONTENT.only(CONTENT.largest()::equals);
  private static final Carried SMALL = CONTENT.only(Predicate.not(CONTENT.largest()::equals));
  private static final Carried WORKSPACE = RUN.only(METADATA);
  private static final Carried ISC = RUN.only(CONFIGURATION);
  private static final Carried FIRST = Carried.by("differential/run1");
  private static final Carried SECOND = Carried.by("differential/run2");

  private final Shell shell = new Shell();
  private final Path folder;

  ChunkTest(@TempDir Path root) {
    this.folder = root.resolve("run");
  }

  /**
   * A folder and what is said of it.
   *
   * @param chunks by number
   * @param code 0, or the exit code
   * @param words what a person must be told
   */
  record Case(String what, Map<Integer, Carried> chunks, int code, List<String> words) {
    @Override
    public String toString() {
      return what;
    }
  }

  static Stream<Case> cases() {
    return Stream.of(
        good("one chunk", Map.of(1, RUN)),
        good("written by 5.1", Map.of(1, LINKED.and(SMALL), 2, LARGE.and(WORKSPACE).and(ISC))),
        good(
            "an oversized blob alone, then the rest in the chunk before",
            Map.of(1, LINKED.and(SMALL), 2, WORKSPACE.and(ISC), 3, LARGE)),
        good("written by 4.18", Map.of(1, LINKED.and(WORKSPACE).and(ISC), 2, SMALL, 3, LARGE)),
        good("links last", Map.of(1, ISC.and(WORKSPACE), 2, CONTENT, 3, LINKED)),
        good("one chunk copied under two numbers", Map.of(1, RUN, 2, RUN)),
        waits(
            "a gap",
            Map.of(1, LINKED.and(SMALL), 3, LARGE.and(WORKSPACE).and(ISC)),
            "mirror_000002.tar"),
        waits(
            "not from 1",
            Map.of(2, LINKED.and(SMALL), 3, LARGE.and(WORKSPACE).and(ISC)),
            "mirror_000001.tar"),
        waits(
            "the last chunk, with a blob, is to come",
            Map.of(1, LINKED.and(SMALL), 2, WORKSPACE.and(ISC)),
            "a chunk that has not come yet"),
        waits(
            "the last chunk, with the configuration, is to come",
            Map.of(1, LINKED.and(SMALL), 2, LARGE),
            "no image set configuration"),
        waits("a chunk of blobs only", Map.of(1, CONTENT), "the other chunks of its run"),
        refused(
            "an empty chunk",
            Map.of(1, LINKED.and(SMALL).and(ISC), 2, new Carried(List.of())),
            "ARCHIVE_TRUNCATED",
            "mirror_000002.tar"),
        refused("two runs, each whole", Map.of(1, FIRST, 2, SECOND), "CHUNK_MIXED"),
        refused(
            "configurations of two runs",
            Map.of(
                1,
                FIRST.only(LINKS).and(FIRST.only(CONFIGURATION)),
                2,
                SECOND.only(BLOBS).and(SECOND.only(CONFIGURATION))),
            "CHUNK_MIXED",
            "isc_2026-11-22T17:45:38Z",
            "isc_2026-11-22T17:45:39Z"),
        refused(
            "working-dirs of two runs",
            Map.of(1, LINKED.and(CONTENT).and(WORKSPACE), 2, SECOND.only(METADATA).and(ISC)),
            "CHUNK_MIXED",
            "isc_pinned_2026-11-22T17:45:39Z.yaml"),
        refused(
            "two producers",
            Map.of(
                1,
                RUN,
                2,
                new Carried(List.of())
                    .and(
                        "working-dir/internal/oc-mirror-version.json",
                        "{\"gitVersion\":\"v4.23.1\"}")),
            "CHUNK_MIXED",
            "oc-mirror-version.json"),
        refused(
            "a working-dir later than the configuration",
            Map.of(
                1,
                FIRST.only(LINKS).and(FIRST.only(BLOBS)).and(FIRST.only(CONFIGURATION)),
                2,
                SECOND.only(METADATA)),
            "CHUNK_MIXED",
            "isc_pinned_2026-11-22T17:45:39Z.yaml"),
        refused(
            "a tag that points elsewhere",
            Map.of(
                1,
                RUN,
                2,
                new Carried(List.of())
                    .and(
                        "docker/registry/v2/repositories/ubi9/ubi/_manifests/tags/latest/current/link",
                        "sha256:" + "a".repeat(64))),
            "CHUNK_MIXED",
            "ubi9/ubi:latest"),
        refused(
            "links of one run, blobs of another",
            Map.of(1, LINKED.and(WORKSPACE).and(ISC), 2, Carried.by("release").only(BLOBS)),
            "CHUNK_MIXED",
            "blobs that no image of it has"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void tellsWhatAFolderOfChunksIs(Case given) throws IOException {
    Files.createDirectories(folder);
    for (Map.Entry<Integer, Carried> chunk : given.chunks().entrySet()) {
      Path file = folder.resolve(String.format("mirror_%06d.tar", chunk.getKey()));
      if (chunk.getValue().entries().isEmpty()) {
        Files.createFile(file);
      } else {
        chunk.getValue().write(file);
      }
    }

    int verified = shell.run("verify", folder);
    String verdict = shell.out();
    int planned = shell.run("plan", folder, "--to", "docker://localhost");

    assertThat(verified).as(verdict).isEqualTo(given.code());
    assertThat(given.words()).allSatisfy(words -> assertThat(verdict).contains(words));
    assertThat(planned).as(shell.out()).isEqualTo(given.code());
    assertThat(given.words()).allSatisfy(words -> assertThat(shell.out()).contains(words));
  }

  @Test
  void leavesAloneWhatLiesBesideTheChunks() throws IOException {
    RUN.write(folder.resolve("mirror_000001.tar"));
    SECOND.write(folder.resolve("old_mirror_000001.tar.bak"));
    Files.writeString(folder.resolve("mirror_000002.tar.zst.txt"), "a note");
    Files.writeString(
        Files.createDirectories(folder.resolve("working-dir/logs")).resolve("x.log"), "a log");

    assertThat(shell.run("verify", folder)).as(shell.out()).isZero();
    assertThat(shell.run("plan", folder, "--to", "docker://localhost")).isZero();
  }

  @Test
  void tellsWhereTheChunksAre() throws IOException {
    RUN.write(folder.resolve("content/mirror_000001.tar"));

    assertThat(shell.run("verify", folder)).isEqualTo(5);
    assertThat(shell.out()).contains("chunks lie in " + folder.resolve("content"));
  }

  @Test
  void plansAsFarAsTheChunksGo() throws IOException {
    LINKED.and(SMALL).and(WORKSPACE).and(ISC).write(folder.resolve("mirror_000001.tar"));
    Entry absent = LARGE.largest();

    int code = shell.run("plan", folder, "--to", "docker://localhost");

    assertThat(code).isEqualTo(5);
    assertThat(shell.out())
        .contains("missing: ")
        .contains(absent.name().split("/", -1)[6])
        .contains("from a chunk that has not come yet")
        .contains("13")
        .contains("result: CHUNK_MISSING");
  }

  private static Case good(String what, Map<Integer, Carried> chunks) {
    return new Case(what, chunks, 0, List.of());
  }

  private static Case waits(String what, Map<Integer, Carried> chunks, String words) {
    return new Case(what, chunks, 5, List.of("CHUNK_MISSING", words));
  }

  private static Case refused(String what, Map<Integer, Carried> chunks, String... words) {
    return new Case(what, chunks, 4, List.of(words));
  }
}
