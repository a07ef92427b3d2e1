package dev.assay.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.assay.load.LoadFixture.Run;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** HTTP/2 against nginx, where it is installed. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class LoadHttp2NginxTest {

  private static final List<Path> PLACES =
      List.of(
          Path.of("/usr/sbin/nginx"), Path.of("/usr/bin/nginx"), Path.of("/usr/local/bin/nginx"));

  @Test
  void answersOverHttp2WithoutTlsAndLosesNothingAsItGoesAway(@TempDir Path folder)
      throws Exception {
    try (Nginx nginx = Nginx.start(folder, "", 100)) {
      Run run =
          new LoadFixture()
              .with("protocol: h2")
              .rate(1500)
              .connections(2)
              .step("get: /\nexpect: { text: hello, headers: { server: \"~ nginx\" } }")
              .run(URI.create("http://127.0.0.1:" + nginx.port()));

      assertThat(run.events("load.error")).isEmpty();
      // It goes away after 100 requests, each time with some that it did not take.
      assertThat(run.histogram("connect.time").getTotalCount()).isGreaterThan(10);
      run.accountsFor(1500);
    }
  }

  @Test
  void answersOverHttp2WithTls(@TempDir Path folder) throws Exception {
    TestKeys keys = TestKeys.make(folder);
    String tls =
        "ssl_certificate " + keys.certificate() + "; ssl_certificate_key " + keys.key() + ";";
    try (Nginx nginx = Nginx.start(folder, tls, 100_000)) {
      Run run =
          new LoadFixture()
              .with("protocol: h2")
              .with("tls: { trust: " + keys.certificate() + " }")
              .rate(500)
              .connections(2)
              .lasting(Duration.ofSeconds(1))
              .step("post: /\nbody: \"" + "x".repeat(1000) + "\"\nexpect: { status: 405 }")
              .step("get: /\nexpect: { text: hello }")
              .run(URI.create("https://localhost:" + nginx.port()));

      assertThat(run.events("load.error")).isEmpty();
      assertThat(run.sum("requests")).isEqualTo(1000);
      run.accountsFor(500);
    }
  }

  private record Nginx(Process process, int port) implements AutoCloseable {

    static Nginx start(Path folder, String tls, int requests) throws Exception {
      Path program = PLACES.stream().filter(Files::isExecutable).findFirst().orElse(null);
      assumeTrue(program != null, "nginx is not installed");
      int port = freePort();
      Files.writeString(folder.resolve("index.html"), "hello");
      Path configuration = folder.resolve("nginx.conf");
      Files.writeString(configuration, written(folder, port, tls, requests));
      Process process =
          new ProcessBuilder(String.valueOf(program), "-c", configuration.toString())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("nginx.log").toFile())
              .start();
      for (int i = 0; !listens(port); i++) {
        assertThat(process.isAlive() && i < 500).as("nginx listens").isTrue();
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
      }
      return new Nginx(process, port);
    }

    private static String written(Path folder, int port, String tls, int requests) {
      StringBuilder temporary = new StringBuilder();
      for (String kind : List.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")) {
        temporary.append("  %s_temp_path %s/%s;\n".formatted(kind, folder, kind));
      }
      return """
      daemon off;
      master_process off;
      pid %1$s/nginx.pid;
      error_log %1$s/error.log;
      events { worker_connections 256; }
      http {
        access_log off;
        keepalive_requests %2$d;
      %3$s  server {
          listen 127.0.0.1:%4$d http2 %5$s;
          %6$s
          root %1$s;
        }
      }
      """
          .formatted(folder, requests, temporary, port, tls.isEmpty() ? "" : "ssl", tls);
    }

    private static int freePort() throws IOException {
      try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        return free.getLocalPort();
      }
    }

    private static boolean listens(int port) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return socket.isConnected();
      } catch (IOException notYet) {
        return false;
      }
    }

    @Override
    public void close() throws InterruptedException {
      process.destroy();
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    }
  }
}
