package landfall.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import landfall.folders.Relocation;
import picocli.CommandLine.Command;

/**
 * Plans the archive that the program carries and says nothing, so that a JVM can note which classes
 * the reading commands need; the launcher calls it.
 */
@Command(
    name = "rehearse",
    hidden = true,
    mixinStandardHelpOptions = true,
    description = "Plans the carried archive for nobody, so that later starts are faster.")
final class RehearseCommand implements Callable<Integer> {
  @Override
  public Integer call() throws IOException {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    Path folder = Files.createTempDirectory("landfall-");
    try {
      DemoCommand.drop(DemoCommand.ARCHIVE, folder);
      return LandfallCommand.line(new Console(nowhere, nowhere, false, false))
          .execute(
              "plan",
              folder.resolve(DemoCommand.ARCHIVE).toString(),
              "--to",
              "docker://localhost",
              "--data",
              folder.toString());
    } finally {
      Relocation.deleteTree(folder);
    }
  }
}
