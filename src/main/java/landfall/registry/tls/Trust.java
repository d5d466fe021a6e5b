package landfall.registry.tls;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import landfall.failure.Code;
import landfall.failure.Parked;
import landfall.target.Target;
import org.jspecify.annotations.Nullable;

/**
 * How one target and the servers it may point to are met by TLS: its own CAs instead of the
 * system's for all of them, and our certificate, which says who we are, for the registry alone.
 */
public record Trust(SSLContext registry, SSLContext others) {
  /** What is offered: older ones are broken. */
  public static final List<String> VERSIONS = List.of("TLSv1.3", "TLSv1.2");

  private static final char[] NO_PASSWORD = {};

  /**
   * Reads the files the target names.
   *
   * @throws Parked when one of them cannot be used
   */
  public static Trust of(Target.Security security) {
    try {
      TrustManager @Nullable [] anchors = anchors(security);
      KeyManager @Nullable [] keys = keys(security);
      SSLContext registry = context(keys, anchors);
      return new Trust(registry, keys == null ? registry : context(null, anchors));
    } catch (GeneralSecurityException | IOException unusable) {
      throw new Parked(
          Code.REGISTRY_TLS, "certificate and key of the target do not fit together", unusable);
    }
  }

  private static SSLContext context(KeyManager @Nullable [] keys, TrustManager @Nullable [] anchors)
      throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys, anchors, null);
    return context;
  }

  private static TrustManager @Nullable [] anchors(Target.Security security)
      throws GeneralSecurityException, IOException {
    if (!security.verify()) {
      return new TrustManager[] {new Anyone()};
    }
    if (security.ca().isEmpty()) {
      return null;
    }
    KeyStore store = empty();
    for (X509Certificate certificate : Pem.read(security.ca().get()).certificates()) {
      store.setCertificateEntry("ca-" + store.size(), certificate);
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  private static KeyManager @Nullable [] keys(Target.Security security)
      throws GeneralSecurityException, IOException {
    Optional<Path> certificate = security.clientCert();
    if (certificate.isEmpty()) {
      return null;
    }
    Path keyFile =
        security
            .clientKey()
            .orElseThrow(
                () -> Pem.unusable(certificate.get(), "is a client certificate without its key"));
    List<X509Certificate> chain = Pem.read(certificate.get()).certificates();
    KeyStore store = empty();
    store.setKeyEntry(
        "client", Pem.read(keyFile).key(), NO_PASSWORD, chain.toArray(X509Certificate[]::new));
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, NO_PASSWORD);
    return factory.getKeyManagers();
  }

  private static KeyStore empty() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  /** Trusts whoever answers: what {@code verify: false} asks for. */
  private static final class Anyone extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
