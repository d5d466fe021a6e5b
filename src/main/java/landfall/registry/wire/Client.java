package landfall.registry.wire;

import java.net.URI;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.SSLContext;
import landfall.registry.tls.Trust;
import landfall.target.HostPort;
import landfall.target.Target;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.NoopHostnameVerifier;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.reactor.ssl.SSLBufferMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * Builds the HTTP client of a target, with everything switched off that would act on its own:
 * retries, redirects, cookies, logins, proxies, decompression.
 */
final class Client {
  private static final int CONNECTIONS_PER_IMAGE = 6;
  private static final TimeValue KEPT = TimeValue.ofSeconds(3);
  private static final TimeValue UNCHECKED = TimeValue.ofMilliseconds(500);

  /** Headers of one answer, and bytes of one header. */
  static final int MOST_HEADERS = 200;

  static final int LONGEST_HEADER = 64 * 1024;

  private static final Http1Config LIMITS =
      Http1Config.custom().setMaxHeaderCount(MOST_HEADERS).setMaxLineLength(LONGEST_HEADER).build();

  /** Names what is run when the request goes out. */
  static final String ANSWER = "landfall.answer";

  static final RequestConfig REQUESTS =
      RequestConfig.custom()
          .setExpectContinueEnabled(false)
          .setAuthenticationEnabled(false)
          .setRedirectsEnabled(false)
          .setContentCompressionEnabled(false)
          .setProtocolUpgradeEnabled(false)
          .setConnectionRequestTimeout(Timeout.ofMinutes(5))
          .build();

  private Client() {}

  static CloseableHttpClient of(PoolingHttpClientConnectionManager connections, Reuse reuse) {
    return HttpClients.custom()
        .setConnectionManager(connections)
        .setConnectionReuseStrategy(reuse)
        .addRequestInterceptorLast(Client::begin)
        .addResponseInterceptorLast(Client::unlabel)
        .setKeepAliveStrategy((response, context) -> KEPT)
        .setDefaultRequestConfig(REQUESTS)
        .setUserAgent("landfall")
        .disableAutomaticRetries()
        .disableRedirectHandling()
        .disableCookieManagement()
        .disableContentCompression()
        .disableAuthCaching()
        .disableConnectionState()
        .build();
  }

  /** From here on it is the registry that is waited for, no longer a free connection to it. */
  private static void begin(HttpRequest request, EntityDetails entity, HttpContext context) {
    if (context.getAttribute(ANSWER) instanceof Runnable waiting) {
      waiting.run();
    }
  }

  /** A connection is kept for its upload session only for as long as there is one. */
  private static void unlabel(HttpResponse response, EntityDetails entity, HttpContext context) {
    HttpClientContext sent = HttpClientContext.castOrCreate(context);
    boolean piece = sent.getRequest().getMethod().equals("PATCH");
    int status = response.getCode();
    boolean goesOn = status == 202 || (piece && (status < 300 || status == 401));
    if (!goesOn) {
      sent.setUserToken(null);
    }
  }

  static PoolingHttpClientConnectionManager connections(Target target, Trust trust, Times times) {
    int most = target.limits().mostImages() * CONNECTIONS_PER_IMAGE;
    return PoolingHttpClientConnectionManagerBuilder.create()
        .setConnectionFactory(
            ManagedHttpClientConnectionFactory.builder()
                .http1Config(LIMITS)
                .responseOutOfOrderStrategy(new EarlyAnswers())
                .build())
        .setTlsSocketStrategy(tls(target, trust))
        .setDnsResolver(new Names(HostPort.parse(target.registry()).host()))
        .setMaxConnTotal(most)
        .setMaxConnPerRoute(most)
        .setDefaultSocketConfig(
            SocketConfig.custom()
                .setTcpNoDelay(true)
                .setSoKeepAlive(true)
                .setSoTimeout((int) times.idle().toMillis(), TimeUnit.MILLISECONDS)
                .build())
        .setDefaultConnectionConfig(
            ConnectionConfig.custom()
                .setConnectTimeout(times.connect().toMillis(), TimeUnit.MILLISECONDS)
                .setSocketTimeout((int) times.idle().toMillis(), TimeUnit.MILLISECONDS)
                .setValidateAfterInactivity(UNCHECKED)
                .build())
        .build();
  }

  private static TlsSocketStrategy tls(Target target, Trust trust) {
    HostPort registry = HostPort.parse(target.registry());
    int port = HostPort.portOf(URI.create("https://" + registry));
    TlsSocketStrategy own = tls(target, trust.registry());
    TlsSocketStrategy others = tls(target, trust.others());
    return (socket, name, at, attachment, context) ->
        (name.equalsIgnoreCase(registry.host()) && at == port ? own : others)
            .upgrade(socket, name, at, attachment, context);
  }

  private static TlsSocketStrategy tls(Target target, SSLContext context) {
    HostnameVerifier none = NoopHostnameVerifier.INSTANCE;
    boolean verify = target.security().verify();
    return new DefaultClientTlsStrategy(
        context,
        Trust.VERSIONS.toArray(String[]::new),
        null,
        SSLBufferMode.STATIC,
        verify ? HostnameVerificationPolicy.BUILTIN : HostnameVerificationPolicy.CLIENT,
        none);
  }
}
