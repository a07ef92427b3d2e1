package dev.assay.server.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.assay.server.hook.PinnedPost.RefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The address that was looked at is the one that is posted to. */
@Timeout(120)
class PinnedPostTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final SSLSocketFactory TLS = (SSLSocketFactory) SSLSocketFactory.getDefault();

  private final Queue<String> came = new ConcurrentLinkedQueue<>();
  private final AtomicInteger asked = new AtomicInteger();
  private HttpServer receiver;

  @BeforeEach
  void listen() throws IOException {
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    serve(receiver);
  }

  private void serve(HttpServer server) {
    server.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          came.add(
              exchange.getRequestURI()
                  + " "
                  + exchange.getRequestHeaders().getFirst("Host")
                  + " "
                  + exchange.getRequestHeaders().getFirst("webhook-id")
                  + " "
                  + body);
          boolean moves = exchange.getRequestURI().getPath().equals("/moved");
          exchange.getResponseHeaders().set("Retry-After", "17");
          exchange.getResponseHeaders().set("Location", "/elsewhere");
          exchange.sendResponseHeaders(moves ? 302 : 429, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void close() {
    receiver.stop(0);
  }

  private int port() {
    return receiver.getAddress().getPort();
  }

  private InetAddress[] here(String host) throws UnknownHostException {
    asked.incrementAndGet();
    assertThat(host).isEqualTo("hook.example");
    return new InetAddress[] {InetAddress.getLoopbackAddress()};
  }

  /** A name that is a public address when it is first asked for, and this machine ever after. */
  private InetAddress[] turncoat(String host) throws UnknownHostException {
    return asked.getAndIncrement() == 0
        ? new InetAddress[] {InetAddress.getByAddress(host, new byte[] {93, (byte) 184, 32, 1})}
        : here(host);
  }

  @Test
  void itIsPostedToTheAddressThatWasFoundUnderTheNameOfTheHost() throws IOException {
    PinnedPost post = new PinnedPost(this::here, true, () -> TLS);
    PinnedPost.Answer answer =
        post.send(
            URI.create("http://hook.example:" + port() + "/a%20b?c=d"),
            Map.of("webhook-id", "m1"),
            "grüße",
            PATIENCE);

    assertThat(answer).isEqualTo(new PinnedPost.Answer(429, Duration.ofSeconds(17)));
    assertThat(came).containsExactly("/a%20b?c=d hook.example:" + port() + " m1 grüße");
    assertThat(asked.get()).as("how often the name was asked for").isEqualTo(1);
  }

  @Test
  void aNameThatWasPublicWhenTheWebhookWasMadeAndIsThisMachineNowIsRefused() {
    PinnedPost post = new PinnedPost(this::turncoat, false, () -> TLS);
    assertThat(post.wrong("hook.example")).isNull();

    assertThatThrownBy(() ->
            post.send(URI.create("http://hook.example:" + port() + "/"), Map.of(), "{}", PATIENCE))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("127.0.0.1, which is no public address");
    assertThat(came).isEmpty();
  }

  @Test
  void aNameWithOnePublicAddressAndOneOfThisMachineIsRefused() {
    PinnedPost post =
        new PinnedPost(
            host ->
                new InetAddress[] {
                  InetAddress.getByAddress(host, new byte[] {93, (byte) 184, 32, 1}),
                  InetAddress.getLoopbackAddress()
                },
            false,
            () -> TLS);
    assertThat(post.wrong("hook.example")).contains("no public address");
  }

  @Test
  void aRedirectIsNotFollowed() throws IOException {
    PinnedPost post = new PinnedPost(this::here, true, () -> TLS);
    URI moved = URI.create("http://hook.example:" + port() + "/moved");

    assertThat(post.send(moved, Map.of(), "{}", PATIENCE).status()).isEqualTo(302);
    assertThat(came).hasSize(1);
  }

  @Test
  void whatDoesNotSpeakHttpOrSaysNothingIsAFailure() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread other =
          Thread.ofVirtual()
              .start(() -> {
                try (Socket socket = silent.accept()) {
                  socket
                      .getOutputStream()
                      .write("SSH-2.0-x\r\n\r\n".getBytes(StandardCharsets.UTF_8));
                  socket.getOutputStream().flush();
                  socket.getInputStream().readNBytes(1);
                } catch (IOException gone) {
                  // it was closed
                }
              });
      PinnedPost post = new PinnedPost(this::here, true, () -> TLS);
      URI place = URI.create("http://hook.example:" + silent.getLocalPort() + "/");
      assertThatThrownBy(() -> post.send(place, Map.of(), "{}", PATIENCE))
          .hasMessageContaining("does not speak HTTP");
      // nobody accepts the second: it is patient for a moment only
      assertThatThrownBy(() -> post.send(place, Map.of(), "{}", Duration.ofMillis(300)))
          .isInstanceOf(IOException.class);
      other.interrupt();
    }
  }

  @Test
  void theCertificateMustBeThatOfTheName(@TempDir Path folder) throws Exception {
    SSLContext context = certified(folder, "hook.example");
    HttpsServer secure =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    secure.setHttpsConfigurator(new HttpsConfigurator(context));
    serve(secure);
    try {
      PinnedPost post =
          new PinnedPost(
              _ -> new InetAddress[] {InetAddress.getLoopbackAddress()},
              true,
              context::getSocketFactory);
      String port = ":" + secure.getAddress().getPort() + "/";
      assertThat(
              post.send(URI.create("https://hook.example" + port), Map.of(), "{}", PATIENCE)
                  .status())
          .isEqualTo(429);
      assertThatThrownBy(
              () -> post.send(URI.create("https://other.example" + port), Map.of(), "{}", PATIENCE))
          .isInstanceOf(SSLHandshakeException.class)
          .hasMessageContaining("other.example");
    } finally {
      secure.stop(0);
    }
  }

  private static SSLContext certified(Path folder, String name)
      throws IOException, InterruptedException, GeneralSecurityException {
    Path store = folder.resolve("keys.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-alias",
                "hook",
                "-dname",
                "CN=" + name,
                "-ext",
                "san=dns:" + name,
                "-storetype",
                "PKCS12",
                "-storepass",
                "changeit",
                "-keystore",
                store.toString())
            .inheritIO()
            .start();
    assertThat(keytool.waitFor()).isZero();
    char[] password = "changeit".toCharArray();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, password);
    }
    KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(keys, password);
    TrustManagerFactory trusted =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trusted.init(keys);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
    return context;
  }
}
