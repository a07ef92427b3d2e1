package dev.assay.smpp.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.api.problem.ProblemException;
import dev.assay.api.spi.SystemClock;
import dev.assay.smpp.codec.Command;
import dev.assay.smpp.codec.Field;
import dev.assay.smpp.codec.Pdu;
import io.netty.handler.ssl.SslContext;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sessions inside TLS. */
@Timeout(60)
class TlsTest {

  @TempDir private Path folder;
  private final Centre centre = new Centre();
  private final SmppTransport transport = SmppTransport.open(1, new SystemClock());

  @AfterEach
  void stop() {
    transport.close();
  }

  /** A certificate of its own that the JDK's keytool makes, as PEM. */
  private void make(String name) throws Exception {
    Path store = folder.resolve(name + ".p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "a",
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                "changeit")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(keytool.waitFor()).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, "changeit".toCharArray());
    }
    pem(name + ".crt", "CERTIFICATE", keys.getCertificate("a").getEncoded());
    pem(name + ".key", "PRIVATE KEY", keys.getKey("a", "changeit".toCharArray()).getEncoded());
  }

  private void pem(String file, String kind, byte[] der) throws Exception {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    Files.writeString(
        folder.resolve(file),
        "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n");
  }

  private SmppServer server(boolean mutual) {
    SslContext tls =
        Tls.server(
            folder.resolve("server.crt"),
            folder.resolve("server.key"),
            mutual ? folder.resolve("client.crt") : null);
    return SmppServer.start(
        transport,
        new InetSocketAddress("localhost", 0),
        "centre",
        SessionOptions.standard(),
        tls,
        centre);
  }

  private CompletableFuture<SmppSession> connect(SmppServer server, @Nullable SslContext tls) {
    return SmppClient.connect(
        transport,
        new InetSocketAddress("localhost", server.address().getPort()),
        SmppClient.bind(Command.BIND_TRANSCEIVER, "user", "secret"),
        SessionOptions.standard(),
        tls,
        new Centre());
  }

  @Test
  void aSessionIsInsideTlsAndBothEndsCanBeKnown() throws Exception {
    make("server");
    make("client");
    Path authority = folder.resolve("server.crt");
    try (SmppServer server = server(true)) {
      SslContext known =
          Tls.client(authority, folder.resolve("client.crt"), folder.resolve("client.key"));

      SmppSession session = connect(server, known).get(30, TimeUnit.SECONDS);
      Pdu answer =
          session
              .request(
                  Pdu.of(Command.SUBMIT_SM)
                      .set(Field.DESTINATION_ADDR, "49170")
                      .set(Field.SHORT_MESSAGE, "x".repeat(200).getBytes(StandardCharsets.US_ASCII))
                      .build())
              .get(30, TimeUnit.SECONDS);

      assertThat(answer.text(Field.MESSAGE_ID)).isEqualTo("1");
      session.unbind();
      assertThat(centre.closed.poll(30, TimeUnit.SECONDS)).isEqualTo(CloseReason.UNBOUND);
      CompletableFuture<SmppSession> stranger = connect(server, Tls.client(authority, null, null));
      assertThatThrownBy(() -> stranger.get(30, TimeUnit.SECONDS))
          .hasRootCauseInstanceOf(SessionException.class);
    }
  }

  @Test
  void aServerThatNobodyVouchesForIsNotBoundTo() throws Exception {
    make("server");
    make("client");
    try (SmppServer server = server(false)) {
      CompletableFuture<SmppSession> session =
          connect(server, Tls.client(folder.resolve("client.crt"), null, null));

      assertThatThrownBy(() -> session.get(30, TimeUnit.SECONDS))
          .hasRootCauseInstanceOf(SessionException.class);
      assertThat(centre.bound).isEmpty();
    }
  }

  @Test
  void aFileThatIsNoKeyIsSaid() throws Exception {
    make("server");
    Path certificate = folder.resolve("server.crt");

    assertThatThrownBy(() -> Tls.server(certificate, certificate, null))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("ASSAY-SMPP-002");
  }
}
