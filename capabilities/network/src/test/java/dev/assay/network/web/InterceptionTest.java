package dev.assay.network.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** TLS that is opened on the way, with Java's own client. */
class InterceptionTest {

  private final TestAuthority company = new TestAuthority(Instant.now());
  private final TestAuthority outside = new TestAuthority(Instant.now());
  private Origin origin;
  private WebProxy proxy;

  @BeforeEach
  void start() throws Exception {
    origin = Origin.https(outside);
    proxy = started(List.of(outside.certificate()));
  }

  private WebProxy started(List<X509Certificate> trusted) {
    return WebProxy.start(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        WebProxy.Setup.OPEN.withInterception(new Interception(company, trusted)));
  }

  @AfterEach
  void stop() {
    proxy.close();
    origin.close();
  }

  private static SSLContext trusting(X509Certificate certificate) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("ca", certificate);
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, factory.getTrustManagers(), null);
    return context;
  }

  private HttpResponse<String> get(WebProxy over, X509Certificate trusted) throws Exception {
    try (HttpClient client =
        HttpClient.newBuilder()
            .proxy(ProxySelector.of(over.address()))
            .sslContext(trusting(trusted))
            .build()) {
      return client.send(
          HttpRequest.newBuilder(URI.create("https://localhost:" + origin.port() + "/secret"))
              .timeout(Duration.ofSeconds(30))
              .build(),
          BodyHandlers.ofString());
    }
  }

  @Test
  void aClientThatTrustsTheCompanySpeaksWithTheProxy() throws Exception {
    HttpResponse<String> answer = get(proxy, company.certificate());
    assertThat(answer.body()).isEqualTo("hello from /secret");
    assertThat(answer.headers().firstValue("via")).contains("1.1 assay");
    X509Certificate shown =
        (X509Certificate) answer.sslSession().orElseThrow().getPeerCertificates()[0];
    assertThat(shown.getIssuerX500Principal())
        .isEqualTo(company.certificate().getSubjectX500Principal());
    shown.verify(company.certificate().getPublicKey());
    assertThat(origin.seen.getFirst().headers().getFirst("Via")).isEqualTo("1.1 assay");
  }

  @Test
  void aClientThatDoesNotTrustTheCompanyRefuses() {
    Assertions.assertThatThrownBy(() -> get(proxy, outside.certificate()))
        .isInstanceOf(SSLHandshakeException.class);
  }

  @Test
  void aServerThatTheProxyDoesNotTrustIsABadGateway() throws Exception {
    try (WebProxy strict = started(List.of())) {
      HttpResponse<String> answer = get(strict, company.certificate());
      assertThat(answer.statusCode()).isEqualTo(502);
      assertThat(answer.body()).contains("no TLS with the server");
    }
  }

  @Test
  void certificatesNameTheHostAndAreOfTheAuthority() throws Exception {
    X509Certificate byName = company.issue("www.example.com");
    assertThat(byName.getSubjectAlternativeNames()).containsExactly(List.of(2, "www.example.com"));
    X509Certificate byAddress = company.issue("127.0.0.1");
    assertThat(byAddress.getSubjectAlternativeNames()).containsExactly(List.of(7, "127.0.0.1"));
    byName.checkValidity();
    assertThat(byName.getBasicConstraints()).isEqualTo(-1);
    assertThat(byName.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
    assertThat(company.certificate().getBasicConstraints()).isEqualTo(Integer.MAX_VALUE);
    assertThat(company.certificate().getKeyUsage()[5]).as("may sign certificates").isTrue();
  }
}
