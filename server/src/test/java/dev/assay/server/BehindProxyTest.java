package dev.assay.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a proxy between a browser and the server may change, and what it must not. */
class BehindProxyTest {

  private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");
  private static final Pattern RUN = Pattern.compile("\"run\":\"([^\"]+)\"");

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private static Path folder;

  @SuppressWarnings("NullAway.Init")
  private static FurnishedServer it;

  @SuppressWarnings("NullAway.Init")
  private static String key;

  @BeforeAll
  static void start() {
    it = new FurnishedServer(folder);
    String page =
        it.owner
            .post("/projects/shop/settings", "/projects/shop/keys", Map.of("label", "CI"))
            .body();
    key = page.replaceAll("(?s).*?(assay_[0-9a-f]{12}_[0-9a-f]{64}).*", "$1");
  }

  @AfterAll
  static void stop() {
    it.close();
  }

  private static HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(it.server.local() + path));
  }

  @Test
  void redirectsNameNoHostAndNoPortAsOnlyTheBrowserKnowsThem() throws Exception {
    CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
    try (HttpClient browser = HttpClient.newBuilder().cookieHandler(cookies).build()) {
      HttpResponse<String> asked =
          browser.send(request("/projects/shop?branch=a%2Fb").build(), BodyHandlers.ofString());
      assertThat(asked.headers().firstValue("Location")).contains("/login");

      String door = browser.send(request("/login").build(), BodyHandlers.ofString()).body();
      Matcher token = TOKEN.matcher(door);
      assertThat(token.find()).isTrue();
      String form =
          "username=kim&password="
              + URLEncoder.encode(FurnishedServer.PASSWORD, StandardCharsets.UTF_8)
              + "&_csrf="
              + URLEncoder.encode(token.group(1), StandardCharsets.UTF_8);
      HttpResponse<String> in =
          browser.send(
              request("/login")
                  .header("Content-Type", "application/x-www-form-urlencoded")
                  .POST(BodyPublishers.ofString(form))
                  .build(),
              BodyHandlers.ofString());
      assertThat(in.headers().firstValue("Location").orElse(""))
          .startsWith("/projects/shop?branch=a%2Fb");
    }
  }

  @Test
  void whatGoesOnLiveIsNotGatheredByAProxy() {
    Matcher run =
        RUN.matcher(it.owner.ask("POST", "projects/shop/ingest", key, WalkTest.junit(0)).body());
    assertThat(run.find()).isTrue();

    HttpResponse<String> events = it.owner.get("/projects/shop/runs/" + run.group(1) + "/events");

    assertThat(events.body()).contains("event:over");
    assertThat(events.headers().firstValue("X-Accel-Buffering")).contains("no");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "assay.example",
        "https://example/assay",
        "ftp://example",
        "https://",
        "https://a?b"
      })
  void anAddressThatPagesCannotLinkToIsRefused(String address) {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new ServerOptions(folder, InetAddress.getLoopbackAddress(), 0, null, address))
        .withMessageContaining("--address")
        .withMessageContaining("no path")
        .withMessageContaining("'" + address + "'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://assay.example", "http://127.0.0.1:8642/", "https://[::1]:8443"})
  void anAddressMayHaveAPort(String address) {
    ServerOptions options =
        new ServerOptions(folder, InetAddress.getLoopbackAddress(), 0, null, address);
    assertThat(options.address()).isEqualTo(address);
  }
}
