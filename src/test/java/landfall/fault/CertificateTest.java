package landfall.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import landfall.campaign.Certificates;
import landfall.campaign.Sample;
import landfall.failure.Code;
import landfall.ledger.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** F28: certificates that are not to be trusted, and others that take their place. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CertificateTest {
  private final Path folder;
  private final Certificates certificates;

  CertificateTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    this.certificates = Certificates.in(folder.resolve("certificates"));
  }

  @Test
  void f28ParksOnAnExpiredCertificateAndGoesOnWithItsSuccessor() throws IOException {
    try (Stand stand = Stand.open(folder)) {
      stand.proxy().present(certificates.server("expired"));
      Sample sample = stand.sample(3);
      stand.start(Stand.target("site", stand.proxy().address(), Stand.tls(certificates.ca())));

      stand.give(sample);
      stand.site().awaitCode(sample.file(), Code.REGISTRY_TLS.name());
      stand.proxy().present(certificates.server("good"));

      stand.await(sample, State.DELIVERED);
      stand.assertWhole(sample);
    }
  }

  @Test
  void f28TakesUpANewCaFileWithoutARestart() throws IOException {
    Path other = folder.resolve("certificates/expired.crt");
    Path ca = Files.copy(other, folder.resolve("ca.pem"));
    try (Stand stand = Stand.open(folder)) {
      stand.proxy().present(certificates.server("good"));
      Sample sample = stand.sample(3);
      stand.start(Stand.target("site", stand.proxy().address(), Stand.tls(ca)));

      stand.give(sample);
      stand.site().awaitCode(sample.file(), Code.REGISTRY_TLS.name());
      Files.copy(certificates.ca(), ca, StandardCopyOption.REPLACE_EXISTING);

      stand.await(sample, State.DELIVERED);
      stand.assertWhole(sample);
    }
  }
}
