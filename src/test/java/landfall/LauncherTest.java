package landfall;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shell script {@code landfall}, with stand-ins for java and mvn that say how they are run. */
final class LauncherTest {
  private static final String JAVA_17 =
      """
      #!/bin/sh
      if [ "$1" = -version ]; then echo 'openjdk version "17.0.15" 2025-04-15' >&2; exit; fi
      for argument; do echo "$argument"; done
      exit 6
      """;
  private static final String MAVEN =
      """
      #!/bin/sh
      echo "$PWD: $*" >>"$(dirname "$0")/builds"
      [ ! -p gate ] || read -r opened <gate
      [ ! -e broken ] || { echo "[ERROR] broken"; exit 1; }
      mkdir -p target/lib && touch target/landfall.jar
      """;

  private final Path home;
  private final Path tools;

  LauncherTest(@TempDir Path folder) throws IOException {
    home = Files.createDirectory(folder.toRealPath().resolve("the home"));
    tools = Files.createDirectories(folder.resolve("tools/bin"));
    executable(home.resolve("landfall"), Files.readString(Path.of("landfall")));
    executable(tools.resolve("java"), JAVA_17);
    executable(tools.resolve("mvn"), MAVEN);
  }

  /** The JVM cuts what it shall run on exhaustion at semicolons, and neither half would work. */
  @Test
  void endsAnExhaustedProgramByOneCommand() throws Exception {
    installed();

    assertThat(run("serve").lines())
        .filteredOn(line -> line.startsWith("-XX:OnOutOfMemoryError="))
        .singleElement()
        .asString()
        .contains("kill -9 %p")
        .doesNotContain(";");
  }

  @Test
  void runsAnInstalledCopyAsItIs() throws Exception {
    installed();

    Run run = run("ingest", "an archive", "");

    assertThat(run.exitCode()).isEqualTo(6);
    assertThat(run.lines())
        .contains("-Xmx256m", "-Dlandfall.home=" + home, home + "/lib/*")
        .endsWith("landfall.Main", "ingest", "an archive", "");
    assertThat(builds()).isEmpty();
  }

  @Test
  void compilesHashesAndCiphersAtOnceWhateverLiesInTheFolder() throws Exception {
    installed();
    Files.createFile(tools.resolve("com.sun.crypto.provider.X"));

    String launcher = home.resolve("landfall").toString();
    Run inThatFolder = run(List.of("env", "-C", tools.toString(), launcher, "ingest"));
    List<String> compiled =
        inThatFolder.lines().stream().filter(line -> line.contains("Scaling")).toList();

    String scaling = "-XX:CompileCommand=CompileThresholdScaling,";
    assertThat(compiled)
        .containsExactly(
            scaling + "sun.security.provider.SHA*::*,0.001",
            scaling + "sun.security.provider.DigestBase::*,0.001",
            scaling + "com.sun.crypto.provider.*::*,0.001");
    assertThat(run("plan").lines()).contains("-XX:TieredStopAtLevel=1");
  }

  @Test
  void findsItsHomeThroughLinks() throws Exception {
    checkout();
    Path link = Files.createSymbolicLink(tools.resolve("lf"), home.resolve("landfall"));
    Path other = Files.createSymbolicLink(tools.resolve("lf2"), link);

    Run run = run(List.of(other.toString(), "--help"));

    assertThat(run.lines())
        .contains(
            "-Dlandfall.home=" + home, home + "/target/landfall.jar:" + home + "/target/lib/*");
  }

  @Test
  void buildsACheckoutOnFirstUseAndWhenItsSourcesChange() throws Exception {
    checkout();

    Run first = run("status");
    Run second = run("status");
    touch(home.resolve("config/landfall.yaml"));
    Run third = run("status");
    touch(home.resolve("src/main/A.java"));
    Run fourth = run("status");

    assertThat(first.lines()).startsWith("building Landfall (first use)…");
    assertThat(second.lines()).noneMatch(line -> line.contains("building"));
    assertThat(third.lines()).noneMatch(line -> line.contains("building"));
    assertThat(fourth.lines()).startsWith("building Landfall (its sources changed)…");
    assertThat(builds()).containsExactly(built(), built());
  }

