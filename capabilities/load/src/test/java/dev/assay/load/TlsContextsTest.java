package dev.assay.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.problem.ProblemException;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.ReferenceCountedOpenSslContext;
import io.netty.handler.ssl.SslContext;
import io.netty.util.ReferenceCountUtil;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.util.Arrays;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TlsContextsTest {

  @TempDir static Path folder;
  private static TestCertificates certificates;

  @BeforeAll
  static void issueCertificates() throws Exception {
    certificates = new TestCertificates(folder);
    certificates.issue("rsa", "dns:client.test", "RSA", "-validity", "30");
    certificates.issue("ec", "dns:client.test");
    certificates.issue("ed", "dns:client.test", "Ed25519", "-validity", "30");
  }

  private static SslContext make(String tls, boolean boringThere) {
    LoadConfiguration configuration =
        new LoadFixture().with("tls: { " + tls + " }").get("/").configuration();
    return new TlsContexts(folder, configuration, () -> boringThere).make();
  }

  private static ProblemException problem(String tls) {
    return Assertions.catchThrowableOfType(
        ProblemException.class, () -> make(tls, OpenSsl.isAvailable()));
  }

  @Test
  void withoutBoringSslTheJdkDoesItQuietlyUnlessBoringSslIsAskedFor() {
    assertThat(make("insecure: true", false)).isInstanceOf(JdkSslContext.class);
    assertThat(make("provider: jdk", true)).isInstanceOf(JdkSslContext.class);
    ProblemException none =
        Assertions.catchThrowableOfType(
            ProblemException.class, () -> make("provider: boringssl", false));
    assertThat(none).hasMessageContaining("no BoringSSL");
    if (OpenSsl.isAvailable()) {
      SslContext best = make("provider: best", true);
      assertThat(best).isInstanceOf(ReferenceCountedOpenSslContext.class);
      ReferenceCountUtil.release(best);
    }
  }

  @Test
  void keysOfEachKindAreTaken() {
    for (String who : new String[] {"rsa", "ec", "ed"}) {
      assertThat(make("certificate: " + who + ".pem, key: " + who + ".key", false)).isNotNull();
    }
  }

  @Test
  void aKeyOfAnotherCertificateIsRefused() {
    assertThat(problem("certificate: rsa.pem, key: ec.key"))
        .hasMessageContaining("'ec.key'")
        .hasMessageContaining("'rsa.pem'");
  }

  @Test
  void anEncryptedKeyIsToldHowToConvert() throws Exception {
    byte[] secret = {'s', 'e', 'c', 'r', 'e', 't'};
    certificates.write("locked.key", "ENCRYPTED PRIVATE KEY", secret);
    assertThat(problem("certificate: rsa.pem, key: locked.key"))
        .hasMessageContaining("is encrypted")
        .hasMessageContaining("openssl pkcs8 -topk8 -nocrypt -in locked.key -out pkcs8-locked.key");
    Files.writeString(
        folder.resolve("old.key"),
        "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\n"
            + "c2VjcmV0\n-----END RSA PRIVATE KEY-----\n");
    assertThat(problem("certificate: rsa.pem, key: old.key"))
        .hasMessageContaining("'old.key'")
        .hasMessageContaining("openssl pkcs8 -topk8");
  }

  @Test
  void aKeyOfPkcs1IsToldHowToConvert() throws Exception {
    Key key = certificates.store().getKey("rsa", TestCertificates.PASSWORD);
    // Within PKCS #8 it stands behind version, algorithm and the head of an octet string.
    byte[] whole = key.getEncoded();
    certificates.write("pkcs1.key", "RSA PRIVATE KEY", Arrays.copyOfRange(whole, 26, whole.length));
    assertThat(problem("certificate: rsa.pem, key: pkcs1.key"))
        .hasMessageContaining("a RSA key in its old form")
        .hasMessageContaining("openssl pkcs8 -topk8 -nocrypt -in pkcs1.key");
    certificates.write("sec1.key", "EC PRIVATE KEY", whole);
    assertThat(problem("certificate: rsa.pem, key: sec1.key"))
        .hasMessageContaining("openssl pkcs8 -topk8 -nocrypt -in sec1.key");
  }

  @Test
  void brokenFilesAreNamedAndNothingOfThemIsShown() throws Exception {
    String secret = "TWFueSBzZWNyZXRz";
    Files.writeString(
        folder.resolve("broken.key"),
        "-----BEGIN PRIVATE KEY-----\n" + secret + "\n-----END PRIVATE KEY-----\n");
    Files.writeString(
        folder.resolve("broken.pem"),
        "-----BEGIN CERTIFICATE-----\n" + secret + "\n-----END CERTIFICATE-----\n");
    Files.writeString(folder.resolve("empty.pem"), "");
    String own = "certificate: rsa.pem, key: ";
    assertThat(problem(own + "broken.key"))
        .hasMessageContaining("'broken.key' is broken")
        .hasMessageNotContaining(secret);
    assertThat(problem(own + "rsa.pem")).hasMessageContaining("holds no private key");
    assertThat(problem(own + "none.key")).hasMessageContaining("'none.key' cannot be read");
    assertThat(problem("trust: broken.pem"))
        .hasMessageContaining("'broken.pem' holds no certificate, or a broken one")
        .hasMessageNotContaining(secret);
    assertThat(problem("trust: empty.pem")).hasMessageContaining("'empty.pem'");
    assertThat(problem("trust: rsa.key")).hasMessageContaining("'rsa.key'");
  }
}
