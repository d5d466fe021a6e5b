package landfall.flow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import landfall.failure.Code;
import landfall.fake.DebianRegistry;
import landfall.fake.DebianRegistry.Door;
import landfall.fake.DebianRegistry.Pair;
import landfall.fake.Program;
import landfall.image.Digest;
import landfall.ledger.DeliveryRow;
import landfall.ledger.Reason;
import landfall.ledger.State;
import landfall.plan.Planner;
import landfall.plan.Samples;
import landfall.report.Receipt;
import landfall.settings.Settings;
import landfall.settings.TargetArgument;
import landfall.target.Target;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole archives into Debian's docker-registry, with its disk and skopeo as witnesses. */
class WitnessTest {
  private static final String NAME = Golden.HACKATHON.getFileName().toString();
  private static final String PREFIX = "/mirror/site";

  /** The line of {@code ci} with the password {@code right}, as htpasswd -B writes it. */
  private static final String PASSWORDS =
      "ci:$2y$05$abcdefghijklmnopqrstuu8xaCxxL82bnl.UY74PMksDxIJShppPC";

  private final Path root;
  private final Path data;
  private final Path server;

  WitnessTest(@TempDir Path root) throws IOException {
    this.root = root;
    this.data = Files.createDirectory(root.resolve("data"));
    this.server = Files.createDirectory(root.resolve("registry"));
  }

  @Test
  void deliversAnArchiveThatIsCopiedInPiecesWithItsChecksumFileLast() throws Exception {
    try (DebianRegistry registry = DebianRegistry.start(server);
        Site site = serving(plain(registry, PREFIX))) {
      copyInPieces(site);
      Files.copy(
          Golden.HACKATHON_SIDECAR,
          site.drop().resolve(Golden.HACKATHON_SIDECAR.getFileName().toString()));

      site.await(NAME, State.DELIVERED);

      assertThat(registry.tags()).isEqualTo(Golden.registry("golden-prefix"));
      assertThat(resources(site))
          .isEqualTo(Golden.mirrorSets("golden-prefix", registry.address() + PREFIX));
      assertThat(new Skopeo(root, registry.address()).copiesOut(registry.tags()))
          .hasSizeGreaterThanOrEqualTo(2);
    }
  }

