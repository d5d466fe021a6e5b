package landfall.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever is written, it is settings or a list of problems, and nothing else is thrown. */
final class SettingsProperties {

  @Property(tries = 500)
  void everyTextIsSettingsOrProblems(@ForAll("yaml") String yaml) throws IOException {
    Path file = Files.createTempFile("landfall", ".yaml");
    try {
      Files.write(file, yaml.getBytes(StandardCharsets.UTF_8));
      assertThat(Settings.read(file, Map.of(), new Properties()).targets()).isEmpty();
    } catch (SettingsException refused) {
      assertThat(refused.problems())
          .isNotEmpty()
          .allMatch(problem -> problem.startsWith(file.toString()))
          .allMatch(problem -> problem.lines().count() == 1);
    } finally {
      Files.delete(file);
    }
  }

  @Property(tries = 500)
  void everyOverrideIsASettingOrAProblem(
      @ForAll("variables") String name, @ForAll("values") String value) {
    try {
      assertThat(Settings.withoutFile(Map.of(name, value), new Properties()).targets()).isEmpty();
    } catch (SettingsException refused) {
      assertThat(refused.problems()).isNotEmpty().allMatch(problem -> problem.startsWith(name));
    }
  }

  @Provide
  Arbitrary<String> yaml() {
    Arbitrary<String> piece =
        Arbitraries.oneOf(
            Arbitraries.of("\n", "  ", "\t", ": ", "- ", "{", "}", "[", "]", "#", "'", "---\n"),
            Arbitraries.of("&a ", "*a", "!!set ", "? ", "<<", "|\n", "%", "\u0000", "\u0085"),
            Arbitraries.of("data", "targets", "drop", "settle", "sidecar", "notify", "webhook"),
            values());
    return piece.list().ofMaxSize(20).map(pieces -> String.join("", pieces));
  }

  @Provide
  Arbitrary<String> variables() {
    Arbitrary<String> known = Arbitraries.of(Key.ALL.paths().map(Key::environmentName).toList());
    Arbitrary<String> tail = Arbitraries.of("", "", "", "_", "_0", "_00000000000", "X");
    return Combinators.combine(known, tail).as((name, rest) -> "LANDFALL_" + name + rest);
  }

  @Provide
  Arbitrary<String> values() {
    return Arbitraries.oneOf(
        Arbitraries.of("", " ", "10s", "9999999999999999999", "4..16", "0", "[::1]:1", "a@b", "@"),
        Arbitraries.of("${", "${env:A}", "${file:\u0000}", "http:", "https://", "http://[", "//"),
        Arbitraries.strings().ofMaxLength(10));
  }
}
