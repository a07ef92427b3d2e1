package dev.assay.load.adhoc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.load.adhoc.AdHocLoad.Closed;
import dev.assay.load.adhoc.AdHocLoad.Expectation;
import dev.assay.load.adhoc.AdHocLoad.Header;
import dev.assay.load.adhoc.AdHocLoad.Login;
import dev.assay.load.adhoc.AdHocLoad.Manner;
import dev.assay.load.adhoc.AdHocLoad.Model;
import dev.assay.load.adhoc.AdHocLoad.Open;
import dev.assay.load.adhoc.AdHocLoad.Request;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdHocWorkspaceTest {

  private static final Path FOLDER = Path.of("/shop");
  private static final Open OPEN = new Open("500/s", null, false);

  private static Manner manner(@Nullable Duration length, @Nullable Integer connections) {
    return new Manner(
        length, Duration.ZERO, null, connections, null, false, false, null, false, 0, null);
  }

  private static Request get(String url) {
    return new Request(URI.create(url), "GET", List.of(), null, null, null);
  }

  private static String text(Request request, Model model, Manner manner) {
    return AdHocWorkspace.of(new AdHocLoad(request, model, manner, List.of()), FOLDER).text();
  }

  @Test
  void theLeastIsShort() {
    assertThat(text(get("http://127.0.0.1:8080"), OPEN, manner(Duration.ofSeconds(30), null)))
        .isEqualTo(
            """
            workspace: load
            checks:
              load:
                load:
                  url: "http://127.0.0.1:8080"
                  rate: 500/s
                  for: 30s
                  flow:
                    - get: /
            """);
  }

  @Test
  void everythingHasItsKey() {
    Request request =
        new Request(
            URI.create("https://shop.test/orders?a=b%20c"),
            "POST",
            List.of(new Header("Content-Type", "application/json")),
            "{\"price\": \"5 $\"}",
            null,
            null);
    Manner manner =
        new Manner(
            Duration.ofMillis(1500),
            Duration.ofSeconds(2),
            null,
            16,
            Duration.ofSeconds(3),
            true,
            false,
            Path.of("/shop/ca.pem"),
            true,
            2,
            "nio");
    AdHocLoad load =
        new AdHocLoad(
            request,
            new Open("100/s", "2000/s", true),
            manner,
            List.of(new Expectation("latency.p99", "< 50 ms"), new Expectation("requests", "> 5")));

    assertThat(AdHocWorkspace.of(load, FOLDER).text())
        .isEqualTo(
            """
            workspace: load
            checks:
              load:
                load:
                  url: "https://shop.test"
                  rate: 100/s
                  arrivals: poisson
                  to: 2000/s
                  for: 1500ms
                  warm up: 2s
                  connections: 16
                  timeout: 3s
                  protocol: h2
                  tls: { trust: "ca.pem" }
                  generator: { loops: 2, sockets: nio }
                  i own this target: true
                  flow:
                    - post: /orders?a=b%20c
                      headers:
                        Content-Type: "application/json"
                      body: "{\\"price\\": \\"5 $$\\"}"
                expect:
                  latency.p99: < 50 ms
                  requests: "> 5"
            """);
  }

  @Test
  void usersTakeTurns() {
    assertThat(
            text(get("http://127.0.0.1:1/"), new Closed(50, 1000), manner(Duration.ofHours(1), 50)))
        .contains("users: 50\n", "passes: 1000\n", "for: 1h\n", "connections: 50\n");
  }

  @Test
  void anotherAddressIsWarmedUpInAPhaseOfItsOwn() {
    Manner manner =
        new Manner(
            Duration.ofSeconds(15),
            Duration.ofSeconds(5),
            URI.create("http://127.0.0.1/warm"),
            null,
            null,
            false,
            false,
            null,
            false,
            0,
            null);

    assertThat(text(get("http://127.0.0.1/"), OPEN, manner))
        .contains(
            """
                  phases:
                    - { name: warm up, rate: 500/s, for: 5s, warm up: true, scenario: warm up }
                    - { name: load, rate: 500/s, for: 15s, scenario: load }
                  scenarios:
                    warm up:
                      - get: "http://127.0.0.1/warm"
                    load:
                      - get: /
            """);
  }

  @Test
  void aNumberOfRequestsNeedsNoTime() {
    assertThat(text(get("http://127.0.0.1:1/"), new Closed(1, 5), manner(null, null)))
        .contains("passes: 5\n")
        .doesNotContain(" for:");
  }

  @Test
  void aLongLoadHasTheTimeThatItNeeds() {
    Model model = OPEN;
    assertThat(text(get("http://a/"), model, manner(Duration.ofMinutes(5), null)))
        .doesNotContain("timeout");
    assertThat(text(get("http://a/"), model, manner(Duration.ofHours(2), null)))
        .contains("\n    timeout: 7330s\n");
  }

  @Test
  void whatIsSecretIsNotInTheText() {
    Request request =
        new Request(
            URI.create("http://127.0.0.1/"),
            "GET",
            List.of(new Header("Authorization", "Bearer abc"), new Header("Accept", "*/*")),
            null,
            null,
            new Login("kim", "pa:ss"));
    AdHocWorkspace workspace =
        AdHocWorkspace.of(
            new AdHocLoad(request, OPEN, manner(Duration.ofSeconds(1), null), List.of()), FOLDER);

    assertThat(workspace.text())
        .doesNotContain("abc", "pa:ss")
        .contains(
            "authorization: { env: ASSAY_LOAD_AUTHORIZATION }",
            "password: { env: ASSAY_LOAD_PASSWORD }",
            "Authorization: \"${secret.authorization}\"",
            "Accept: \"*/*\"",
            "auth: { basic: { user: \"kim\", password: \"${secret.password}\" } }");
    assertThat(workspace.secrets())
        .containsEntry("ASSAY_LOAD_AUTHORIZATION", "Bearer abc")
        .containsEntry("ASSAY_LOAD_PASSWORD", "pa:ss");
  }

  @ParameterizedTest
  @CsvSource({
    "PT0.0000015S, 1500ns",
    "PT0.0015S, 1500us",
    "PT0.25S, 250ms",
    "PT90S, 90s",
    "PT2M, 2min",
    "PT3H, 3h"
  })
  void durationsAreExact(Duration duration, String text) {
    assertThat(AdHocWorkspace.duration(duration)).isEqualTo(text);
  }
}
