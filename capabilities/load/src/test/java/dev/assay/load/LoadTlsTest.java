package dev.assay.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.assay.load.LoadFixture.Run;
import dev.assay.load.TlsServer.Break;
import dev.assay.load.TlsServer.Manner;
import dev.assay.load.engine.SocketKind;
import dev.assay.testkit.ScriptedServer;
import dev.assay.testkit.ScriptedServer.Reply;
import dev.assay.testkit.ScriptedServer.Then;
import dev.assay.testkit.TestContext;
import io.netty.handler.ssl.OpenSsl;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class LoadTlsTest {

  private static final int ARRIVALS = 20;

  /** Both implementations must do the same. */
  enum Provider {
    BORINGSSL,
    JDK
  }

  @TempDir static Path folder;
  private static TestCertificates certificates;

  @BeforeAll
  static void issueCertificates() throws Exception {
    certificates = new TestCertificates(folder);
    certificates.issue("server", "dns:localhost,ip:127.0.0.1");
    certificates.issue("other", "dns:other.test");
    certificates.issueExpired("expired", "dns:localhost");
    certificates.issue("client", "dns:client.test");
    certificates.issue("clientRsa", "dns:client.test", "RSA", "-validity", "30");
  }

  private static LoadFixture load(Provider provider, String tls) {
    assumeTrue(provider == Provider.JDK || OpenSsl.isAvailable(), "no BoringSSL for this machine");
    String name = provider.name().toLowerCase(Locale.ROOT);
    String keys = tls.isEmpty() ? "provider: " + name : tls + ", provider: " + name;
    return new LoadFixture()
        .rate(ARRIVALS)
        .connections(2)
        .timeout(Duration.ofSeconds(20))
        .with("tls: { " + keys + " }")
        .get("/");
  }

  private static Run run(LoadFixture load, String url) throws Exception {
    return load.run(new TestContext(folder, folder, URI.create(url)));
  }

  private static void refused(Run run, String sentence) {
    run.accountsFor(ARRIVALS);
    assertThat(run.errors("tls")).isEqualTo(ARRIVALS);
    assertThat(run.events("load.error").getFirst().message()).contains(sentence);
  }

  private static void went(Run run) {
    run.accountsFor(ARRIVALS);
    assertThat(run.events("load.error")).isEmpty();
    assertThat(run.sum("errors")).isZero();
  }

  // ---- the server's certificate

  @ParameterizedTest
  @EnumSource
  void aServerOfATrustedAuthorityIsServedAndItsHandshakesMeasured(Provider provider)
      throws Exception {
    try (TlsServer server = new TlsServer(certificates, new Manner())) {
      Run run = run(load(provider, "trust: ca.pem"), server.url("localhost"));

      went(run);
      assertThat(run.histogram("tls.time").getTotalCount()).isEqualTo(server.connections());
      assertThat(run.histogram("tls.time").getMinValue()).isPositive();
      assertThat(server.connections()).isBetween(1, 2);
      assertThat(server.names()).containsOnly("localhost");
      assertThat(server.versions()).containsOnly("TLSv1.3");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aServerOfAnUnknownAuthorityIsRefused(Provider provider) throws Exception {
    try (TlsServer server = new TlsServer(certificates, new Manner())) {
      refused(run(load(provider, ""), server.url("localhost")), "not trusted");
    }
  }

  @ParameterizedTest
  @EnumSource
  void anExpiredCertificateIsRefused(Provider provider) throws Exception {
    try (TlsServer server = new TlsServer(certificates, new Manner().certificate("expired"))) {
      Run run = run(load(provider, "trust: ca.pem"), server.url("localhost"));
      refused(run, "certificate has expired");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aCertificateOfAnotherHostIsRefused(Provider provider) throws Exception {
    try (TlsServer server = new TlsServer(certificates, new Manner().certificate("other"))) {
      Run name = run(load(provider, "trust: ca.pem"), server.url("localhost"));
      refused(name, "for another host");
      assertThat(name.events("load.error").getFirst().message()).contains("'server name'");
      Run address = run(load(provider, "trust: ca.pem"), server.url("127.0.0.1"));
      refused(address, "for another host");
    }
  }

  @ParameterizedTest
  @EnumSource
  void theServerNameIsAskedForAndCheckedInsteadOfTheHost(Provider provider) throws Exception {
    try (TlsServer server = new TlsServer(certificates, new Manner().certificate("other"))) {
      String tls = "trust: ca.pem, server name: other.test";
      went(run(load(provider, tls), server.url("127.0.0.1")));
      assertThat(server.names()).containsOnly("other.test");
    }
  }

  @ParameterizedTest
  @EnumSource
  void anAddressIsCheckedButNotAskedForByName(Provider provider) throws Exception {
    try (TlsServer server = new TlsServer(certificates, new Manner())) {
      went(run(load(provider, "trust: ca.pem"), server.url("127.0.0.1")));
      assertThat(server.names()).containsOnly("");
    }
  }

  @ParameterizedTest
  @EnumSource
  void insecureTakesAnyCertificateForAnyHost(Provider provider) throws Exception {
    try (TlsServer expired = new TlsServer(certificates, new Manner().certificate("expired"));
        TlsServer other = new TlsServer(certificates, new Manner().certificate("other"))) {
      went(run(load(provider, "insecure: true"), expired.url("localhost")));
      went(run(load(provider, "insecure: true"), other.url("localhost")));
      went(run(load(provider, "insecure: true"), other.url("127.0.0.1")));
    }
  }

  // ---- the client's certificate

  @ParameterizedTest
  @CsvSource({
    "BORINGSSL, client, TLSv1.3", "BORINGSSL, clientRsa, TLSv1.3", "BORINGSSL, client, TLSv1.2",
    "JDK, client, TLSv1.3", "JDK, clientRsa, TLSv1.3", "JDK, client, TLSv1.2"
  })
  void aClientShowsItsCertificate(Provider provider, String who, String version) throws Exception {
    Manner manner = new Manner().wantsClients().versions(version);
    try (TlsServer server = new TlsServer(certificates, manner)) {
      String tls = "trust: ca.pem, certificate: " + who + ".pem, key: " + who + ".key";
      went(run(load(provider, tls), server.url("localhost")));
      assertThat(server.clients()).containsOnly("CN=" + who);
    }
  }

  @ParameterizedTest
  @CsvSource({"BORINGSSL, TLSv1.3", "BORINGSSL, TLSv1.2", "JDK, TLSv1.3", "JDK, TLSv1.2"})
  void aServerThatWantsAClientCertificateSaysSo(Provider provider, String version)
      throws Exception {
    Manner manner = new Manner().wantsClients().versions(version);
    try (TlsServer server = new TlsServer(certificates, manner)) {
      Run run = run(load(provider, "trust: ca.pem"), server.url("localhost"));
      refused(run, "'certificate' and 'key'");
      assertThat(server.connections()).isZero();
    }
  }

  // ---- versions, and servers that do not speak TLS

  @ParameterizedTest
  @CsvSource({"BORINGSSL, TLSv1.2", "BORINGSSL, TLSv1.3", "JDK, TLSv1.2", "JDK, TLSv1.3"})
  void aServerOfOneVersionIsServed(Provider provider, String version) throws Exception {
    try (TlsServer server = new TlsServer(certificates, new Manner().versions(version))) {
      went(run(load(provider, "trust: ca.pem"), server.url("localhost")));
      assertThat(server.versions()).containsOnly(version);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aServerThatAnswersInPlainTextIsToldApart(Provider provider) throws Exception {
    try (ServerSocket plain = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual()
          .start(() -> answerEach(plain, "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"));
      Run run = run(load(provider, ""), "https://127.0.0.1:" + plain.getLocalPort());
      refused(run, "does not speak TLS");
    }
  }

  private static void answerEach(ServerSocket server, String answer) {
    try {
      while (true) {
        var socket = server.accept();
        socket.getInputStream().read(new byte[1024]);
        socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
      }
    } catch (IOException _) {
      // closed
    }
  }

  @ParameterizedTest
  @EnumSource
  void aHandshakeThatNeverEndsTimesOut(Provider provider) throws Exception {
    // Its bytes never look like a request's end to a server of plain text.
    try (ScriptedServer silent = ScriptedServer.start(request -> Reply.of().then(Then.CLOSE))) {
      LoadFixture load = load(provider, "").connections(ARRIVALS).timeout(Duration.ofMillis(300));
      Run run = run(load, "https://127.0.0.1:" + silent.uri().getPort());
      run.accountsFor(ARRIVALS);
      // The last of them may find the run over before their own time is.
      assertThat(run.errors("tls")).isBetween(ARRIVALS / 2L, (long) ARRIVALS);
      // Where the run's end comes first, its closing is what is seen of the handshake.
      assertThat(run.events("load.error").getFirst().message())
          .containsAnyOf("not done within the time-out", "closed during the TLS handshake");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aServerThatRefusesIsNoMatterOfTls(Provider provider) throws Exception {
    Run run = run(load(provider, ""), "https://127.0.0.1:" + ScriptedServer.refusedPort());
    assertThat(run.errors("connect")).isEqualTo(ARRIVALS);
    run.accountsFor(ARRIVALS);
  }

  // ---- bytes

  @ParameterizedTest
  @EnumSource
  void bodiesOfManyRecordsComeThroughBothWays(Provider provider) throws Exception {
    int body = 700_001;
    try (TlsServer server = new TlsServer(certificates, new Manner().body(body))) {
      String step = "{ post: /, body: \"" + "x".repeat(300_000) + "\" }";
      LoadFixture load =
          new LoadFixture()
              .rate(10)
              .with("tls: { trust: ca.pem, provider: " + name(provider) + " }")
              .step(step);
      Run run = run(load, server.url("localhost"));
      run.accountsFor(10);
      assertThat(run.sum("errors")).isZero();
      assertThat(server.received()).isEqualTo(10 * 300_000);
      assertThat(run.sum("bytes.received")).isBetween(10L * body, 10L * body + 10 * 200);
    }
  }

  private static String name(Provider provider) {
    return provider.name().toLowerCase(Locale.ROOT);
  }

  @ParameterizedTest
  @EnumSource
  void aBodyMayEndWithTheConnectionButNotWhereItsLengthSaysMore(Provider provider)
      throws Exception {
    Manner whole = new Manner().breaks(Break.ENDS_BODY_BARELY);
    Manner half = new Manner().breaks(Break.HALF_BODY);
    try (TlsServer ending = new TlsServer(certificates, whole);
        TlsServer halving = new TlsServer(certificates, half)) {
      went(run(load(provider, "trust: ca.pem"), ending.url("localhost")));
      Run run = run(load(provider, "trust: ca.pem"), halving.url("localhost"));
      run.accountsFor(ARRIVALS);
      assertThat(run.errors("closed")).isEqualTo(ARRIVALS);
    }
  }

  @ParameterizedTest
  @EnumSource
  void bytesThatAreNoRecordBreakTheConnection(Provider provider) throws Exception {
    Manner manner = new Manner().breaks(Break.GARBAGE);
    try (TlsServer server = new TlsServer(certificates, manner)) {
      Run run = run(load(provider, "trust: ca.pem"), server.url("localhost"));
      run.accountsFor(ARRIVALS);
      assertThat(run.errors("tls")).isEqualTo(ARRIVALS);
    }
  }

  // ---- sessions

  @ParameterizedTest
  @CsvSource({"BORINGSSL, TLSv1.3", "BORINGSSL, TLSv1.2", "JDK, TLSv1.3", "JDK, TLSv1.2"})
  void newConnectionsResumeTheSession(Provider provider, String version) throws Exception {
    Manner manner = new Manner().closes().versions(version);
    try (TlsServer server = new TlsServer(certificates, manner)) {
      went(run(load(provider, "trust: ca.pem").connections(1), server.url("localhost")));
      assertThat(server.connections()).isEqualTo(ARRIVALS);
      assertThat(server.sessions()).isOne();
    }
  }

  @ParameterizedTest
  @CsvSource({"BORINGSSL, TLSv1.3", "BORINGSSL, TLSv1.2", "JDK, TLSv1.3", "JDK, TLSv1.2"})
  void withoutResumeEachConnectionBeginsAnew(Provider provider, String version) throws Exception {
    Manner manner = new Manner().closes().versions(version);
    try (TlsServer server = new TlsServer(certificates, manner)) {
      String tls = "trust: ca.pem, resume: false";
      went(run(load(provider, tls).connections(1), server.url("localhost")));
      assertThat(server.connections()).isEqualTo(ARRIVALS);
      assertThat(server.sessions()).isGreaterThan(ARRIVALS / 2);
    }
  }

  @Test
  void bothProvidersWorkOnSocketsOfTheJdk() throws Exception {
    try (TlsServer server = new TlsServer(certificates, new Manner().body(100_000))) {
      for (Provider provider : Provider.values()) {
        LoadFixture load = load(provider, "trust: ca.pem").sockets(SocketKind.NIO);
        went(run(load, server.url("localhost")));
      }
    }
  }

  @Test
  void aServerNameIsAName() {
    assertThatThrownBy(() ->
            new LoadFixture().with("tls: { server name: \"https://x\" }").get("/").configuration())
        .hasMessageContaining("no name of a host");
  }
}
