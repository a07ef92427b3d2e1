package dev.assay.network.toxiproxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.network.toxiproxy.ToxiproxyApi.Answer;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Toxiproxy 2.12 answers, word for word, on sockets that are not there. */
class ToxiproxyApiTest {

  private final List<String> opened = new ArrayList<>();
  private final Carrier carrier =
      (listen, upstream, working) -> {
        if (listen.getPort() == 1) {
          throw ApiFailure.internal("listen tcp 127.0.0.1:1: bind: permission denied");
        }
        opened.add(upstream.host() + ":" + upstream.port());
        return new Listening(listen);
      };
  private final ToxiproxyApi api =
      new ToxiproxyApi(
          new ProxyCollection(wanted ->
              new ToxicProxy(wanted.name(), wanted.listen(), wanted.upstream(), carrier, 1)));

  private record Listening(InetSocketAddress wanted) implements Carrier.Running {
    @Override
    public InetSocketAddress address() {
      return new InetSocketAddress(
          wanted.getAddress(), wanted.getPort() == 0 ? 40_000 : wanted.getPort());
    }

    @Override
    public void work(Carrier.Working other) {}

    @Override
    public void close() {}
  }

  private Answer ask(String method, String path, String body) {
    return api.answer(method, path, "curl/8", body);
  }

  private void redis() {
    ask(
        "POST",
        "/proxies",
        "{\"name\":\"redis\",\"listen\":\"localhost:26379\",\"upstream\":\"db:6379\"}");
  }

  @Test
  void aProxyIsShownAsToxiproxyShowsIt() {
    Answer created =
        ask(
            "POST",
            "/proxies",
            "{\"name\":\"redis\",\"listen\":\"localhost:26379\",\"upstream\":\"db:6379\"}");
    String shown =
        "{\"name\":\"redis\",\"listen\":\"127.0.0.1:26379\",\"upstream\":\"db:6379\",\"enabled\":true,"
            + "\"Logger\":{},\"toxics\":[]}";
    assertThat(created).isEqualTo(new Answer(201, "application/json", shown));
    assertThat(ask("GET", "/proxies/redis", "").body()).isEqualTo(shown);
    assertThat(ask("GET", "/proxies", "").body()).isEqualTo("{\"redis\":" + shown + "}");
  }

  @Test
  void aToxicIsShownWithAllItsAttributesAndADefaultName() {
    redis();
    Answer added =
        ask(
            "POST",
            "/proxies/redis/toxics",
            "{\"type\":\"latency\",\"toxicity\":0.25,\"attributes\":{\"latency\":1000}}");
    String shown =
        "{\"attributes\":{\"latency\":1000,\"jitter\":0},\"name\":\"latency_downstream\","
            + "\"type\":\"latency\",\"stream\":\"downstream\",\"toxicity\":0.25}";
    assertThat(added).isEqualTo(new Answer(200, "application/json", shown));
    assertThat(ask("GET", "/proxies/redis/toxics", "").body()).isEqualTo("[" + shown + "]");
    assertThat(ask("GET", "/proxies/redis/toxics/latency_downstream", "").body()).isEqualTo(shown);
    assertThat(ask("GET", "/proxies/redis", "").body()).endsWith("\"toxics\":[" + shown + "]}");
  }

