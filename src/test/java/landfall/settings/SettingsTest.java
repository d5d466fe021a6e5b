package landfall.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import landfall.image.RepositoryName;
import landfall.plan.Unclaimed;
import landfall.push.ReadBack;
import landfall.push.TagConflict;
import landfall.target.HostPort;
import landfall.target.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SettingsTest {
  private static final Path HERE = Path.of("").toAbsolutePath();
  private static final Path RED_HAT = HERE.resolve("src/main/resources/keys/redhat-release.asc");

  private final Path folder;

  SettingsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void readsEverySettingThereIs() throws IOException {
    Path pem = Files.writeString(folder.resolve("a.pem"), "pem");
    String yaml =
        """
        data: /srv/landfall
        state: /var/lib/landfall
        targets:
          - name: site-a
            registry: registry.site-a.example:8443
            prefix: mirror/ocp
            plainHttp: false
            tlsVerify: false
            ca: PEM
            clientCert: PEM
            clientKey: PEM
            authfile: [PEM, PEM]
            uploadHosts: [store.example:9000, '[fd00::1]']
            tokenHosts: auth.example
            maxNestedPaths: 2
            limits: { images: 2..8, blobs: 6, bytesPerSecond: 1000000 }
        drop: { settle: 500ms, sidecar: { required: true, wait: 1m }, patience: 2d, retention: 30d }
        push: { retries: 5, uri: "jms:queue:images", unclaimed: report, signatures: false,
                tagConflict: refuse, readBack: full }
        publish: { catalogSourceTemplates: FOLDER }
        signatures: { releaseKeys: [KEYS] }
        ledger: { url: "" }
        web: { listen: "0.0.0.0:9090" }
        notify: { webhook: "https://hooks.example/T1" }
        """
            .replace("PEM", pem.toString())
            .replace("FOLDER", folder.toString())
            .replace("KEYS", RED_HAT.toString());

    Settings settings = read(yaml);

    Target.Security security =
        new Target.Security(
            false,
            false,
            Optional.of(pem),
            Optional.of(pem),
            Optional.of(pem),
            List.of(pem, pem),
            new Target.Others(
                List.of(HostPort.parse("store.example:9000"), HostPort.parse("[fd00::1]")),
                List.of(HostPort.parse("auth.example"))));
    Target target =
        new Target(
            "site-a",
            "registry.site-a.example:8443",
            Optional.of(new RepositoryName("mirror/ocp")),
            security,
            2,
            new Target.Limits(2, 8, 6, 1_000_000));
    assertThat(settings)
        .isEqualTo(
            new Settings(
                Path.of("/srv/landfall"),
                Optional.of(Path.of("/var/lib/landfall")),
                List.of(target),
                new Settings.Drop(
                    Duration.ofMillis(500),
                    new Settings.Sidecar(true, Duration.ofMinutes(1)),
                    Duration.ofDays(2),
                    new Retention(Optional.of(Duration.ofDays(30)))),
                new Settings.Push(
                    5,
                    "jms:queue:images",
                    false,
                    Unclaimed.REPORT,
                    TagConflict.REFUSE,
                    ReadBack.FULL),
                new Settings.Publish(Optional.of(folder)),
                new Settings.Web("0.0.0.0", 9090),
                new Settings.Notices(Optional.of(new Secret("https://hooks.example/T1"))),
                new Settings.Signatures(List.of(RED_HAT))));
  }

  @Test
  void hasADefaultForEverythingButTargets() {
    Settings settings = Settings.defaults();

    assertThat(settings)
        .isEqualTo(
            new Settings(
                HERE.resolve("data"),
                Optional.empty(),
                List.of(),
                new Settings.Drop(
                    Duration.ofSeconds(10),
                    new Settings.Sidecar(false, Duration.ofMinutes(5)),
                    Duration.ofHours(24),
                    Retention.KEEP),
                new Settings.Push(
                    2,
                    "direct:push-image",
                    true,
                    Unclaimed.AUTO,
                    TagConflict.OVERWRITE,
                    ReadBack.MANIFESTS),
                new Settings.Publish(Optional.empty()),
                new Settings.Web("127.0.0.1", 8080),
                new Settings.Notices(Optional.empty()),
                new Settings.Signatures(List.of())));
    assertThat(settings.state()).isEqualTo(HERE.resolve("data/state"));
  }

  @Test
  void takesTheShippedFileAsTheDefaults() {
    Settings settings = Settings.read(Path.of("config/landfall.yaml"), Map.of(), new Properties());

    assertThat(settings).isEqualTo(Settings.defaults());
  }

  @Test
  void takesTheShippedExampleOfATargetOnceItIsUncommented() throws IOException {
    String shipped = Files.readString(Path.of("config/landfall.yaml"));
    String example =
        shipped
            .replace("targets: []\n", "")
            .replaceAll("(?m)^# (targets:|publish:|notify:|  +[a-z-].*)", "$1")
            .replaceAll("/etc/landfall", folder.toString());
    for (String name : List.of("site-a-ca.pem", "client.pem", "client.key", "auth.json")) {
      Files.createFile(folder.resolve(name));
    }
    Files.createDirectory(folder.resolve("catalog-source-templates"));
    Files.writeString(folder.resolve("webhook-url"), "https://hooks.example/T1\n");

    Settings settings = read(example);

    assertThat(settings.targets()).extracting(Target::name).containsExactly("site-a");
    assertThat(settings.targets().get(0).limits()).isEqualTo(TargetArgument.STANDARD_LIMITS);
    assertThat(settings.notices().webhook()).contains(new Secret("https://hooks.example/T1"));
    assertThat(settings.publish().catalogSourceTemplates())
        .contains(folder.resolve("catalog-source-templates"));
  }

  @Test
  void takesAnEmptyFileAndEmptyGroupsAsTheDefaults() throws IOException {
    assertThat(read("")).isEqualTo(Settings.defaults());
    assertThat(read("# nothing\n---\n")).isEqualTo(Settings.defaults());
    assertThat(read("data:\ntargets:\ndrop:\npush: {}\n")).isEqualTo(Settings.defaults());
  }

  @Test
  void resolvesPathsAgainstTheFolderOfTheProcess() throws IOException {
    Settings settings = read("data: ./some/../data\nstate: s\n");

    assertThat(settings.data()).isEqualTo(HERE.resolve("data"));
    assertThat(settings.state()).isEqualTo(HERE.resolve("s"));
  }

  @Test
  void movesTheStateAlongWithTheDataUnlessItLiesElsewhere() throws IOException {
    Settings together = read("data: /a\n").withData(Path.of("/b"));
    Settings apart = read("data: /a\nstate: /a/state\n").withData(Path.of("/b"));

    assertThat(together.state()).isEqualTo(Path.of("/b/state"));
    assertThat(apart.data()).isEqualTo(Path.of("/b"));
    assertThat(apart.state()).isEqualTo(Path.of("/a/state"));
  }

  @Test
  void takesOneNumberOfImagesAsFixed() throws IOException {
    Settings settings =
        read("targets: [{ name: a, registry: a.example, limits: { images: 8 } }]\n");

    assertThat(settings.targets().get(0).limits()).isEqualTo(new Target.Limits(8, 8, 16, 0));
  }

  @Test
  void takesReleaseKeysFromOcMirrorsVariableToo() throws IOException {
    Map<String, String> environment = Map.of("OCP_SIGNATURE_VERIFICATION_PK", RED_HAT.toString());

    assertThat(Settings.withoutFile(environment, new Properties()).signatures().releaseKeys())
        .containsExactly(RED_HAT);
    assertThat(read("signatures: { releaseKeys: " + RED_HAT + " }").signatures().releaseKeys())
        .containsExactly(RED_HAT);
  }

  @Test
  void takesEveryWordOfRetention() throws IOException {
    assertThat(read("drop: { retention: keep }").drop().retention()).isEqualTo(Retention.KEEP);
    assertThat(read("drop: { retention: delete }").drop().retention()).isEqualTo(Retention.DELETE);
    assertThat(read("drop: { retention: 0d }").drop().retention()).isEqualTo(Retention.DELETE);
  }

  @Test
  void refusesTwoTargetsOfOneNameOrAddressFromTheCommandLineToo() {
    Target site = target("a", "a.example");

    assertThatThrownBy(
            () -> Settings.defaults().withTargets(List.of(site, target("a", "b.example"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("two targets are named a, expected a name of its own for each");
    assertThatThrownBy(
            () -> Settings.defaults().withTargets(List.of(site, target("b", "A.example"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("two targets are A.example, expected each address once");
    assertThat(Settings.defaults().withTargets(List.of(site)).targets()).containsExactly(site);
  }

  private static Target target(String name, String registry) {
    return TargetArgument.parse(
        name + "=docker://" + registry,
        new Target.Security(
            false, true, Optional.empty(), Optional.empty(), Optional.empty(), List.of()),
        0,
        TargetArgument.STANDARD_LIMITS);
  }

  private Settings read(String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("landfall.yaml"), yaml);
    return Settings.read(file, Map.of(), new Properties());
  }
}
