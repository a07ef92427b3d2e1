package dev.assay.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.api.evidence.Attempt;
import dev.assay.api.evidence.Finding;
import dev.assay.api.evidence.Measured;
import dev.assay.api.evidence.Outcome;
import dev.assay.api.problem.ProblemException;
import dev.assay.testkit.RecordingSink;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {

  @TempDir static Path folder;

  private static TestCertificates certificates;
  private static ShopServer server;

  @BeforeAll
  static void start() throws Exception {
    certificates = new TestCertificates(folder);
    SSLContext tls = certificates.serverFor("shop", "ip:127.0.0.1", "-validity", "30");
    server = ShopServer.start(tls).on("/", 200, "ok");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static RecordingSink run(FlowBuilder flow, URI target) throws Exception {
    return flow.run(new MaskingContext(folder, target));
  }

  private static Attempt attempt(RecordingSink sink) {
    assertThat(sink.outcomes()).hasSize(1);
    return sink.outcomes().getFirst().attempts().getFirst();
  }

  @Test
  void theDetailsOfTheConnectionAreCompared() throws Exception {
    RecordingSink sink =
        run(
            FlowBuilder.of(
                    StepBuilder.get("/")
                        .expectTls("version", "TLSv1.3")
                        .expectTls("cipher", "~ AES|CHACHA20")
                        .expectTls("expires", "> 14 d")
                        .expectTls("subject", "~ CN=shop")
                        .expectTls("issuer", "~ O=Assay"))
                .trust("shop.pem"),
            server.uri());

    assertThat(attempt(sink).message()).isNull();
    assertThat(attempt(sink).result()).isEqualTo(Attempt.Result.PASSED);
    Measured.Scalar expires = (Measured.Scalar) sink.measurements("tls.expires").getFirst().value();
    assertThat(Duration.ofNanos((long) expires.value()))
        .isBetween(Duration.ofDays(29), Duration.ofDays(30));
  }

  @Test
  void detailsThatDoNotHoldAreShown() throws Exception {
    Attempt attempt =
        attempt(
            run(
                FlowBuilder.of(
                        StepBuilder.get("/")
                            .expectTls("version", "TLSv1.2")
                            .expectTls("cipher", "~ RC4")
                            .expectTls("expires", "> 90 d"))
                    .trust("shop.pem"),
                server.uri()));

    assertThat(attempt.type()).isEqualTo("tls");
    assertThat(attempt.result()).isEqualTo(Attempt.Result.FAILED);
    assertThat(attempt.message())
        .isEqualTo("expected tls version = TLSv1.2, got TLSv1.3 (and 2 more)");
    assertThat(attempt.detail())
        .contains("expected tls cipher ~ RC4", "expected tls expires > 90 d");
  }

  @Test
  void aCertificateThatNobodyTrustsSaysHowToTrustIt() throws Exception {
    Attempt attempt = attempt(run(FlowBuilder.of(StepBuilder.get("/")), server.uri()));

    assertThat(attempt.result()).isEqualTo(Attempt.Result.ERROR);
    assertThat(attempt.type()).isEqualTo("tls");
    assertThat(attempt.message())
        .isEqualTo(
            "ASSAY-HTTP-014 the certificate of 127.0.0.1:"
                + server.port()
                + " is not signed by anyone trusted; name the authority that signed it with"
                + " 'trust: FILE.pem'");
  }

  @Test
  void aCertificateForAnotherHostIsRefused() throws Exception {
    SSLContext tls = certificates.serverFor("other", "dns:other.example");
    try (ShopServer other = ShopServer.start(tls).on("/", 200, "ok")) {
      Attempt attempt =
          attempt(run(FlowBuilder.of(StepBuilder.get("/")).trust("other.pem"), other.uri()));

      assertThat(attempt.type()).isEqualTo("tls");
      assertThat(attempt.message()).contains("is for another host");
    }
  }

  @Test
  void anExpiredCertificateIsRefused() throws Exception {
    SSLContext tls = certificates.signedServerFor("signed", "ip:127.0.0.1", "-10d", "5");
    try (ShopServer old = ShopServer.start(tls).on("/", 200, "ok")) {
      Attempt attempt =
          attempt(run(FlowBuilder.of(StepBuilder.get("/")).trust("authority.pem"), old.uri()));

      assertThat(attempt.type()).isEqualTo("tls");
      assertThat(attempt.message()).contains("has expired; renew it");
      assertThat(old.asked()).isEmpty();
    }
  }

  @Test
  void anExpiredCertificateIsRefusedEvenWhereItIsItselfTrusted() throws Exception {
    SSLContext tls =
        certificates.serverFor("old", "ip:127.0.0.1", "-startdate", "-10d", "-validity", "5");
    try (ShopServer old = ShopServer.start(tls).on("/", 200, "ok")) {
      Attempt attempt =
          attempt(run(FlowBuilder.of(StepBuilder.get("/")).trust("old.pem"), old.uri()));

      assertThat(attempt.type()).isEqualTo("tls");
      assertThat(attempt.message()).contains("has expired; renew it");
    }
  }

  @Test
  void aCertificateOfATrustedAuthorityIsAccepted() throws Exception {
    SSLContext tls = certificates.signedServerFor("good", "ip:127.0.0.1", "-1d", "50");
    try (ShopServer good = ShopServer.start(tls).on("/", 200, "ok")) {
      RecordingSink sink =
          run(FlowBuilder.of(StepBuilder.get("/")).trust("authority.pem"), good.uri());

      assertThat(attempt(sink).result()).isEqualTo(Attempt.Result.PASSED);
    }
  }

  @Test
  void insecureAcceptsAnyCertificateAndSaysSo() throws Exception {
    SSLContext tls = certificates.serverFor("any", "dns:other.example");
    try (ShopServer any = ShopServer.start(tls).on("/", 200, "ok")) {
      RecordingSink sink = run(FlowBuilder.of(StepBuilder.get("/")).insecure(), any.uri());

      assertThat(attempt(sink).result()).isEqualTo(Attempt.Result.PASSED);
      Finding finding = sink.of(Finding.class).getFirst();
      assertThat(finding.rule()).isEqualTo("http.insecure");
      assertThat(finding.severity()).isEqualTo(Finding.Severity.WARNING);
    }
  }

  @Test
  void aPortThatDoesNotSpeakTlsIsNamed() throws Exception {
    try (RawServer plain =
        RawServer.startEager(RawServer.stall("HTTP/1.1 400 Bad Request\r\n\r\n"))) {
      Attempt attempt =
          attempt(
              run(
                  FlowBuilder.of(
                      StepBuilder.get("https://127.0.0.1:" + plain.uri().getPort() + "/")),
                  plain.uri()));

      assertThat(attempt.type()).isEqualTo("tls");
      assertThat(attempt.message()).contains("does not speak TLS; use http://");
    }
  }

  @Test
  void plainHttpToATlsPortIsAProtocolFailure() throws Exception {
    Outcome outcome =
        run(
                FlowBuilder.of(StepBuilder.get("http://127.0.0.1:" + server.port() + "/")),
                server.uri())
            .outcomes()
            .getFirst();

    assertThat(outcome.attempts().getFirst().type()).isEqualTo("protocol");
  }

  @Test
  void aRedirectToPlainHttpIsNotFollowed() throws Exception {
    server.on("/down", 302, "", "location", "http://127.0.0.1:1/");

    Attempt attempt =
        attempt(
            run(
                FlowBuilder.of(StepBuilder.get("/down")).trust("shop.pem").followRedirects(),
                server.uri()));

    assertThat(attempt.type()).isEqualTo("protocol");
    assertThat(attempt.message()).contains("a redirect leads from https:// to 'http://");
  }

  @Test
  void aFileOfTrustThatCannotBeUsedIsAProblem() throws Exception {
    Files.writeString(folder.resolve("empty.pem"), "");
    Files.writeString(folder.resolve("junk.pem"), "-----BEGIN CERTIFICATE-----\nno\n");

    for (String file : new String[] {"none.pem", "empty.pem", "junk.pem", "."}) {
      assertThatThrownBy(() -> run(FlowBuilder.of(StepBuilder.get("/")).trust(file), server.uri()))
          .as(file)
          .isInstanceOf(ProblemException.class)
          .hasMessageContaining("ASSAY-HTTP-010 assay.yaml:3:5");
    }
  }
}
