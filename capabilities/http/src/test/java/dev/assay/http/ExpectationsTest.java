package dev.assay.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.evidence.Attempt;
import dev.assay.api.evidence.Outcome;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpectationsTest {

  private static final String PRODUCTS =
      "[{\"id\":\"p1\",\"name\":\"coffee\",\"price\":2.50,\"sold\":true,\"tags\":[],\"next\":null},"
          + "{\"id\":\"p2\",\"name\":\"tea\",\"price\":2,\"big\":12345678901234567891}]";

  private ShopServer server;

  @BeforeEach
  void start() throws Exception {
    server =
        ShopServer.start()
            .on(
                "/products",
                200,
                PRODUCTS,
                "content-type",
                "application/json",
                "x-version",
                "7",
                "x-odd",
                "NaN")
            .on("/missing", 404, "no such thing")
            .on("/moved", 302, "", "location", "/products")
            .on("/object", 200, "{\"state\":\"pending\",\"total\":1,\"odd\":\"Infinity\"}");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Outcome run(StepBuilder step) throws Exception {
    return FlowBuilder.of(step).outcome(server.uri());
  }

  @Test
  void withoutAnExpectationAStatusBelow400Passes() throws Exception {
    assertThat(run(StepBuilder.get("/products")).result()).isEqualTo(Attempt.Result.PASSED);
    assertThat(run(StepBuilder.get("/moved")).result()).isEqualTo(Attempt.Result.PASSED);
  }

  @Test
  void withoutAnExpectationAStatusOf400OrMoreFails() throws Exception {
    Attempt attempt = run(StepBuilder.get("/missing")).attempts().getFirst();

    assertThat(attempt.result()).isEqualTo(Attempt.Result.FAILED);
    assertThat(attempt.type()).isEqualTo("status");
    assertThat(attempt.message()).isEqualTo("expected status < 400, got 404");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          200    | pass
          201    | fail
          != 200 | fail
          != 500 | pass
          < 300  | pass
          >= 300 | fail
          ~ ^2   | pass
          ~ ^5   | fail
          !~ ^5  | pass
          """)
  void aStatusIsCompared(String comparison, String result) throws Exception {
    check(StepBuilder.get("/products").expect("status", comparison), result, "status");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          $.length()          | 2            | pass
          $.length()          | > 2          | fail
          $[0].price          | 2.5          | pass
          $[0].price          | >= 0         | pass
          $[0].price          | < 2.5        | fail
          $[0].name           | coffee       | pass
          $[0].name           | = tea        | fail
          $[0].name           | ~ ^cof       | pass
          $[0].name           | > 1          | fail
          $[0].sold           | true         | pass
          $[0].next           | null         | pass
          $[0].next           | exists       | pass
          $[0].tags           | []           | pass
          $[1].big            | 12345678901234567891 | pass
          $[1].big            | 12345678901234567892 | fail
          $[9].id             | exists       | fail
          $[9].id             | absent       | pass
          $[0].id             | absent       | fail
          $[*].price          | > 0          | pass
          $[*].price          | > 2          | fail
          $[*].sold           | true         | pass
          $[*].nothing        | > 0          | fail
          $[*].nothing        | absent       | pass
          $[?(@.price > 2)].id | p1          | pass
          $..id               | ~ ^p         | pass
          """)
  void aJsonPathIsCompared(String path, String comparison, String result) throws Exception {
    check(StepBuilder.get("/products").expectBody(path, comparison), result, "body");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          content-type | ~ json           | pass
          Content-Type | application/json | pass
          content-type | ~ html           | fail
          content-type | exists           | pass
          content-type | absent           | fail
          x-version    | > 6              | pass
          x-version    | 7                | pass
          x-version    | > 7              | fail
          x-odd        | > 0              | fail
          x-none       | absent           | pass
          x-none       | exists           | fail
          x-none       | != 3             | fail
          """)
  void aHeaderIsCompared(String header, String comparison, String result) throws Exception {
    check(StepBuilder.get("/products").expectHeader(header, comparison), result, "header");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          time      | < 10 s    | pass | time
          time      | < 1 ns    | fail | time
          body size | < 1 MB    | pass | body
          body size | < 10 B    | fail | body
          text      | ~ coffee  | pass | body
          text      | ~ whisky  | fail | body
          text      | !~ whisky | pass | body
          """)
  void timeSizeAndTextAreCompared(String what, String comparison, String result, String type)
      throws Exception {
    check(StepBuilder.get("/products").expect(what, comparison), result, type);
  }

  @Test
  void wordsThatJavaReadsAsNumbersAreNoNumbers() throws Exception {
    check(StepBuilder.get("/object").expectBody("$.odd", "> 0"), "fail", "body");
  }

  @Test
  void aRegularExpressionThatNeverEndsFailsTheStep() throws Exception {
    server.on("/evil", 200, "a".repeat(5_000) + "!");

    Attempt attempt =
        run(StepBuilder.get("/evil").expect("text", "~ ^(a+)+\\1$")).attempts().getFirst();

    assertThat(attempt.type()).isEqualTo("body");
    assertThat(attempt.detail()).contains("the regular expression '^(a+)+\\1$' takes too long");
  }

  @Test
  void aRegularExpressionThatRecursesTooDeeplyFailsTheStep() throws Exception {
    server.on("/evil", 200, "ab".repeat(500_000));

    Attempt attempt =
        run(StepBuilder.get("/evil").expect("text", "~ ^(a|b)*$")).attempts().getFirst();

    assertThat(attempt.type()).isEqualTo("body");
    assertThat(attempt.detail()).contains("takes too long");
  }

  @Test
  void theDetailShowsEverythingThatDidNotHold() throws Exception {
    Attempt attempt =
        run(StepBuilder.get("/object")
                .expect("status", "201")
                .expectHeader("content-typ", "~ json")
                .expectBody("$.state", "shipped")
                .expectBody("$.totl", "> 1")
                .expect("body size", "< 10 B")
                .expect("text", "~ done"))
            .attempts()
            .getFirst();

    assertThat(attempt.message()).isEqualTo("expected status = 201, got 200 (and 5 more)");
    assertThat(
            attempt
                .detail()
                .replaceAll("date: .*", "date: (now)")
                .replaceAll("127.0.0.1:\\d+", "(server)"))
        .isEqualTo(
            """
            expected status = 201
                 got 200
            expected header content-typ ~ json
                 got no such header
            expected body $.state = shipped
                 got pending
            expected body $.totl > 1
                 got nothing there
                     $ holds state, total, odd; did you mean 'total'?
            expected body size < 10 B
                 got 46 B
            expected text ~ done
                 got {"state":"pending","total":1,"odd":"Infinity"}

            GET http://(server)/object

            HTTP/1.1 200
            content-length: 46
            date: (now)

            {"state":"pending","total":1,"odd":"Infinity"}\
            """);
  }

  @Test
  void aRedirectThatIsNotFollowedSaysHowToFollowIt() throws Exception {
    Attempt attempt = run(StepBuilder.get("/moved").expect("status", "200")).attempts().getFirst();

    assertThat(attempt.detail()).contains("write 'follow redirects: true'");
  }

  @Test
  void whatAStrangerWroteCannotSteerTheTerminal() throws Exception {
    server.on("/ansi", 500, "\u001b[2Jgone\u0007");

    Attempt attempt = run(StepBuilder.get("/ansi").expect("text", "x")).attempts().getFirst();

    assertThat(attempt.detail()).doesNotContain("\u001b", "\u0007").contains("gone");
  }

  @Test
  void onlyTheFirstTwoKibOfABodyAreShown() throws Exception {
    server.on("/long", 500, "x".repeat(5_000));

    Attempt attempt = run(StepBuilder.get("/long")).attempts().getFirst();

    assertThat(attempt.detail())
        .contains("x".repeat(2048) + "…")
        .doesNotContain("x".repeat(2049))
        .endsWith("(the first 2 KiB of 5000 bytes)");
  }

  @Test
  void anExpectationOfTlsFailsWithoutTls() throws Exception {
    Attempt attempt =
        run(StepBuilder.get("/products").expectTls("version", "TLSv1.3")).attempts().getFirst();

    assertThat(attempt.type()).isEqualTo("tls");
    assertThat(attempt.message()).startsWith("expected tls to be used, got no TLS on http://");
  }

  private void check(StepBuilder step, String result, String type) throws Exception {
    Outcome outcome = run(step);
    List<Attempt> attempts = outcome.attempts();
    assertThat(attempts).hasSize(1);
    if (result.equals("pass")) {
      assertThat(attempts.getFirst().message()).isNull();
      assertThat(outcome.result()).isEqualTo(Attempt.Result.PASSED);
    } else {
      assertThat(outcome.result()).isEqualTo(Attempt.Result.FAILED);
      assertThat(attempts.getFirst().type()).isEqualTo(type);
    }
  }
}
