package landfall.campaign;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import landfall.fake.Program;

/**
 * Certificates for 127.0.0.1, made with keytool: a good one and an expired one of a CA of ours, and
 * a foreign one.
 */
public final class Certificates {
  private static final String PASSWORD = "changeit";

  private final Path folder;

  private Certificates(Path folder) {
    this.folder = folder;
  }

  public static Certificates in(Path folder) throws IOException {
    Certificates made = new Certificates(Files.createDirectories(folder));
    made.pair("ca", "-ext", "bc:c");
    made.keytool("ca", "-exportcert", "-rfc", "-alias", "it", "-file", made.ca().toString());
    made.signed("good", "-validity", "30");
    made.signed("expired", "-startdate", "-30d", "-validity", "10");
    made.pair("foreign", "-ext", "san=ip:127.0.0.1");
    return made;
  }

  /** In PEM. */
  public Path ca() {
    return folder.resolve("ca.pem");
  }

  /** For a server that shows the certificate of that name. */
  public SSLContext server(String name) throws IOException {
    try (InputStream in = Files.newInputStream(folder.resolve(name + ".p12"))) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, PASSWORD.toCharArray());
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, PASSWORD.toCharArray());
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException unusable) {
      throw new IOException(unusable);
    }
  }

  private void pair(String name, String... more) throws IOException {
    List<String> all =
        new ArrayList<>(
            List.of("-genkeypair", "-keyalg", "EC", "-alias", "it", "-dname", "CN=" + name));
    all.addAll(List.of(more));
    keytool(name, all.toArray(String[]::new));
  }

  private void signed(String name, String... more) throws IOException {
    String request = folder.resolve(name + ".csr").toString();
    String certificate = folder.resolve(name + ".crt").toString();
    pair(name);
    keytool(name, "-certreq", "-alias", "it", "-file", request);
    List<String> sign = new ArrayList<>(List.of("-gencert", "-rfc", "-alias", "it"));
    sign.addAll(List.of("-infile", request, "-outfile", certificate));
    sign.addAll(List.of("-ext", "san=ip:127.0.0.1"));
    sign.addAll(List.of(more));
    keytool("ca", sign.toArray(String[]::new));
    keytool(name, "-importcert", "-noprompt", "-alias", "ca", "-file", ca().toString());
    keytool(name, "-importcert", "-noprompt", "-alias", "it", "-file", certificate);
    keytool(name, "-delete", "-alias", "ca");
  }

  private void keytool(String name, String... more) throws IOException {
    List<String> all = new ArrayList<>(List.of(more));
    all.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD));
    all.addAll(List.of("-keystore", folder.resolve(name + ".p12").toString()));
    Program.run(folder, "keytool", all.toArray(String[]::new));
  }
}
