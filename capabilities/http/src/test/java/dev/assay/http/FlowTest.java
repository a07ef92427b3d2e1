package dev.assay.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.api.evidence.Attempt;
import dev.assay.api.evidence.Evidence;
import dev.assay.api.evidence.EvidenceCodec;
import dev.assay.api.evidence.Measured;
import dev.assay.api.evidence.Measurement;
import dev.assay.api.evidence.Outcome;
import dev.assay.api.json.Json;
import dev.assay.api.problem.ProblemException;
import dev.assay.stats.HistogramEncoding;
import dev.assay.testkit.RecordingSink;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FlowTest {

  private ShopServer server;

  @BeforeEach
  void start() throws Exception {
    server = ShopServer.start().on("/ok", 200, "{\"id\":\"a b/c\",\"n\":1.50}", "etag", "\"v1\"");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private MaskingContext context() {
    return new MaskingContext(Path.of("."), server.uri());
  }

  @Test
  void everyKindOfValueIsSavedAndUsedByLaterSteps() throws Exception {
    server.on("/login", 200, "<input name=csrf token=abc123 >", "etag", "W/7");
    server.on("/use", 200, "ok");
    MaskingContext context = context();

    RecordingSink sink =
        FlowBuilder.of(
                StepBuilder.get("/ok").save("id", "$.id").save("n", "$.n").save("all", "$"),
                StepBuilder.get("/login")
                    .save("etag", "header:ETag")
                    .save("token", "regex:token=(\\w+)")
                    .save("whole", "regex:csrf"),
                StepBuilder.post("/use/${id}?q=${token}")
                    .header("If-Match", "${etag}")
                    .json(
                        Json.object()
                            .put("id", "${id}")
                            .put("price", "${n}")
                            .put("count", 2)
                            .put("list", Json.array(List.of(Json.of("${whole}!"), Json.Null.VALUE)))
                            .build()))
            .run(context);

    assertThat(sink.outcomes()).allMatch(outcome -> outcome.result() == Attempt.Result.PASSED);
    assertThat(context.saved())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "id", "a b/c",
                "n", "1.50",
                "all", "{\"id\":\"a b/c\",\"n\":1.50}",
                "etag", "W/7",
                "token", "abc123",
                "whole", "csrf"));
    ShopServer.Asked used = server.asked().getLast();
    assertThat(used.path()).isEqualTo("/use/a%20b/c?q=abc123");
    assertThat(used.header("If-Match")).isEqualTo("W/7");
    assertThat(used.header("Content-Type")).isEqualTo("application/json");
    assertThat(used.body())
        .isEqualTo("{\"count\":2,\"id\":\"a b/c\",\"list\":[\"csrf!\",null],\"price\":\"1.50\"}");
  }

  @Test
  void aValueThatCannotBeSavedFailsTheStep() throws Exception {
    MaskingContext context = context();

    RecordingSink sink =
        FlowBuilder.of(
                StepBuilder.get("/ok")
                    .save("id", "$.id")
                    .save("order", "$.order")
                    .save("next", "header:link")
                    .save("token", "regex:token=(\\w+)"))
            .run(context);

    Attempt attempt = sink.outcomes().getFirst().attempts().getFirst();
    assertThat(attempt.result()).isEqualTo(Attempt.Result.FAILED);
    assertThat(attempt.type()).isEqualTo("extract");
    assertThat(attempt.message())
        .isEqualTo("expected to save 'order' from $.order, got nothing is at $.order (and 2 more)");
    assertThat(attempt.detail())
        .contains("there is no header 'link'", "the body has no match for 'token=(\\w+)'");
    assertThat(context.saved()).isEmpty();
  }

  @Test
  void theFlowStopsAtTheFirstFailureAndSaysWhyTheRestIsSkipped() throws Exception {
    server.on("/broken", 500, "oops");

    RecordingSink sink =
        FlowBuilder.of(
                StepBuilder.get("/ok"),
                StepBuilder.get("/broken").name("place order").save("order", "$.id"),
                StepBuilder.get("/ok"),
                StepBuilder.get("/orders/${order}"))
            .run(server.uri());

    assertThat(sink.outcomes().stream().map(o -> o.name() + " " + o.result()))
        .containsExactly(
            "GET /ok PASSED",
            "place order FAILED",
            "GET /ok (2) SKIPPED",
            "GET /orders/${order} SKIPPED");
    assertThat(sink.outcomes().get(2).attempts().getFirst().message())
        .isEqualTo("not sent, because 'place order' failed");
    assertThat(sink.outcomes().get(3).attempts().getFirst().message())
        .isEqualTo("not sent, because 'place order' failed; it needs order, which was not saved");
    assertThat(server.asked()).hasSize(2);
  }

  @Test
  void aStepIsRepeatedUntilItHoldsAndEveryAttemptIsKept() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    server.on(
        "/order",
        exchange ->
            ShopServer.send(
                exchange,
                200,
                calls.incrementAndGet() < 3 ? "{\"state\":\"open\"}" : "{\"state\":\"shipped\"}"));

    RecordingSink sink =
        FlowBuilder.of(
                StepBuilder.get("/order")
                    .expectBody("$.state", "shipped")
                    .retry(Duration.ofMillis(10), Duration.ofSeconds(9)))
            .run(server.uri());

    Outcome outcome = sink.outcomes().getFirst();
    assertThat(outcome.attempts().stream().map(Attempt::result))
        .containsExactly(Attempt.Result.FAILED, Attempt.Result.FAILED, Attempt.Result.PASSED);
    assertThat(outcome.attempts().getFirst().message())
        .isEqualTo("expected body $.state = shipped, got open");
    assertThat(sink.sum("requests")).isEqualTo(3);
    assertThat(sink.sum("latency")).isEqualTo(3);
    assertThat(sink.measurements("errors").getFirst().value())
        .isEqualTo(new Measured.Proportion(0, 1));
  }

  @Test
  void aStepThatNeverHoldsEndsWithItsTime() throws Exception {
    RecordingSink sink =
        FlowBuilder.of(
                StepBuilder.get("/ok")
                    .expect("status", "201")
                    .retry(Duration.ofMillis(300), Duration.ofMillis(1000)))
            .run(server.uri());

    Outcome outcome = sink.outcomes().getFirst();
    assertThat(outcome.result()).isEqualTo(Attempt.Result.FAILED);
    assertThat(outcome.attempts()).hasSizeBetween(2, 4);
    assertThat(outcome.attempts().getFirst().detail()).isNotNull();
    assertThat(outcome.attempts().getLast().detail()).isNotNull();
  }

  @Test
  void noAttemptBeginsAfterItsTime() throws Exception {
    try (RawServer slow = RawServer.start(RawServer.stall(""))) {
      RecordingSink sink =
          FlowBuilder.of(
                  StepBuilder.get("/")
                      .timeout(Duration.ofMillis(150))
                      .retry(Duration.ofMillis(20), Duration.ofMillis(100)))
              .run(slow.uri());

      assertThat(sink.outcomes().getFirst().attempts()).hasSize(1);
    }
  }

  @Test
  void aServiceThatIsNotUpYetCanBeWaitedFor() throws Exception {
    int port;
    try (ShopServer gone = ShopServer.start()) {
      port = gone.port();
    }
    RecordingSink sink =
        FlowBuilder.of(
                StepBuilder.get("http://127.0.0.1:" + port + "/")
                    .retry(Duration.ofMillis(400), Duration.ofMillis(1000)))
            .run(server.uri());

    assertThat(sink.outcomes().getFirst().attempts())
        .hasSizeGreaterThan(1)
        .allMatch(attempt -> "connect".equals(attempt.type()));
    assertThat(sink.measurements("latency")).isEmpty();
  }

  @Test
  void everythingThatIsMeasuredNamesItsStep() throws Exception {
    RecordingSink sink = FlowBuilder.of(StepBuilder.get("/ok").name("first")).run(server.uri());

    assertThat(sink.of(Measurement.class))
        .allMatch(m -> m.labels().equals(Map.of("step", "first")));
    assertThat(sink.of(Measurement.class).stream().map(Measurement::metric))
        .containsExactly("latency", "time.to.first.byte", "body.size", "errors", "requests");
    Measured.Distribution sizes =
        (Measured.Distribution) sink.measurements("body.size").getFirst().value();
    assertThat(HistogramEncoding.decode(sizes.histogram()).getMaxValue()).isEqualTo(23);
    Measured.Distribution latency =
        (Measured.Distribution) sink.measurements("latency").getFirst().value();
    Measured.Distribution firstByte =
        (Measured.Distribution) sink.measurements("time.to.first.byte").getFirst().value();
    assertThat(HistogramEncoding.decode(firstByte.histogram()).getMinValue())
        .isPositive()
        .isLessThanOrEqualTo(HistogramEncoding.decode(latency.histogram()).getMaxValue());
  }

  @Test
  void allEvidenceSurvivesItsEncoding() throws Exception {
    RecordingSink sink =
        FlowBuilder.of(StepBuilder.get("/ok"), StepBuilder.get("/none"), StepBuilder.get("/ok"))
            .insecure()
            .run(server.uri());

    assertThat(sink.all()).hasSizeGreaterThan(10);
    for (Evidence evidence : sink.all()) {
      assertThat(EvidenceCodec.decode(EvidenceCodec.encode(evidence))).isEqualTo(evidence);
    }
  }

  @Test
  void theOutcomeIsLabelledWithMethodAddressAndStatus() throws Exception {
    Outcome outcome = FlowBuilder.of(StepBuilder.get("/ok?a=1")).outcome(server.uri());

    assertThat(outcome.suite()).isEqualTo("check");
    assertThat(outcome.labels())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("method", "GET", "url", server.uri() + "/ok?a=1", "status", "200"));
  }

  @Test
  void everyMethodIsSent() throws Exception {
    for (String method : List.of("get", "post", "put", "patch", "delete", "head", "options")) {
      Outcome outcome =
          FlowBuilder.of(StepBuilder.none().method(method, "/ok")).outcome(server.uri());
      assertThat(outcome.result()).as(method).isEqualTo(Attempt.Result.PASSED);
    }
    assertThat(server.asked().stream().map(ShopServer.Asked::method))
        .containsExactly("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS");
  }

  @Test
  void aFormAndATextAreSentAsBodies() throws Exception {
    FlowBuilder.of(
            StepBuilder.post("/ok").form("user", "a&b").form("pass word", "ü"),
            StepBuilder.post("/ok").body("plain ${x} $$"),
            StepBuilder.post("/ok").body("<a/>").header("Content-Type", "application/xml"))
        .run(context().with("x", "text"));

    assertThat(server.asked().get(0).body()).isEqualTo("user=a%26b&pass+word=%C3%BC");
    assertThat(server.asked().get(0).header("content-type"))
        .isEqualTo("application/x-www-form-urlencoded");
    assertThat(server.asked().get(1).body()).isEqualTo("plain text $");
    assertThat(server.asked().get(2).header("content-type")).isEqualTo("application/xml");
  }

  @Test
  void headersOfTheFlowGoWithEveryRequestUnlessAStepReplacesThem() throws Exception {
    FlowBuilder.of(StepBuilder.get("/ok"), StepBuilder.get("/ok").header("x-TENANT", "two"))
        .header("X-Tenant", "${tenant}")
        .run(context().with("tenant", "one"));

    assertThat(server.asked().stream().map(asked -> asked.header("X-Tenant")))
        .containsExactly("one", "two");
    assertThat(server.asked().getFirst().header("user-agent")).isEqualTo("assay");
  }

  @Test
  void aPathIsAddedToThePathOfTheBase() throws Exception {
    server.on("/api/v1/orders", 200, "[]");

    Outcome outcome =
        FlowBuilder.of(StepBuilder.get("orders"))
            .url(server.uri() + "/api/v1/")
            .outcome(URI.create("http://127.0.0.1:1"));

    assertThat(outcome.labels()).containsEntry("url", server.uri() + "/api/v1/orders");
    assertThat(outcome.result()).isEqualTo(Attempt.Result.PASSED);
  }

  @Test
  void aRelativePathWithoutABaseIsAProblemWithItsMend() {
    assertThatThrownBy(() ->
            FlowBuilder.of(StepBuilder.get("/ok")).run(new MaskingContext(Path.of("."), null)))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("ASSAY-HTTP-008 assay.yaml:7:9")
        .hasMessageContaining("give the environment a url");
  }

  @Test
  void anAddressThatASavedValueBreaksFailsTheStep() throws Exception {
    Outcome outcome =
        FlowBuilder.of(StepBuilder.get("http://${host}/"))
            .run(context().with("host", "no host at all"))
            .outcomes()
            .getFirst();

    assertThat(outcome.result()).isEqualTo(Attempt.Result.ERROR);
    assertThat(outcome.attempts().getFirst().message()).startsWith("ASSAY-HTTP-009 ");
  }

  @Test
  void aHeaderThatASavedValueBreaksFailsTheStep() throws Exception {
    Outcome outcome =
        FlowBuilder.of(StepBuilder.get("/ok").header("X-A", "${evil}"))
            .run(context().with("evil", "a\r\nX-B: b"))
            .outcomes()
            .getFirst();

    assertThat(outcome.attempts().getFirst().message())
        .contains("ASSAY-HTTP-009", "the value of the header 'X-A' cannot be sent");
    assertThat(server.asked()).isEmpty();
  }

  @Test
  void secretsAreSentButNeverKept() throws Exception {
    server.on(
        "/echo",
        exchange ->
            ShopServer.send(
                exchange,
                401,
                "x".repeat(2040) + exchange.getRequestHeaders().getFirst("Authorization"),
                "x-echo",
                MaskingContext.SECRET,
                "set-cookie",
                "session=abcdef; Path=/"));

    RecordingSink sink =
        FlowBuilder.of(
                StepBuilder.get("/echo?t=${secret.token}")
                    .header("Authorization", "Bearer ${secret.token}")
                    .expectHeader("x-echo", "absent")
                    .expectHeader("set-cookie", "absent"))
            .run(context());

    assertThat(server.asked().getFirst().header("Authorization"))
        .isEqualTo("Bearer " + MaskingContext.SECRET);
    for (Evidence evidence : sink.all()) {
      assertThat(evidence.toString()).doesNotContain("s3cr", "abcdef");
    }
    assertThat(sink.outcomes().getFirst().attempts().getFirst().detail())
        .contains("/echo?t=***", "x-echo: ***", "set-cookie: session=***; Path=/");
  }

  @Test
  void redirectsAreFollowedWhereTheFlowSaysSo() throws Exception {
    server.on("/old", 302, "", "location", "/ok?moved=1");

    RecordingSink sink =
        FlowBuilder.of(StepBuilder.post("/old").body("x").expect("status", "200"))
            .followRedirects()
            .run(server.uri());

    assertThat(sink.outcomes().getFirst().result()).isEqualTo(Attempt.Result.PASSED);
    assertThat(server.asked().getLast().method()).isEqualTo("GET");
    assertThat(server.asked().getLast().path()).isEqualTo("/ok?moved=1");
    assertThat(server.asked().getLast().body()).isEmpty();
    assertThat(sink.sum("requests")).isEqualTo(2);
  }

  @Test
  void a307KeepsMethodAndBody() throws Exception {
    server.on("/old", 307, "", "location", "/ok");

    FlowBuilder.of(StepBuilder.post("/old").body("x")).followRedirects().run(server.uri());

    assertThat(server.asked().getLast().method()).isEqualTo("POST");
    assertThat(server.asked().getLast().body()).isEqualTo("x");
  }

  @Test
  void credentialsStayBehindWhenARedirectLeadsToAnotherHost() throws Exception {
    try (ShopServer other = ShopServer.start().on("/", 200, "ok")) {
      server.on("/old", 302, "", "location", other.uri() + "/");

      FlowBuilder.of(
              StepBuilder.get("/old")
                  .header("Authorization", "Basic abc")
                  .header("X-Key", "${secret.token}")
                  .header("X-Plain", "p"))
          .followRedirects()
          .run(context());

      assertThat(other.asked()).hasSize(1);
      assertThat(other.asked().getFirst().header("Authorization")).isEqualTo("(none)");
      assertThat(other.asked().getFirst().header("X-Key")).isEqualTo("(none)");
      assertThat(other.asked().getFirst().header("X-Plain")).isEqualTo("p");
    }
  }

  @Test
  void redirectsInACircleEnd() throws Exception {
    server.on("/loop", 302, "", "location", "/loop");

    Outcome outcome =
        FlowBuilder.of(StepBuilder.get("/loop")).followRedirects().outcome(server.uri());

    assertThat(outcome.attempts().getFirst().type()).isEqualTo("protocol");
    assertThat(outcome.attempts().getFirst().message()).contains("more than 5 redirects");
    assertThat(server.asked()).hasSize(6);
  }

  @Test
  void aRedirectToNowhereFailsTheStep() throws Exception {
    server.on("/bad", 302, "", "location", "http://[nowhere");

    Outcome outcome =
        FlowBuilder.of(StepBuilder.get("/bad")).followRedirects().outcome(server.uri());

    assertThat(outcome.attempts().getFirst().message()).contains("which is not an address");
  }

  @Test
  void cookiesAreKeptOnlyWhereTheFlowSaysSo() throws Exception {
    server.on("/login", 200, "ok", "set-cookie", "session=abc; Path=/");

    FlowBuilder.of(StepBuilder.get("/login"), StepBuilder.get("/ok")).run(server.uri());
    assertThat(server.asked().getLast().header("Cookie")).isEqualTo("(none)");

    FlowBuilder.of(StepBuilder.get("/login"), StepBuilder.get("/ok")).cookies().run(server.uri());
    assertThat(server.asked().getLast().header("Cookie")).isEqualTo("session=abc");
  }
}
