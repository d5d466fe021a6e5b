package landfall.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import landfall.demo.EmbeddedRegistry;
import landfall.folders.Relocation;
import picocli.CommandLine.Command;

/**
 * Plans the archive that the program carries, ingests it into an embedded registry on loopback, and
 * says nothing, so that a JVM can note which classes the commands need; the launcher calls it.
 */
@Command(
    name = "rehearse",
    hidden = true,
    mixinStandardHelpOptions = true,
    description = "Ingests the carried archive for nobody, so that later starts are faster.")
final class RehearseCommand implements Callable<Integer> {
  @Override
  public Integer call() throws IOException {
    Path folder = Files.createTempDirectory("landfall-");
    try {
      DemoCommand.drop(DemoCommand.ARCHIVE, folder);
      DemoCommand.drop(DemoCommand.ARCHIVE + ".sha256", folder);
      int planned = rehearse("plan", folder, "localhost");
      Path storage = Files.createDirectory(folder.resolve("registry"));
      try (EmbeddedRegistry registry = EmbeddedRegistry.start(storage, 0)) {
        // where there is no loopback or no room, plan's classes are better than none
        rehearse("ingest", folder, registry.address());
      }
      return planned;
    } finally {
      Relocation.deleteTree(folder);
    }
  }

  private static int rehearse(String command, Path folder, String registry) {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    return LandfallCommand.line(new Console(nowhere, nowhere, false, false))
        .execute(
            command,
            folder.resolve(DemoCommand.ARCHIVE).toString(),
            "--to",
            "docker://" + registry,
            "--plain-http",
            "--data",
            folder.resolve("data").toString());
  }
}
