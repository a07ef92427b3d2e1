package dev.assay.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.json.Json;
import dev.assay.api.problem.Problem;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FlowValidationTest {

  private static Problem only(FlowBuilder flow) {
    List<Problem> problems = flow.problems();
    assertThat(problems).hasSize(1);
    return problems.getFirst();
  }

  private static Problem only(StepBuilder step) {
    Problem problem = only(FlowBuilder.of(step));
    assertThat(problem.where()).isEqualTo(StepBuilder.PLACE);
    return problem;
  }

  @Test
  void theFlowOfTheManualIsValid() {
    assertThat(
            FlowBuilder.of(
                    StepBuilder.get("/products")
                        .expect("status", "200")
                        .expect("time", "< 500 ms")
                        .expect("body size", "< 1 MB")
                        .expect("text", "~ coffee")
                        .expectHeader("content-type", "~ json")
                        .expectBody("$.length()", "> 0")
                        .expectBody("$[?(@.price > 2)].id", "exists")
                        .expectTls("expires", "> 14 d")
                        .save("id", "$[0].id")
                        .save("etag", "header:etag")
                        .save("token", "regex:token=(\\w+)"),
                    StepBuilder.post("/orders")
                        .json(Json.object().put("product", "${id}").build())
                        .retry(Duration.ofMillis(200), Duration.ofSeconds(5)))
                .problems())
        .isEmpty();
  }

  @Test
  void anEmptyFlowProvesNothing() {
    Problem problem = only(FlowBuilder.of());

    assertThat(problem.code()).isEqualTo("ASSAY-HTTP-002");
    assertThat(problem.where().text()).isEqualTo("assay.yaml:3:5");
    assertThat(problem.mend()).isEqualTo("add a step such as '- get: /health'");
  }

  @Test
  void aStepWithoutAMethodIsShownAtItsPlace() {
    Problem problem = only(StepBuilder.none().name("x"));

    assertThat(problem.toString())
        .isEqualTo(
            "ASSAY-HTTP-001 assay.yaml:7:9: the step has no method (add one of get, post, put,"
                + " patch, delete, head, options, such as 'get: /health')");
  }

  @Test
  void aStepWithTwoMethodsNamesThem() {
    assertThat(only(StepBuilder.get("/a").method("post", "/b")).what())
        .isEqualTo("the step has 2 methods: get, post");
  }

  @Test
  void twoBodiesExcludeEachOther() {
    assertThat(only(StepBuilder.post("/").body("x").form("a", "b")).code())
        .isEqualTo("ASSAY-HTTP-005");
  }

  @Test
  void aHeadHasNoBody() {
    assertThat(only(StepBuilder.none().method("head", "/").body("x")).what())
        .isEqualTo("a HEAD has no body");
    assertThat(only(StepBuilder.none().method("head", "/").expect("text", "~ x")).code())
        .isEqualTo("ASSAY-HTTP-003");
  }

  @Test
  void aPlaceholderInJsonMustBeClosed() {
    Problem problem = only(StepBuilder.post("/").json(Json.array(List.of(Json.of("${id")))));

    assertThat(problem.code()).isEqualTo("ASSAY-HTTP-005");
    assertThat(problem.what()).contains("'${' is not closed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Host", "content-length", "a b", ""})
  void headersThatCannotBeSentAreReported(String header) {
    assertThat(only(StepBuilder.get("/").header(header, "x")).code()).isEqualTo("ASSAY-HTTP-006");
  }

  @ParameterizedTest
  @CsvSource({
    "time, < 500",
    "time, < 5 MB",
    "time, ~ 5",
    "body size, < 10",
    "body size, < 10 s",
    "status, ok",
    "status, 2xx",
    "status, < 5 s",
    "status, 20"
  })
  void anExpectationMustFitWhatItIsComparedWith(String what, String comparison) {
    assertThat(only(StepBuilder.get("/").expect(what, comparison)).code())
        .isEqualTo("ASSAY-HTTP-003");
  }

  @Test
  void numbersInBodiesHeadersAndCertificatesAreHeldToTheirUnits() {
    assertThat(only(StepBuilder.get("/").expectBody("$.a", "< 5 s")).what())
        .isEqualTo("'< 5 s' has a unit, but $.a is a plain number");
    assertThat(only(StepBuilder.get("/").expectHeader("x", "> 5 MB")).code())
        .isEqualTo("ASSAY-HTTP-003");
    assertThat(only(StepBuilder.get("/").expectTls("expires", "> 14")).code())
        .isEqualTo("ASSAY-HTTP-003");
  }

  @ParameterizedTest
  @ValueSource(strings = {"state", "$[", "$..", "$.a[?(@.x=]", "$['a", "$$$"})
  void aJsonPathThatIsNoneIsReported(String path) {
    assertThat(only(StepBuilder.get("/").expectBody(path, "1")).code()).isEqualTo("ASSAY-HTTP-003");
  }

  @Test
  void aJsonPathThatWouldOverflowTheCompilerIsReported() {
    assertThat(only(StepBuilder.get("/").expectBody("$" + "[0]".repeat(20_000), "1")).what())
        .endsWith("a JSON path has at most 500 characters");
  }

  @Test
  void aPathWithoutItsDollarSaysHowToWriteIt() {
    assertThat(only(StepBuilder.get("/").expectBody("state", "1")).mend())
        .isEqualTo("write it like $.state, or use text: for the whole body");
  }

  @ParameterizedTest
  @ValueSource(strings = {"id", "header:", "regex:(", "$[", "body:x"})
  void aSourceOfASavedValueMustBeOneOfThree(String source) {
    assertThat(only(StepBuilder.get("/").save("id", source)).code()).isEqualTo("ASSAY-HTTP-004");
  }

  @ParameterizedTest
  @ValueSource(strings = {"secret.token", "env.HOME", "1a", "a b", ""})
  void aSavedValueCannotHideAVariableOfTheRun(String name) {
    assertThat(only(StepBuilder.get("/").save(name, "$.id")).code()).isEqualTo("ASSAY-HTTP-004");
  }

  @ParameterizedTest
  @CsvSource({"0, 1000", "200, 0", "5, 1000", "10, 60000"})
  void aRepetitionIsBounded(long every, long within) {
    assertThat(
            only(StepBuilder.get("/").retry(Duration.ofMillis(every), Duration.ofMillis(within)))
                .code())
        .isEqualTo("ASSAY-HTTP-007");
  }

  @Test
  void timeAndSizeAreBounded() {
    StepBuilder step = StepBuilder.get("/");
    assertThat(only(FlowBuilder.of(step).timeout(Duration.ZERO)).code())
        .isEqualTo("ASSAY-HTTP-007");
    assertThat(only(FlowBuilder.of(step).maxBody("2 GB")).code()).isEqualTo("ASSAY-HTTP-007");
    assertThat(only(StepBuilder.get("/").timeout(Duration.ofSeconds(-1))).code())
        .isEqualTo("ASSAY-HTTP-007");
  }

  @Test
  void trustAndInsecureExcludeEachOther() {
    assertThat(only(FlowBuilder.of(StepBuilder.get("/")).trust("ca.pem").insecure()).code())
        .isEqualTo("ASSAY-HTTP-010");
  }

  @Test
  void allProblemsOfAFlowAreReportedAtOnce() {
    assertThat(
            FlowBuilder.of(
                    StepBuilder.none().name("a"),
                    StepBuilder.get("/").expect("status", "ok").save("x", "y"))
                .problems())
        .hasSize(3);
  }
}
