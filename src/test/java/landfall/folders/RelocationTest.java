package landfall.folders;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RelocationTest {
  private final Path drop;
  private final Path done;

  RelocationTest(@TempDir Path folder) {
    drop = folder.resolve("drop");
    done = folder.resolve("done");
  }

  @BeforeEach
  void makeTheDrop() throws IOException {
    Files.createDirectories(drop);
  }

  @Test
  void movesAFolderUnderItsOwnName() throws IOException {
    Path run = chunks(drop, "one", "two");

    Relocation.Result result = Relocation.into(done, run);

    assertThat(result.moved()).contains(done.resolve("run"));
    assertThat(done.resolve("run/mirror_000002.tar")).hasContent("two");
    assertThat(run).doesNotExist();
  }

  @Test
  void endsAMoveThatWasCutOffBeforeTheSourceWasDeleted() throws IOException {
    Path source = Files.writeString(drop.resolve("a.tar"), "content");
    Files.writeString(Files.createDirectories(done).resolve("a.tar"), "content");

    assertThat(Relocation.into(done, source).moved()).contains(done.resolve("a.tar"));

    assertThat(source).doesNotExist();
    assertThat(done.resolve("a.tar")).hasContent("content");
  }

  @Test
  void endsAMoveThatWasCutOffAmongTheChunks() throws IOException {
    Path run = chunks(drop, "one", "two");
    chunks(Files.createDirectories(done), "one", "two");
    Files.delete(run.resolve("mirror_000001.tar"));

    assertThat(Relocation.into(done, run).moved()).contains(done.resolve("run"));

    assertThat(run).doesNotExist();
    assertThat(done.resolve("run/mirror_000001.tar")).hasContent("one");
  }

  @Test
  void neverDeletesWhatTheCopyDoesNotHold() throws IOException {
    Path source = Files.writeString(drop.resolve("a.tar"), "another");
    Files.writeString(Files.createDirectories(done).resolve("a.tar"), "content");

    Relocation.into(done, source);

    assertThat(source).hasContent("another");
    assertThat(done.resolve("a.tar")).hasContent("content");
  }

  private static Path chunks(Path folder, String... contents) throws IOException {
    Path run = Files.createDirectories(folder.resolve("run"));
    for (int number = 0; number < contents.length; number++) {
      Files.writeString(run.resolve("mirror_00000" + (number + 1) + ".tar"), contents[number]);
    }
    return run;
  }
}
