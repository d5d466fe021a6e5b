package landfall.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static landfall.registry.ScriptedRegistry.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import landfall.failure.Code;
import landfall.failure.Failure;
import landfall.failure.Parked;
import landfall.image.Digest;
import landfall.image.Tag;
import landfall.target.HostPort;
import landfall.target.Target;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpRegistryTlsTest {
  private static final char[] PASSWORD = "changeit".toCharArray();

  private final Path folder;

  HttpRegistryTlsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeAll
  void makeCertificates() {
    pair("good", "-ext", "san=ip:127.0.0.1", "-validity", "30");
    pair("misnamed", "-ext", "san=dns:elsewhere.invalid", "-validity", "30");
    signed("expired", "-ext", "san=ip:127.0.0.1", "-startdate", "-30d", "-validity", "10");
    pair("client", "-validity", "30");
  }

  /** A key and a certificate it signed itself. */
  private void pair(String name, String... more) {
    List<String> all = new ArrayList<>(List.of("-genkeypair", "-keyalg", "RSA"));
    all.addAll(List.of("-alias", "it", "-dname", "CN=" + name));
    all.addAll(List.of(more));
    keytool(name, all);
  }

  /** A key whose certificate is of a CA; Java minds no date of a certificate it trusts itself. */
  private void signed(String name, String... more) {
    String request = folder.resolve(name + ".csr").toString();
    String certificate = folder.resolve(name + ".crt").toString();
    pair(name);
    keytool(
        name,
        List.of(
            "-genkeypair", "-keyalg", "RSA", "-alias", "ca", "-dname", "CN=ca", "-ext", "bc:c"));
    keytool(name, List.of("-certreq", "-alias", "it", "-file", request));
    List<String> sign =
        new ArrayList<>(
            List.of("-gencert", "-alias", "ca", "-infile", request, "-outfile", certificate));
    sign.addAll(List.of(more));
    keytool(name, sign);
    keytool(name, List.of("-importcert", "-noprompt", "-alias", "it", "-file", certificate));
  }

  private void keytool(String name, List<String> more) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(more);
    command.addAll(List.of("-storetype", "PKCS12", "-storepass", new String(PASSWORD)));
    command.addAll(List.of("-keystore", folder.resolve(name + ".p12").toString()));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), UTF_8);
      assertThat(process.waitFor()).as(said).isZero();
    } catch (IOException unable) {
      throw new UncheckedIOException(unable);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }

  private KeyStore store(String name) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(
        new ByteArrayInputStream(Files.readAllBytes(folder.resolve(name + ".p12"))), PASSWORD);
    return store;
  }

  private static String pem(String label, byte[] der) {
    return "-----BEGIN "
        + label
        + "-----\n"
        + Base64.getMimeEncoder().encodeToString(der)
        + "\n-----END "
        + label
        + "-----\n";
  }

  private Path certificate(String... names) throws IOException, GeneralSecurityException {
    StringBuilder text = new StringBuilder("some words before\n");
    for (String name : names) {
      String alias = store(name).containsAlias("ca") ? "ca" : "it";
      Certificate certificate = store(name).getCertificate(alias);
      text.append(pem("CERTIFICATE", certificate.getEncoded()));
    }
    return Files.writeString(folder.resolve(String.join("-", names) + ".pem"), text.toString());
  }

  private ScriptedRegistry serving(String name, boolean wantsClient)
      throws IOException, GeneralSecurityException {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    KeyStore own = KeyStore.getInstance("PKCS12");
    own.load(null, null);
    own.setKeyEntry(
        "it", store(name).getKey("it", PASSWORD), PASSWORD, store(name).getCertificateChain("it"));
    keys.init(own, PASSWORD);
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("client", store("client").getCertificate("it"));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return ScriptedRegistry.https(context, wantsClient);
  }

  private void parks(String serving, Optional<Path> ca, String sentence)
      throws IOException, GeneralSecurityException {
    try (ScriptedRegistry server = serving(serving, false);
        HttpRegistry registry = Sites.open(Sites.tls(server.address(), true, ca))) {
      Throwable thrown = catchThrowable(registry::ping);

      assertThat(((Failure) thrown).code()).isEqualTo(Code.REGISTRY_TLS);
      assertThat(thrown).hasMessageContaining(sentence);
      assertThat(server.seen()).isEmpty();
    }
  }

  @Test
  void trustsTheCaItWasGivenAndSendsABlob() throws IOException, GeneralSecurityException {
    byte[] blob = new byte[20 << 20];
    Digest digest = Digest.of(blob);
    try (ScriptedRegistry server = serving("good", false);
        HttpRegistry registry =
            Sites.open(
                Sites.tls(server.address(), true, Optional.of(certificate("client", "good"))))) {
      server.on("POST", "/v2/lab/app/blobs/uploads/", answer(202).with("Location: /v2/s"));
      server.on("PUT", "/v2/s?digest=" + digest, answer(201));

      registry.send(Sites.APP, digest, blob.length, offset -> new ByteArrayInputStream(blob));

      assertThat(registry.traffic().blobBytes()).isEqualTo(blob.length);
    }
  }

  @Test
  void parksOnACaItDoesNotKnow() throws IOException, GeneralSecurityException {
    parks("good", Optional.empty(), "not trusted here");
    parks("good", Optional.of(certificate("client")), "not trusted here");
  }

  @Test
  void parksOnACertificateForAnotherName() throws IOException, GeneralSecurityException {
    parks("misnamed", Optional.of(certificate("misnamed")), "for another name");
  }

  @Test
  void parksOnAnExpiredCertificate() throws IOException, GeneralSecurityException {
    parks("expired", Optional.of(certificate("expired")), "has expired");
  }

  @Test
  void asksNothingOfACertificateWhenToldNotTo() throws IOException, GeneralSecurityException {
    try (ScriptedRegistry server = serving("misnamed", false);
        HttpRegistry registry = Sites.open(Sites.tls(server.address(), false, Optional.empty()))) {
      server.on("GET", "/v2/", answer(200));

      registry.ping();

      assertThat(server.seen()).hasSize(1);
    }
  }

  @Test
  void saysThatAClientCertificateIsWanted() throws IOException, GeneralSecurityException {
    try (ScriptedRegistry server = serving("good", true);
        HttpRegistry registry =
            Sites.open(Sites.tls(server.address(), true, Optional.of(certificate("good"))))) {
      Throwable thrown = catchThrowable(registry::ping);

      assertThat(((Failure) thrown).code()).isEqualTo(Code.REGISTRY_TLS);
      assertThat(thrown)
          .hasMessageContaining("it wants a client certificate: none was shown")
          .hasMessageContaining("clientCert: and clientKey: of the target in config/landfall.yaml");
    }
  }

  private HttpRegistry showing(ScriptedRegistry server, Path certificate, Path key)
      throws IOException, GeneralSecurityException {
    return Sites.open(
        Sites.mutual(
            server.address(),
            true,
            Optional.of(certificate("good")),
            Optional.of(certificate),
            Optional.of(key)));
  }

  @Test
  void saysThatItsOwnCertificateIsNotTaken() throws IOException, GeneralSecurityException {
    try (ScriptedRegistry server = serving("good", true);
        HttpRegistry registry = showing(server, certificate("misnamed"), key("misnamed"))) {
      assertThatThrownBy(registry::ping)
          .hasMessageContaining("does not take the client certificate that clientCert: names");
    }
  }

  @Test
  void saysWhichVersionsOfTlsWereOffered() throws IOException, GeneralSecurityException {
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        HttpRegistry registry =
            Sites.open(Sites.tls("127.0.0.1:" + server.getLocalPort(), true, Optional.empty()))) {
      Thread old = new Thread(() -> refuse(server));
      old.setDaemon(true);
      old.start();

      assertThatThrownBy(registry::ping)
          .hasMessageContaining(
              "none of the versions of TLS that were offered, TLSv1.3 and TLSv1.2")
          .extracting(thrown -> ((Failure) thrown).code())
          .isEqualTo(Code.REGISTRY_TLS);
    }
  }

  /** Java speaks no old TLS any more, but an alert 70, protocol_version, is just seven bytes. */
  private static void refuse(ServerSocket server) {
    try (Socket socket = server.accept()) {
      socket.getInputStream().read(new byte[4096]);
      socket.getOutputStream().write(new byte[] {21, 3, 1, 0, 2, 2, 70});
      socket.shutdownOutput();
      socket.getInputStream().readAllBytes();
    } catch (IOException hungUp) {
      return;
    }
  }

  private Path key() throws IOException, GeneralSecurityException {
    return key("client");
  }

  private Path key(String name) throws IOException, GeneralSecurityException {
    Key key = store(name).getKey("it", PASSWORD);
    return Files.writeString(folder.resolve(name + ".key"), pem("PRIVATE KEY", key.getEncoded()));
  }

  @Test
  void showsItsOwnCertificate() throws IOException, GeneralSecurityException {
    try (ScriptedRegistry server = serving("good", true);
        HttpRegistry registry = showing(server, certificate("client"), key())) {
      server.on("GET", "/v2/", answer(200));

      registry.ping();

      assertThat(server.seen()).hasSize(1);
    }
  }

  /** With a certificate of its own, for a registry whose blobs lie in a store beside it. */
  private HttpRegistry mutual(ScriptedRegistry server, ScriptedRegistry store)
      throws IOException, GeneralSecurityException {
    return Sites.open(
        new Target(
            "site",
            server.address(),
            Optional.empty(),
            new Target.Security(
                false,
                true,
                Optional.of(certificate("good")),
                Optional.of(certificate("client")),
                Optional.of(key()),
                List.of(),
                new Target.Others(List.of(HostPort.parse(store.address())), List.of())),
            0,
            new Target.Limits(1, 4, 16, 0)));
  }

  @Test
  void trustsTheSameCaWhereTheRegistryPoints() throws IOException, GeneralSecurityException {
    try (ScriptedRegistry server = serving("good", true);
        ScriptedRegistry store = serving("good", false);
        HttpRegistry registry = mutual(server, store)) {
      pointing(server, store);
      store.on("PUT", "/up?digest=" + Sites.HELLO_DIGEST, answer(201));

      sendHello(registry);

      assertThat(store.seen(0).body()).isEqualTo("hello");
    }
  }

  @Test
  void showsItsCertificateToNobodyElse() throws IOException, GeneralSecurityException {
    try (ScriptedRegistry server = serving("good", true);
        ScriptedRegistry store = serving("good", true);
        HttpRegistry registry = mutual(server, store)) {
      pointing(server, store);

      Throwable thrown = catchThrowable(() -> sendHello(registry));

      assertThat(((Failure) thrown).code()).isEqualTo(Code.REGISTRY_TLS);
      assertThat(store.seen()).isEmpty();
    }
  }

  private static void sendHello(HttpRegistry registry) {
    registry.send(
        Sites.APP, Sites.HELLO_DIGEST, 5, offset -> new ByteArrayInputStream(Sites.HELLO));
  }

  private static void pointing(ScriptedRegistry server, ScriptedRegistry store) {
    server.on(
        "POST",
        "/v2/lab/app/blobs/uploads/",
        answer(202).with("Location: https://" + store.address() + "/up"));
  }

  @Test
  void takesARepairedCaFileWithoutBeingStartedAgain() throws IOException, GeneralSecurityException {
    Path ca = Files.writeString(folder.resolve("repaired.pem"), "not yet");
    try (ScriptedRegistry server = serving("good", false);
        HttpRegistry registry = Sites.open(Sites.tls(server.address(), true, Optional.of(ca)))) {
      server.on("GET", "/v2/", answer(200));

      Throwable before = catchThrowable(registry::ping);
      Files.copy(certificate("good"), ca, StandardCopyOption.REPLACE_EXISTING);
      registry.ping();

      assertThat(before)
          .isInstanceOf(Parked.class)
          .hasMessage("PEM file " + ca + " holds no certificate");
    }
  }

  @Test
  void takesAnotherCaFileWhileItWorks() throws IOException, GeneralSecurityException {
    Path ca = Files.copy(certificate("good"), folder.resolve("rotated.pem"));
    StandingClock clock = StandingClock.halfway();
    try (ScriptedRegistry server = serving("good", false);
        HttpRegistry registry =
            Sites.open(Sites.tls(server.address(), true, Optional.of(ca)), clock)) {
      server.on("HEAD", "/v2/lab/app/manifests/x", answer(404));
      server.on("HEAD", "/v2/lab/app/manifests/x", answer(404));
      registry.tagged(Sites.APP, new Tag("x"));

      Files.copy(certificate("client"), ca, StandardCopyOption.REPLACE_EXISTING);
      registry.tagged(Sites.APP, new Tag("x"));
      clock.pass(Duration.ofSeconds(4));
      Throwable distrusted = catchThrowable(() -> registry.tagged(Sites.APP, new Tag("x")));

      assertThat(((Failure) distrusted).code()).isEqualTo(Code.REGISTRY_TLS);
    }
  }

  @Test
  void looksAtItsFilesOnceMoreBeforeItParks() throws IOException, GeneralSecurityException {
    Path ca = Files.copy(certificate("client"), folder.resolve("late.pem"));
    try (ScriptedRegistry server = serving("good", false);
        HttpRegistry registry = Sites.open(Sites.tls(server.address(), true, Optional.of(ca)))) {
      server.on("HEAD", "/v2/lab/app/manifests/x", answer(404));
      Throwable before = catchThrowable(() -> registry.tagged(Sites.APP, new Tag("x")));

      Files.copy(certificate("good"), ca, StandardCopyOption.REPLACE_EXISTING);
      registry.tagged(Sites.APP, new Tag("x"));

      assertThat(((Failure) before).code()).isEqualTo(Code.REGISTRY_TLS);
      assertThat(server.seen()).hasSize(1);
    }
  }

  @Test
  void goesOnWithTheFilesItKnowsWhileOthersAreHalfWritten()
      throws IOException, GeneralSecurityException {
    Path ca = Files.copy(certificate("good"), folder.resolve("half.pem"));
    StandingClock clock = StandingClock.halfway();
    try (ScriptedRegistry server = serving("good", false);
        HttpRegistry registry =
            Sites.open(Sites.tls(server.address(), true, Optional.of(ca)), clock)) {
      server.on("HEAD", "/v2/lab/app/manifests/x", answer(404));
      server.on("HEAD", "/v2/lab/app/manifests/x", answer(404));
      registry.tagged(Sites.APP, new Tag("x"));

      Files.writeString(ca, "-----BEGIN CERTIFICATE-----\nMII");
      clock.pass(Duration.ofSeconds(4));

      assertThat(registry.tagged(Sites.APP, new Tag("x"))).isEmpty();
    }
  }

  @Test
  void namesAMissingCaFile() {
    Path ca = folder.resolve("missing.pem");
    try (HttpRegistry registry = Sites.open(Sites.tls("127.0.0.1:1", true, Optional.of(ca)))) {
      assertThatThrownBy(registry::ping)
          .isInstanceOf(Parked.class)
          .hasMessageContaining(ca.toString())
          .extracting(thrown -> ((Failure) thrown).code())
          .isEqualTo(Code.REGISTRY_TLS);
    }
  }

  @Test
  void neverFallsBackToPlainHttp() throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.mute();
        HttpRegistry registry = Sites.open(Sites.tls(server.address(), false, Optional.empty()))) {
      Throwable thrown = catchThrowable(registry::ping);

      assertThat(((Failure) thrown).code()).isEqualTo(Code.REGISTRY_TLS);
      assertThat(thrown).hasMessageContaining("does not speak TLS");
    }
  }
}
