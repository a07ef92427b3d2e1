package dev.assay.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.assay.load.LoadFixture.Run;
import dev.assay.testkit.ScriptedServer;
import dev.assay.testkit.ScriptedServer.Reply;
import dev.assay.testkit.ScriptedServer.Then;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class LoadTlsTest {

  private static final char[] PASSWORD = "changeit".toCharArray();

  @Test
  void speaksTlsWithATrustedServerAndRefusesAnother(@TempDir Path folder) throws Exception {
    KeyStore keys = keys(folder);
    SslContext trust =
        SslContextBuilder.forClient()
            .sslProvider(SslProvider.JDK)
            .trustManager((X509Certificate) keys.getCertificate("server"))
            .build();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      HttpsServer server = server(keys, threads);
      URI uri = URI.create("https://localhost:" + server.getAddress().getPort());
      try {
        Run trusted = new LoadFixture().rate(100).trust(trust).get("/").run(uri);
        assertThat(trusted.sum("errors")).isZero();
        trusted.accountsFor(100);

        Run strange = new LoadFixture().rate(40).get("/").run(uri);
        assertThat(strange.errors("tls")).isEqualTo(40);
        assertThat(strange.events("load.error").getFirst().message()).startsWith("tls: ");
        strange.accountsFor(40);
      } finally {
        server.stop(0);
      }
    }
  }

  @Test
  void aServerThatSpeaksNoTlsOrClosesOrRefusesIsToldApart() throws Exception {
    try (ScriptedServer plain = ScriptedServer.start(request -> Reply.of().then(Then.CLOSE))) {
      // The handshake's bytes never look like a request's end; the time-out ends it.
      Run silent =
          new LoadFixture()
              .rate(20)
              .timeout(java.time.Duration.ofMillis(300))
              .url("https://127.0.0.1:" + plain.uri().getPort())
              .get("/")
              .run((URI) null);
      assertThat(silent.errors("tls")).isEqualTo(20);
      silent.accountsFor(20);
    }
    Run refused =
        new LoadFixture()
            .rate(20)
            .url("https://127.0.0.1:" + ScriptedServer.refusedPort())
            .get("/")
            .run((URI) null);
    assertThat(refused.errors("connect")).isEqualTo(20);
    refused.accountsFor(20);
  }

  private static HttpsServer server(KeyStore keys, ExecutorService threads) throws Exception {
    KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
    managers.init(keys, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 5);
          exchange.getResponseBody().write(new byte[5]);
          exchange.close();
        });
    server.start();
    return server;
  }

  /** A key with a certificate for localhost, made by the JDK's own keytool. */
  private static KeyStore keys(Path folder) throws Exception {
    Path file = folder.resolve("keys.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-storepass",
                "changeit",
                "-keystore",
                file.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool.log").toFile())
            .start();
    assertThat(keytool.waitFor()).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, PASSWORD);
    }
    return keys;
  }
}
