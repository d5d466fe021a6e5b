package landfall.fake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A program of the machine that a test needs. */
public final class Program {
  private Program() {}

  /** Where it is; the test that asks is skipped, and says why, where it is not installed. */
  public static Path named(String name) {
    Optional<Path> found =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
            .filter(folder -> !folder.isEmpty())
            .map(folder -> Path.of(folder, name))
            .filter(Files::isExecutable)
            .findFirst();
    Assumptions.assumeTrue(
        found.isPresent(), "SKIPPED, SO NOT PROVEN: install Debian's " + name + " to run this");
    return found.orElseThrow();
  }

  /** One that {@code src/bench/registries} builds; the test is skipped where nobody has. */
  public static Path built(String name) {
    Path program = Path.of("target/registries", name).toAbsolutePath();
    Assumptions.assumeTrue(
        Files.isExecutable(program),
        "SKIPPED, SO NOT PROVEN: run src/bench/registries, with a recent Go, to build " + name);
    return program;
  }

  /** Runs it in a folder to a good end within two minutes and gives what it printed. */
  public static byte[] run(Path folder, String name, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(named(name).toString()));
    command.addAll(List.of(arguments));
    Path said = Files.createTempFile(folder, name, ".out");
    Path complained = Files.createTempFile(folder, name, ".err");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(said.toFile())
            .redirectError(complained.toFile())
            .start();
    try {
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("%s ended", command).isTrue();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).as("%s: %s", command, Files.readString(complained)).isZero();
    return Files.readAllBytes(said);
  }
}