  @Test
  void buildsOnceWhereTwoAreStartedAtATime() throws Exception {
    checkout();
    Path gate = home.resolve("gate");
    run(List.of("mkfifo", gate.toString()));
    List<String> launcher = List.of(home.resolve("landfall").toString());

    try (BufferedReader one = start(launcher).inputReader(StandardCharsets.UTF_8)) {
      String first = one.readLine();
      try (BufferedReader two = start(launcher).inputReader(StandardCharsets.UTF_8)) {
        String second = two.readLine();
        Files.writeString(gate, "open\n");

        assertThat(first).isEqualTo("building Landfall (first use)…");
        assertThat(second).isEqualTo("waiting for another build of Landfall to end…");
        assertThat(one.lines()).endsWith("landfall.Main");
        assertThat(two.lines()).endsWith("landfall.Main");
        assertThat(builds()).containsExactly(built());
      }
    }
  }

  @Test
  void showsWhyABuildFailedAndTriesAgainNextTime() throws Exception {
    checkout();
    Path broken = Files.createFile(home.resolve("broken"));

    Run failed = run("status");
    Files.delete(broken);
    Run repaired = run("status");

    assertThat(failed.exitCode()).isEqualTo(1);
    assertThat(failed.lines())
        .containsExactly(
            "building Landfall (first use)…",
            "[ERROR] broken",
            "landfall: the build failed, see " + home + "/target/build.log");
    assertThat(repaired.exitCode()).isEqualTo(6);
  }

  @Test
  void buildsAgainAfterABuildThatWasCutOff() throws Exception {
    checkout();
    run("status");
    Files.createFile(home.resolve("target/build-started"));

    run("status");

    assertThat(builds()).containsExactly(built(), built());
  }

  @Test
  void saysInOneSentenceThatJavaIsTooOldOrAbsent() throws Exception {
    executable(tools.resolve("java"), "#!/bin/sh\necho 'java version \"1.8.0_392\"' >&2\n");
    Run old = run("status");
    Files.delete(tools.resolve("java"));
    Run absent = run("status");

    String java = tools.resolve("java").toString();
    assertThat(old.exitCode()).isEqualTo(1);
    assertThat(old.lines())
        .containsExactly(
            "landfall: needs Java 17 or newer, found Java 8 ("
                + java
                + "); install one or name it with JAVA_HOME");
    assertThat(absent.exitCode()).isEqualTo(1);
    assertThat(absent.lines())
        .containsExactly(
            "landfall: needs Java 17 or newer, found none ("
                + java
                + "); install one or name it with JAVA_HOME");
  }

  private void installed() throws IOException {
    Files.createDirectories(home.resolve("lib"));
    Files.createFile(home.resolve("lib/landfall.jar"));
  }

  private void checkout() throws IOException {
    for (String file : List.of("pom.xml", "src/main/A.java", "config/landfall.yaml")) {
      Files.createDirectories(home.resolve(file).resolveSibling("."));
      Files.createFile(home.resolve(file));
    }
  }

  private static void touch(Path file) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(60)));
  }

  private String built() {
    return home + ": -q -B -Dquick package";
  }

  private List<String> builds() throws IOException {
    Path builds = tools.resolve("builds");
    return Files.exists(builds) ? Files.readAllLines(builds) : List.of();
  }

  private Run run(String... arguments) throws Exception {
    String launcher = home.resolve("landfall").toString();
    return run(Stream.concat(Stream.of(launcher), Stream.of(arguments)).toList());
  }

  private Run run(List<String> command) throws Exception {
    return finish(start(command));
  }

  private Process start(List<String> command) throws IOException {
    ProcessBuilder process = new ProcessBuilder(command).redirectErrorStream(true);
    process.environment().put("JAVA_HOME", String.valueOf(tools.getParent()));
    process.environment().merge("PATH", tools.toString(), (path, first) -> first + ":" + path);
    process.environment().remove("LANDFALL_OPTS");
    return process.start();
  }

  private static Run finish(Process process) throws Exception {
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Run(process.waitFor(), output.lines().toList());
  }

  private static void executable(Path file, String script) throws IOException {
    Files.writeString(file, script);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private record Run(int exitCode, List<String> lines) {}
}