  /** Twice it stands still for so long that only the missing checksum file is waited for. */
  private static void copyInPieces(Site site) throws IOException {
    byte[] bytes = Files.readAllBytes(Golden.HACKATHON);
    Path copy = site.drop().resolve(NAME);
    int piece = bytes.length / 40;
    for (int from = 0; from < bytes.length; from += piece) {
      byte[] next = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + piece));
      try (OutputStream out =
          Files.newOutputStream(copy, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
        out.write(next);
      }
      if (from == 10 * piece || from == 30 * piece) {
        awaitReason(site, Code.SIDECAR_MISSING);
      } else if (from == 20 * piece) {
        awaitReason(site, Code.STILL_COPYING);
      }
    }
  }

  @Test
  void matchesOcMirrorAtARegistryWithoutAPrefix() throws Exception {
    try (DebianRegistry registry = DebianRegistry.start(server);
        Site site = serving(plain(registry, ""))) {
      site.drop(Golden.HACKATHON, Golden.HACKATHON_SIDECAR);

      site.await(NAME, State.DELIVERED);

      assertThat(registry.tags()).isEqualTo(Golden.registry("golden-bare"));
      assertThat(resources(site)).isEqualTo(Golden.mirrorSets("golden-bare", registry.address()));
    }
  }

  @Test
  void leavesSignaturesOutWhenAsked() throws Exception {
    Planner.Options options = Samples.options(false, Optional.empty());
    try (DebianRegistry registry = DebianRegistry.start(server);
        Site site = Site.start(settings(plain(registry, "")), options, true)) {
      site.drop(Golden.HACKATHON, Golden.HACKATHON_SIDECAR);

      site.await(NAME, State.DELIVERED);

      assertThat(registry.tags()).isEqualTo(Golden.registry("golden-nosig-bare"));
    }
  }

  @Test
  void deliversToARegistryWhoseCaItIsGivenAndToNoOther() throws Exception {
    Path ca = root.resolve("ca.pem");
    try (DebianRegistry registry = DebianRegistry.start(server, certified(ca))) {
      Target strange = target(registry, security(false, Optional.empty(), List.of()));
      try (Site site = serving(strange)) {
        site.drop(Golden.HACKATHON, Golden.HACKATHON_SIDECAR);
        Receipt parked = site.await(NAME, State.PARKED);

        assertThat(parked.targets().get(0).code()).isEqualTo("REGISTRY_TLS");
        assertThat(registry.tags()).isEmpty();
      }
      Target known = target(registry, security(false, Optional.of(ca), List.of()));
      try (Site site = serving(known)) {
        site.await(NAME, State.DELIVERED);

        assertThat(registry.tags()).isEqualTo(Golden.registry("golden-prefix"));
      }
    }
  }

  @Test
  void goesOnByItselfOnceAWrongPasswordIsCorrected() throws Exception {
    Path passwords = Files.writeString(root.resolve("htpasswd"), PASSWORDS + "\n");
    Door door = new Door(Optional.empty(), Optional.of(passwords));
    Path login = root.resolve("auth.json");
    try (DebianRegistry registry = DebianRegistry.start(server, door);
        Site site = serving(target(registry, security(true, Optional.empty(), List.of(login))))) {
      logIn(login, registry, "wrong");
      site.drop(Golden.HACKATHON, Golden.HACKATHON_SIDECAR);
      Receipt parked = site.await(NAME, State.PARKED);

      assertThat(parked.targets().get(0).code()).isEqualTo("REGISTRY_AUTH");
      assertThat(registry.refusedLogins()).isBetween(1L, 8L);
      assertThat(registry.tags()).isEmpty();

      logIn(login, registry, "right");

      site.await(NAME, State.DELIVERED);
      assertThat(registry.tags()).isEqualTo(Golden.registry("golden-prefix"));
      assertThat(registry.refusedLogins()).isLessThanOrEqualTo(8);
    }
  }

  @Test
  void deliversAllAlthoughTheRegistryDiesInTheMiddle() throws Exception {
    try (DebianRegistry registry = DebianRegistry.start(server);
        Site site = serving(slow(registry))) {
      dieInTheMiddle(registry, site);

      registry.startAgain();

      site.await(NAME, State.DELIVERED);
      assertThat(registry.tags()).isEqualTo(Golden.registry("golden-prefix"));
    }
  }

  @Test
  void deliversAllAlthoughTheRegistryLosesEverythingInTheMiddle() throws Exception {
    try (DebianRegistry registry = DebianRegistry.start(server);
        Site site = serving(slow(registry))) {
      dieInTheMiddle(registry, site);

      registry.wipe();
      registry.startAgain();

      site.await(NAME, State.DELIVERED);
      assertThat(registry.tags()).isEqualTo(Golden.registry("golden-prefix"));
      assertThat(new Skopeo(root, registry.address()).copiesOut(registry.tags()))
          .hasSizeGreaterThanOrEqualTo(2);
    }
  }

  private static void dieInTheMiddle(DebianRegistry registry, Site site) throws IOException {
    site.drop(Golden.HACKATHON, Golden.HACKATHON_SIDECAR);
    Awaitility.await("the first image")
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> !registry.tags().isEmpty());
    registry.kill();
    assertThat(registry.tags()).hasSizeLessThan(Golden.registry("golden-prefix").size());
    Receipt parked = site.await(NAME, State.PARKED);
    assertThat(parked.targets().get(0).code()).isEqualTo("REGISTRY_DOWN");
  }

  /**
   * A registry certificate for this machine, signed by a CA nobody knows; the CA goes to a file.
   */
  private Door certified(Path ca) throws IOException {
    Files.writeString(
        root.resolve("openssl.cnf"),
        """
        [req]
        distinguished_name = name
        [name]
        [ca]
        basicConstraints = critical, CA:true
        [server]
        basicConstraints = critical, CA:false
        subjectAltName = IP:127.0.0.1
        """);
    openssl("ca", "/CN=a CA of this test", "-out", ca.toString());
    Path certificate = root.resolve("server.pem");
    openssl(
        "server",
        "/CN=registry",
        "-out",
        certificate.toString(),
        "-CA",
        ca.toString(),
        "-CAkey",
        root.resolve("ca.key").toString());
    return new Door(
        Optional.of(new Pair(certificate, root.resolve("server.key"))), Optional.empty());
  }

  private void openssl(String section, String subject, String... more) throws IOException {
    String[] fixed = {
      "req",
      "-x509",
      "-newkey",
      "rsa:2048",
      "-nodes",
      "-days",
      "30",
      "-config",
      "openssl.cnf",
      "-extensions",
      section,
      "-subj",
      subject,
      "-keyout",
      section + ".key"
    };
    String[] all = Arrays.copyOf(fixed, fixed.length + more.length);
    System.arraycopy(more, 0, all, fixed.length, more.length);
    Program.run(root, "openssl", all);
  }

  /** As podman login writes it. */
  private static void logIn(Path file, DebianRegistry registry, String password)
      throws IOException {
    String both = Base64.getEncoder().encodeToString(("ci:" + password).getBytes(UTF_8));
    Files.writeString(
        file,
        """
        {
        	"auths": {
        		"%s": {
        			"auth": "%s"
        		}
        	}
        }"""
            .formatted(registry.address(), both));
  }

  private static void awaitReason(Site site, Code code) {
    Awaitility.await("the copy to wait for " + code)
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(20))
        .until(
            () ->
                site.latest(NAME).stream()
                    .flatMap(row -> site.deliveries(row).stream())
                    .map(DeliveryRow::reason)
                    .flatMap(Optional::stream)
                    .map(Reason::code)
                    .anyMatch(code::equals));
  }

  private static Map<String, Object> resources(Site site) throws IOException {
    return Golden.mirrorSets(site.out("site").resolve("cluster-resources"));
  }

  private Site serving(Target target) {
    return Site.start(settings(target), Planner.Options.DEFAULT, true);
  }

  /** A copy may stand still for a minute before its checksum file comes. */
  private Settings settings(Target target) {
    return Site.with(
        Settings.defaults().withData(data).withTargets(List.of(target)),
        Optional.empty(),
        Duration.ofMinutes(1));
  }

  private static Target plain(DebianRegistry registry, String prefix) {
    return TargetArgument.parse(
        "site=docker://" + registry.address() + prefix,
        Site.PLAIN_HTTP,
        0,
        TargetArgument.STANDARD_LIMITS);
  }

  /** So slow that pushing everything takes some seconds. */
  private static Target slow(DebianRegistry registry) {
    return TargetArgument.parse(
        "site=docker://" + registry.address() + PREFIX,
        Site.PLAIN_HTTP,
        0,
        new Target.Limits(1, 2, 16, 1_500_000));
  }

  private static Target target(DebianRegistry registry, Target.Security security) {
    return TargetArgument.parse(
        "site=docker://" + registry.address() + PREFIX,
        security,
        0,
        TargetArgument.STANDARD_LIMITS);
  }

  private static Target.Security security(boolean plain, Optional<Path> ca, List<Path> logins) {
    return new Target.Security(plain, true, ca, Optional.empty(), Optional.empty(), logins);
  }

  /** Copies images out of a registry with a program that shares no code with us. */
  private record Skopeo(Path folder, String address) {

    /** Every image of several platforms, whole; gives their names. */
    List<String> copiesOut(Map<String, String> tags) throws IOException {
      List<String> names =
          tags.entrySet().stream()
              .filter(tag -> !tag.getKey().endsWith(".sig"))
              .filter(tag -> hasPlatforms(tag.getKey(), tag.getValue()))
              .map(Map.Entry::getKey)
              .toList();
      for (String name : names) {
        Path copy = Files.createTempDirectory(folder, "copy");
        Program.run(
            folder,
            "skopeo",
            "--insecure-policy",
            "copy",
            "--all",
            "--preserve-digests",
            "--src-tls-verify=false",
            "docker://" + address + "/" + name,
            "dir:" + copy);
        assertThat(Digest.of(Files.readAllBytes(copy.resolve("manifest.json"))).toString())
            .isEqualTo(tags.get(name));
      }
      return names;
    }

    private boolean hasPlatforms(String name, String digest) {
      try {
        byte[] raw =
            Program.run(
                folder,
                "skopeo",
                "inspect",
                "--raw",
                "--tls-verify=false",
                "docker://" + address + "/" + name);
        assertThat(Digest.of(raw).toString()).as(name).isEqualTo(digest);
        return new String(raw, UTF_8).contains("\"manifests\"");
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    }
  }
}
