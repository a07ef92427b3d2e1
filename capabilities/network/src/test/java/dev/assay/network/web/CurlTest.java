package dev.assay.network.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.value.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The proxy with curl, which is on every machine that builds this. */
class CurlTest {

  @TempDir private Path folder;
  private final TestAuthority company = new TestAuthority(Instant.now());
  private final TestAuthority outside = new TestAuthority(Instant.now());
  private Origin http;
  private Origin https;
  private WebProxy proxy;

  @BeforeEach
  void start() throws Exception {
    http = Origin.http();
    https = Origin.https(outside);
    Files.writeString(folder.resolve("company.pem"), company.pem());
    Files.writeString(folder.resolve("outside.pem"), outside.pem());
  }

  @AfterEach
  void stop() {
    proxy.close();
    http.close();
    https.close();
  }

  private void proxy(WebProxy.Setup setup) {
    proxy = WebProxy.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), setup);
  }

  private String curl(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "curl", "-sS", "--max-time", "30", "-x", "127.0.0.1:" + proxy.address().getPort()));
    command.addAll(List.of(arguments));
    Process curl =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    return new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void forwardsAndTunnels() throws IOException {
    proxy(WebProxy.Setup.OPEN);
    assertThat(curl("http://127.0.0.1:" + http.port() + "/a")).isEqualTo("hello from /a");
    assertThat(curl("--cacert", "outside.pem", "https://localhost:" + https.port() + "/b"))
        .isEqualTo("hello from /b");
    assertThat(curl("-p", "http://127.0.0.1:" + http.port() + "/c")).isEqualTo("hello from /c");
  }

  @Test
  void opensTlsForWhoTrustsTheCompany() throws IOException {
    proxy(
        WebProxy.Setup.OPEN.withInterception(
            new Interception(company, List.of(outside.certificate()))));
    String url = "https://localhost:" + https.port() + "/b";
    assertThat(curl("--cacert", "company.pem", "-i", url))
        .contains("via: 1.1 assay")
        .endsWith("hello from /b");
    assertThat(curl("--cacert", "outside.pem", url)).contains("curl: (60)");
    assertThat(curl("--cacert", "company.pem", "--data-binary", "@company.pem", url))
        .isEqualTo(company.pem());
  }

  @Test
  void asksForAPasswordBothWays() throws IOException {
    proxy(
        WebProxy.Setup.OPEN.withRules(
            WebProxyRules.OPEN.withCredentials(new Credentials("kim", Secret.of("p:w")))));
    String plain = "http://127.0.0.1:" + http.port() + "/a";
    String tls = "https://localhost:" + https.port() + "/b";
    assertThat(curl("-o", "page.html", "-w", "%{http_code}", plain)).isEqualTo("407");
    assertThat(curl(tls)).contains("407");
    assertThat(curl("-U", "kim:wrong", tls)).contains("407");
    assertThat(curl("-U", "kim:p:w", plain)).isEqualTo("hello from /a");
    assertThat(curl("-U", "kim:p:w", "--proxy-anyauth", "--cacert", "outside.pem", tls))
        .isEqualTo("hello from /b");
  }
}
