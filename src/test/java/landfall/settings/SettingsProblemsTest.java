package landfall.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SettingsProblemsTest {
  private static final String FILE = "a file that exists and that this user can read";

  private final Path folder;

  SettingsProblemsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // shape
        "data: { a: b } | data: found a group of settings, expected one value",
        "drop: 10s | drop: found '10s', expected a group of settings"
            + " (settle, sidecar, patience, retention)",
        "push: [1] | push: found a list, expected a group of settings"
            + " (retries, uri, unclaimed, signatures, tagConflict, readBack)",
        "state: [/a, /b] | state: found a list, expected one value",
        "[a, b] | configuration: found a list, expected settings such as 'data: ./data'",
        "just words | configuration: found 'just words', expected settings such as 'data: ./data'",
        "{ [a]: b } | configuration: found a key that is no word, expected the name of a setting",
        // unknown keys
        "dropp: {} | dropp: unknown setting, did you mean drop?",
        "drop: { setle: 1s } | drop.setle: unknown setting, did you mean drop.settle?",
        "drop: { side-car: {} } | drop.side-car: unknown setting, did you mean drop.sidecar?",
        "push: { tagconflict: a } | push.tagconflict: unknown setting, did you mean"
            + " push.tagConflict?",
        "settle: 1s | settle: unknown setting, did you mean drop.settle?",
        "drop: { data: x } | drop.data: unknown setting, did you mean data?",
        "limits: {} | limits: unknown setting, expected one of data, state, targets, drop, push,"
            + " publish, signatures, ledger, web, notify",
        "registry: a | registry: unknown setting, did you mean targets[0].registry?",
        // values
        "drop: { settle: soon } | drop.settle: found 'soon', expected a duration such as 500ms,"
            + " 10s, 5m, 24h or 2d",
        "drop: { settle: 10 } | drop.settle: found '10', expected a duration such as 500ms, 10s,"
            + " 5m, 24h or 2d",
        "drop: { patience: -1h } | drop.patience: found '-1h', expected a duration such as 500ms,"
            + " 10s, 5m, 24h or 2d",
        "drop: { sidecar: { required: yes } } | drop.sidecar.required: found 'yes', expected true"
            + " or false",
        "drop: { retention: never } | drop.retention: found 'never', expected keep, delete or a"
            + " number of days such as 30d",
        "push: { retries: 101 } | push.retries: found '101', expected a whole number from 0 to 100",
        "push: { retries: two } | push.retries: found 'two', expected a whole number from 0 to 100",
        "push: { uri: push } | push.uri: found 'push', expected a Camel endpoint such as"
            + " direct:push-image",
        "web: { listen: 8080 } | web.listen: found '8080', expected host:port such as"
            + " 127.0.0.1:8080",
        "web: { listen: 'a:65536' } | web.listen: found 'a:65536', expected host:port such as"
            + " 127.0.0.1:8080",
        "notify: { webhook: 'ftp://x/secret' } | notify.webhook: found a value that is not shown,"
            + " expected an http:// or https:// URL",
        // not yet
        "push: { unclaimed: none } | push.unclaimed: found 'none', expected auto, push or report",
        "push: { tagConflict: keep } | push.tagConflict: found 'keep', expected overwrite,"
            + " refuse or quarantine",
        "push: { readBack: all } | push.readBack: found 'all', expected manifests or full",
        "signatures: { releaseKeys: /absent.asc } | signatures.releaseKeys: found '/absent.asc',"
            + " expected a file of OpenPGP public keys that this user can read",
        "signatures: { releaseKeys: [pom.xml] } | signatures.releaseKeys[0]: found 'pom.xml',"
            + " expected a file of OpenPGP public keys that this user can read",
        "signatures: { releaseKeys: { a: b } } | signatures.releaseKeys: found a group of settings,"
            + " expected one value or a list of values",
        "ledger: { url: 'jdbc:x' } | ledger.url: not supported by this version: a value, only"
            + " leaving it empty is",
        "web: { tokens: t } | web.tokens: not supported by this version: a value, only leaving it"
            + " empty is",
        "notify: { smtp: { host: a } } | notify.smtp: not supported by this version: a value, only"
            + " leaving it empty is",
        "notify: { syslog: a } | notify.syslog: not supported by this version: a value, only"
            + " leaving it empty is",
      })
  void namesTheSettingWhatWasFoundAndWhatWasExpected(String yaml, String problem)
      throws IOException {
    assertThat(problems(yaml)).containsExactly("landfall.yaml:1: " + problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "name: a b | name: found 'a b', expected up to 100 letters, digits, dots, dashes and"
            + " underscores",
        "name: ../up | name: found '../up', expected up to 100 letters, digits, dots, dashes and"
            + " underscores",
        "registry: https://a.example | registry: found 'https://a.example', expected HOST",
        "registry: a.example/mirror | registry: found 'a.example/mirror', expected HOST",
        "registry: a.example:0 | registry: found 'a.example:0', expected HOST",
        "registry: a.example:70000 | registry: found 'a.example:70000', expected HOST",
        "registry: a..example | registry: found 'a..example', expected HOST",
        "registry: robot:s3cret@a.example | registry: found '***@a.example', expected HOST",
        "registry: t0ken@a.example | registry: found '***@a.example', expected HOST",
        "registry: https://r:p@a.example/ | registry: found 'https://***@a.example/', expected HOST",
        "prefix: Mirror | prefix: found 'Mirror', expected a path such as mirror/ocp, in lower case",
        "prefix: /mirror | prefix: found '/mirror', expected a path such as mirror/ocp, in lower"
            + " case",
        "plainHttp: 1 | plainHttp: found '1', expected true or false",
        "ca: /absent.pem | ca: found '/absent.pem', expected FILE",
        "authfile: /absent | authfile: found '/absent', expected FILE",
        "authfile: [/absent] | authfile[0]: found '/absent', expected FILE",
        "uploadHosts: https://a.example | uploadHosts: found 'https://a.example', expected SERVER",
        "uploadHosts: [a.example:0] | uploadHosts[0]: found 'a.example:0', expected SERVER",
        "tokenHosts: [a.example, b/c] | tokenHosts[1]: found 'b/c', expected SERVER",
        "authfile: [{}] | authfile[0]: found a group of settings, expected one value",
        "maxNestedPaths: -1 | maxNestedPaths: found '-1', expected a whole number from 0 to 255",
        "limits: { images: 0 } | limits.images: found '0', expected IMAGES",
        "limits: { images: 9..3 } | limits.images: found '9..3', expected IMAGES",
        "limits: { images: 4-16 } | limits.images: found '4-16', expected IMAGES",
        "limits: { images: 4..300 } | limits.images: found '4..300', expected IMAGES",
        "limits: { blobs: 0 } | limits.blobs: found '0', expected a number from 1 to 256",
        "limits: { blobs: 257 } | limits.blobs: found '257', expected a number from 1 to 256",
        "limits: { bytesPerSecond: 1M } | limits.bytesPerSecond: found '1M', expected a whole number"
            + " from 0 to 1099511627776",
        "limits: { image: 1 } | limits.image: unknown setting, did you mean"
            + " targets[0].limits.images?",
        "CA: x | CA: unknown setting, did you mean targets[0].ca?",
      })
  void namesWhatIsWrongWithATarget(String line, String problem) throws IOException {
    String key = line.substring(0, line.indexOf(':'));
    String yaml =
        "targets:\n  - name: site\n    registry: site.example\n".replaceFirst(key + ": .*", line);

    List<String> problems = problems(yaml.contains(line) ? yaml : yaml + "    " + line);

    int number = key.equals("name") ? 2 : key.equals("registry") ? 3 : 4;
    String said =
        problem
            .replace("HOST", TargetReader.REGISTRY_EXPECTED)
            .replace("FILE", FILE)
            .replace("SERVER", "host[:port] without scheme or path")
            .replace("IMAGES", "a number from 1 to 256 or a range such as 4..16");
    assertThat(problems).containsExactly("landfall.yaml:" + number + ": targets[0]." + said);
  }

  @Test
  void namesEveryProblemAtOnceInTheOrderOfTheFile() throws IOException {
    String yaml =
        """
        dta: ./data
        targets:
          - registry: a.example
          - name: b
            registry: b.example
            clientCert: CERT
          -
          - name: b
            registry: c.example
          - name: d
            registry: B.example
        drop:
          settle: soon
          settle: 1s
          sidecar: { required: maybe }
        push:
          signatures: ${env:ABSENT}
        """
            .replace("CERT", Files.createFile(folder.resolve("c.pem")).toString());

    List<String> problems = problems(yaml);

    assertThat(problems)
        .containsExactly(
            "landfall.yaml:1: dta: unknown setting, did you mean data?",
            "landfall.yaml:3: targets[0].name: found nothing, expected up to 100 letters, digits,"
                + " dots, dashes and underscores",
            "landfall.yaml:6: targets[1].clientCert: found clientCert without clientKey, expected"
                + " both or neither",
            "landfall.yaml:7: targets[2]: found nothing, expected a group of settings (name,"
                + " registry, prefix, plainHttp, tlsVerify, ca, clientCert, clientKey, authfile,"
                + " uploadHosts, tokenHosts, maxNestedPaths, limits)",
            "landfall.yaml:8: targets[3].name: found 'b', as in targets[1], expected each name once",
            "landfall.yaml:11: targets[4].registry: found 'b.example', as in targets[1], expected"
                + " each registry once",
            "landfall.yaml:13: drop.settle: found 'soon', expected a duration such as 500ms, 10s,"
                + " 5m, 24h or 2d",
            "landfall.yaml:14: settle: found the key again, expected it once: see"
                + " landfall.yaml:13",
            "landfall.yaml:15: drop.sidecar.required: found 'maybe', expected true or false",
            "landfall.yaml:17: push.signatures: found '${env:ABSENT}', expected that environment"
                + " variable to be set");
  }

  @Test
  void refusesKeysForTlsWherePlainHttpIsSpoken() throws IOException {
    Path pem = Files.createFile(folder.resolve("ca.pem"));

    List<String> problems =
        problems("targets: [{ name: a, registry: a, plainHttp: true, ca: " + pem + " }]");

    assertThat(problems)
        .containsExactly(
            "landfall.yaml:1: targets[0].plainHttp: found true beside ca or clientCert, expected"
                + " one or the other");
  }

  @Test
  void namesTheLineWhereYamlEnds() throws IOException {
    assertThat(problems("data: a\ndrop: {\n  settle: 1s\n"))
        .containsExactly("landfall.yaml:4: YAML: expected ',' or '}', but got <stream end>");
    assertThat(problems("data: a\n\tdrop: b\n"))
        .singleElement()
        .asString()
        .startsWith("landfall.yaml:2: YAML: found character '\\t(TAB)'");
    assertThat(problems("data: a\n---\ndata: b\n"))
        .containsExactly("landfall.yaml:2: YAML: but found another document");
  }

  @Test
  void refusesFilesThatAreMadeToExplode() throws IOException {
    assertThat(problems("data: &a [*a]\n"))
        .singleElement()
        .asString()
        .startsWith("landfall.yaml: YAML: found 'Number of aliases");
    assertThat(problems("[".repeat(50) + "]".repeat(50)))
        .singleElement()
        .asString()
        .startsWith("landfall.yaml: YAML: found 'Nesting Depth");
  }

  @Test
  void tellsHowToGetAFileThatIsNotThere() {
    Path absent = folder.resolve("absent.yaml");

    assertThat(problems(absent))
        .containsExactly(
            absent
                + ": configuration: found no such file, expected the configuration: copy"
                + " config/landfall.yaml of Landfall's own folder there, or name another file with"
                + " --config FILE");
  }

  @Test
  void saysWhyAFileCannotBeRead() throws IOException {
    Path binary = Files.write(folder.resolve("binary.yaml"), new byte[] {(byte) 0xff});

    assertThat(problems(binary))
        .containsExactly(
            binary
                + ": configuration: found bytes that are not UTF-8, expected the settings as YAML");
    assertThat(problems(folder))
        .containsExactly(
            folder + ": configuration: found a folder, expected a file with the settings as YAML");
  }

  @Test
  void keepsWhatAProblemShowsShortAndOnOneLine() throws IOException {
    List<String> problems =
        problems("\"a\\nb\\e\": 1\ndrop: { settle: \"" + "x\\u202e".repeat(100) + "\" }\n");

    assertThat(problems)
        .containsExactly(
            "landfall.yaml:1: a?b?: unknown setting, expected one of data, state, targets, drop,"
                + " push, publish, signatures, ledger, web, notify",
            "landfall.yaml:2: drop.settle: found '"
                + "x?".repeat(60)
                + "…', expected a duration such as 500ms, 10s, 5m, 24h or 2d");
  }

  private List<String> problems(String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("landfall.yaml"), yaml);
    return problems(file).stream()
        .map(problem -> problem.replace(file.toString(), "landfall.yaml"))
        .toList();
  }

  private static List<String> problems(Path file) {
    SettingsException refused =
        catchThrowableOfType(
            SettingsException.class, () -> Settings.read(file, Map.of(), new Properties()));
    assertThat(refused).hasMessage(String.join("\n", refused.problems()));
    return refused.problems();
  }
}
