package landfall.campaign;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How Landfall is started: by its launcher, as a user does, or from the class path of this JVM.
 *
 * @param launcher empty for the class path
 * @param home the folder that holds {@code routes/}
 */
record Runner(Optional<Path> launcher, Path home) {

  /**
   * Starts a command of Landfall; what it says is appended to the log.
   *
   * @param flags of the JVM, beside the launcher's own
   * @param before words put in front of the command, such as strace and its options
   */
  Process start(List<String> before, List<String> flags, List<String> arguments, Path log)
      throws IOException {
    List<String> command = new ArrayList<>(before);
    launcher.ifPresentOrElse(
        file -> command.add(file.toString()), () -> command.addAll(jvm(flags)));
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().put("LANDFALL_OPTS", String.join(" ", flags));
    builder.environment().put("MALLOC_ARENA_MAX", "2");
    builder.environment().put("LC_ALL", "C.UTF-8");
    return builder.start();
  }

  /** As the launcher does it. */
  private List<String> jvm(List<String> flags) {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(
        List.of(
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:ReservedCodeCacheSize=64m",
            "-XX:MaxDirectMemorySize=64m",
            "-Xshare:auto",
            "-Dfile.encoding=UTF-8",
            "-Dlandfall.home=" + home));
    words.addAll(flags);
    words.addAll(List.of("-cp", classPath(), "landfall.Main"));
    return words;
  }

  private static String classPath() {
    StringBuilder absolute = new StringBuilder();
    for (String each : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      absolute.append(absolute.isEmpty() ? "" : File.pathSeparator);
      absolute.append(Path.of(each).toAbsolutePath());
    }
    return absolute.toString();
  }
}