  @Test
  void anUpdateChangesWhatItNamesAndIgnoresTheType() {
    redis();
    ask(
        "POST",
        "/proxies/redis/toxics",
        "{\"name\":\"slow\",\"type\":\"latency\",\"stream\":\"upstream\",\"attributes\":{\"latency\":5,\"jitter\":2}}");
    for (String method : List.of("POST", "PATCH")) {
      assertThat(
              ask(
                      method,
                      "/proxies/redis/toxics/slow",
                      "{\"type\":\"bandwidth\",\"attributes\":{\"jitter\":3,\"rate\":9}}")
                  .body())
          .isEqualTo(
              "{\"attributes\":{\"latency\":5,\"jitter\":3},\"name\":\"slow\",\"type\":\"latency\","
                  + "\"stream\":\"upstream\",\"toxicity\":1}");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "latency|{\"latency\":0,\"jitter\":0}",
        "bandwidth|{\"rate\":0}",
        "slow_close|{\"delay\":0}",
        "timeout|{\"timeout\":0}",
        "reset_peer|{\"timeout\":0}",
        "slicer|{\"average_size\":0,\"size_variation\":0,\"delay\":0}",
        "limit_data|{\"bytes\":0}",
        "noop|{}"
      })
  void everyTypeHasItsDefaults(String type, String attributes) {
    redis();
    assertThat(ask("POST", "/proxies/redis/toxics", "{\"type\":\"" + type + "\"}").body())
        .startsWith("{\"attributes\":" + attributes + ",\"name\":\"" + type + "_downstream\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "POST|/proxies|{}|400|missing required field: name",
        "POST|/proxies|{\"name\":\"a\"}|400|missing required field: upstream",
        "POST|/proxies|{\"name\":\"redis\",\"upstream\":\"a:1\"}|409|proxy already exists",
        "POST|/proxies|{\"name\":\"a\",\"listen\":\"127.0.0.1:1\",\"upstream\":\"a:1\"}|500|listen tcp"
            + " 127.0.0.1:1: bind: permission denied",
        "POST|/proxies|``|400|bad request body: EOF",
        "POST|/proxies|{\"name\":7}|400|bad request body: 'name' is not a string",
        "GET|/proxies/nobody||404|proxy not found",
        "DELETE|/proxies/nobody||404|proxy not found",
        "PATCH|/proxies/nobody|{}|404|proxy not found",
        "GET|/proxies/nobody/toxics||404|proxy not found",
        "GET|/proxies/redis/toxics/none||404|toxic not found",
        "DELETE|/proxies/redis/toxics/none||404|toxic not found",
        "POST|/proxies/redis/toxics|{\"type\":\"poison\"}|400|invalid toxic type",
        "POST|/proxies/redis/toxics|{\"type\":\"timeout\",\"stream\":\"sideways\"}|400|stream was"
            + " invalid, can be either upstream or downstream",
        "POST|/proxies/redis/toxics|{\"type\":\"timeout\",\"attributes\":{\"timeout\":1.5}}|400|bad"
            + " request body: attribute 'timeout' is not a whole number of 64 bits",
        "POST|/populate|{}|400|bad request body: the body is not an array"
      })
  void errorsHaveToxiproxysWordsAndStatus(
      String method, String path, String body, int status, String title) {
    redis();
    Answer answer = ask(method, path, body == null ? "" : body);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.contentType())
        .isEqualTo(
            "text/plain; charset=utf-8"
                .transform(type -> path.equals("/populate") ? "application/json" : type));
    assertThat(answer.body()).startsWith("{\"error\":\"" + title + "\",\"status\":" + status);
  }

  @Test
  void aToxicsNameIsOneOfAKind() {
    redis();
    ask("POST", "/proxies/redis/toxics", "{\"name\":\"x\",\"type\":\"timeout\"}");
    assertThat(
            ask(
                    "POST",
                    "/proxies/redis/toxics",
                    "{\"name\":\"x\",\"type\":\"latency\",\"stream\":\"upstream\"}")
                .body())
        .isEqualTo("{\"error\":\"toxic already exists\",\"status\":409}\n");
  }

  @Test
  void hostileBodiesAreRefusedInWords() {
    for (String body :
        List.of("[", "{\"name\":}", "\"x\"", "{\"name\":\"a\",\"name\":\"b\"}", "[".repeat(5000))) {
      Answer answer = ask("POST", "/proxies", body);
      assertThat(answer.status()).as(body.substring(0, Math.min(30, body.length()))).isEqualTo(400);
      assertThat(answer.body()).startsWith("{\"error\":\"bad request body: ");
    }
  }

  @Test
  void browsersAreRefused() {
    assertThat(api.answer("GET", "/proxies", "Mozilla/5.0 (X11)", ""))
        .isEqualTo(new Answer(403, "text/plain; charset=utf-8", "User agent not allowed\n"));
  }

  @Test
  void unknownPathsAndMethodsAreRefused() {
    assertThat(ask("GET", "/toxics", "").body()).isEqualTo("404 page not found\n");
    assertThat(ask("GET", "/proxies/a/b", "").status()).isEqualTo(404);
    assertThat(ask("GET", "/", "").status()).isEqualTo(404);
    assertThat(ask("PUT", "/proxies", "").status()).isEqualTo(405);
    assertThat(ask("GET", "/reset", "").status()).isEqualTo(405);
  }

  @Test
  void theVersionIsThatOfToxiproxy() {
    assertThat(ask("GET", "/version", ""))
        .isEqualTo(
            new Answer(200, "application/json;charset=utf-8", "{\"version\": \"2.12.0\"}\n"));
  }

  @Test
  void resetEnablesEveryProxyAndTakesTheToxicsAway() {
    redis();
    ask("POST", "/proxies/redis/toxics", "{\"type\":\"timeout\"}");
    assertThat(ask("PATCH", "/proxies/redis", "{\"enabled\":false}").body())
        .contains("\"enabled\":false")
        .contains("timeout_downstream");
    assertThat(ask("POST", "/reset", "")).isEqualTo(new Answer(204, "", ""));
    assertThat(ask("GET", "/proxies/redis", "").body())
        .contains("\"enabled\":true")
        .endsWith("\"toxics\":[]}");
    assertThat(opened).containsExactly("db:6379", "db:6379");
  }

  @Test
  void anUpdateToWhereItListensAlreadyKeepsTheProxyRunning() {
    redis();
    ask("POST", "/proxies/redis", "{\"listen\":\"localhost:26379\",\"enabled\":true}");
    assertThat(opened).hasSize(1);
    ask("POST", "/proxies/redis", "{\"upstream\":\"other:6379\"}");
    assertThat(opened).containsExactly("db:6379", "other:6379");
  }

  @Test
  void populateKeepsWhatIsAlreadyAsAskedAndReplacesTheRest() {
    redis();
    ask("POST", "/proxies/redis/toxics", "{\"type\":\"timeout\"}");
    Answer same =
        ask(
            "POST",
            "/populate",
            "[{\"name\":\"redis\",\"listen\":\"127.0.0.1:26379\",\"upstream\":\"db:6379\"},"
                + "{\"name\":\"off\",\"listen\":\"127.0.0.1:0\",\"upstream\":\"db:1\",\"enabled\":false}]");
    assertThat(same.status()).isEqualTo(201);
    assertThat(same.body())
        .startsWith("{\"proxies\":[{\"name\":\"redis\"")
        .contains("timeout_downstream")
        .contains(
            "{\"name\":\"off\",\"listen\":\"127.0.0.1:0\",\"upstream\":\"db:1\",\"enabled\":false");
    Answer other =
        ask(
            "POST",
            "/populate",
            "[{\"name\":\"redis\",\"listen\":\"127.0.0.1:26379\",\"upstream\":\"new:6379\"}]");
    assertThat(other.body()).contains("new:6379").doesNotContain("timeout_downstream");
  }

  @Test
  void populateSaysWhichEntryIsWrong() {
    assertThat(ask("POST", "/populate", "[{\"name\":\"a\",\"upstream\":\"b:1\"},{\"name\":\"c\"}]"))
        .isEqualTo(
            new Answer(
                400,
                "application/json",
                "{\"error\":\"missing required field: upstream at proxy 2\",\"status\":400,"
                    + "\"proxies\":[]}"));
  }

  @Test
  void toxicsOfUpstreamAreListedFirst() {
    redis();
    ask("POST", "/proxies/redis/toxics", "{\"type\":\"timeout\"}");
    ask("POST", "/proxies/redis/toxics", "{\"type\":\"latency\",\"stream\":\"UPSTREAM\"}");
    assertThat(ask("GET", "/proxies/redis/toxics", "").body())
        .matches(".*latency_UPSTREAM.*\"stream\":\"UPSTREAM\".*timeout_downstream.*");
  }

  @Test
  void aLinkIsLikeAProfile() {
    redis();
    assertThat(
            ask(
                    "POST",
                    "/proxies/redis/toxics",
                    "{\"type\":\"link\",\"attributes\":{\"like\":\"4g\"}}")
                .body())
        .startsWith("{\"attributes\":{\"like\":\"4g\"},\"name\":\"link_downstream\"");
    Answer unknown =
        ask(
            "POST",
            "/proxies/redis/toxics",
            "{\"name\":\"x\",\"type\":\"link\",\"attributes\":{\"like\":\"9g\"}}");
    assertThat(unknown.status()).isEqualTo(400);
    assertThat(unknown.body()).contains("names no profile; there are ").contains("3g");
  }

  @Test
  void metricsAreInPrometheusText() {
    redis();
    assertThat(ask("GET", "/metrics", "").body())
        .contains("# TYPE toxiproxy_proxy_received_bytes_total counter\n")
        .contains(
            "toxiproxy_proxy_sent_bytes_total{direction=\"upstream\",listener=\"127.0.0.1:26379\","
                + "proxy=\"redis\",upstream=\"db:6379\"} 0\n");
  }

  @Test
  void aPortOfAllAddressesIsShownAsGoShowsIt() {
    assertThat(
            ask("POST", "/proxies", "{\"name\":\"a\",\"listen\":\":0\",\"upstream\":\"b:1\"}")
                .body())
        .contains("\"listen\":\"[::]:40000\"");
  }

  @Test
  void namesOfMembersMayBeInAnyCaseAsInGo() {
    assertThat(
            ask(
                    "POST",
                    "/proxies",
                    "{\"Name\":\"a\",\"Listen\":\"localhost:9\",\"Upstream\":\"b:1\",\"more\":[]}")
                .status())
        .isEqualTo(201);
  }
}
