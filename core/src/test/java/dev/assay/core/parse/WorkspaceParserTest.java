package dev.assay.core.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assay.api.plan.Expectation;
import dev.assay.api.plan.Plan;
import dev.assay.api.problem.Place;
import dev.assay.api.problem.Problem;
import dev.assay.api.problem.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkspaceParserTest {

  private static final String VALID =
      """
      workspace: shop
      environments:
        local: { url: "http://127.0.0.1:${port.shop}", secrets: { token: { env: TOKEN } } }
      variables: { HOW_LONG: 5s }
      services:
        shop: { command: "java Shop.java --port ${port.shop}", ready: /health }
      checks:
        smoke:
          probe:
            - { name: list, get: /products, save: { id: "$[0].id" } }
        load:
          probe:
            flow: [ { name: order, get: "/orders/${id}" } ]
            rate: 500/s
            for: ${HOW_LONG}
            mode: very slow
            wants: { a: "< 5 ms", b: 200 }
          expect:
            latency.p95: < 150 ms
            latency[order].p99: { is: "< 1 s", samples: 10 }
            errors: { no worse than: main, by: 2 %, first run: passes }
          timeout: 2m
      stages: [ [smoke, load] ]
      """;

  private final WorkspaceParser parser =
      new WorkspaceParser(List.of(new ProbeType()), Map.of("HOME", "/h"));

  private Plan parse(String text) {
    return parser.parse(text, Path.of("assay.yaml"));
  }

  private List<Problem> problems(String text) {
    return catchThrowableOfType(ProblemException.class, () -> parse(text)).problems();
  }

  @Test
  void aValidWorkspaceBecomesAPlan() {
    Plan plan = parse(VALID);
    assertThat(plan.workspace()).isEqualTo("shop");
    assertThat(plan.stages()).containsExactly(List.of("smoke", "load"));
    ProbeType.Probe load = (ProbeType.Probe) plan.check("load").configuration();
    assertThat(load.rate()).isNotNull();
    assertThat(load.duration()).isEqualTo(Duration.ofSeconds(5));
    assertThat(load.mode()).isEqualTo(ProbeType.Mode.VERY_SLOW);
    assertThat(load.maxTries()).isEqualTo(3);
    assertThat(load.wants().get("b").holds(200)).isTrue();
    assertThat(plan.check("load").timeout()).isEqualTo(Duration.ofMinutes(2));
  }

  @Test
  void aListIsShorthandForTheComponentThatTakesIt() {
    ProbeType.Probe smoke = (ProbeType.Probe) parse(VALID).check("smoke").configuration();
    assertThat(smoke.flow()).hasSize(1);
    assertThat(smoke.flow().getFirst().place().line()).isEqualTo(10);
  }

  @Test
  void usingASavedVariableNeedsTheCheckThatSavesIt() {
    assertThat(parse(VALID).check("load").needs()).containsExactly("smoke");
  }

  @Test
  void expectationsAreReadAndTheImpliedOnesAdded() {
    List<Expectation> expectations = parse(VALID).check("load").expectations();
    assertThat(expectations.stream().map(Expectation::text))
        .containsExactly(
            "latency.p95 < 150 ms",
            "latency[order].p99 < 1 s",
            "errors no worse than main by 2 %",
            "requests > 0");
    assertThat(expectations.get(1).samples()).isEqualTo(10);
    assertThat(expectations.getLast().implied()).isTrue();
  }

  @Test
  void aWrittenExpectationReplacesTheImpliedOneUnlessThatIsAlwaysKept() {
    List<Expectation> smoke = parse(VALID).check("smoke").expectations();
    assertThat(smoke.stream().map(Expectation::text))
        .containsExactly("requests > 0", "errors < 1 %");
  }

  @Test
  void theDigestOfACheckIgnoresItsPlaceAndSpelling() {
    String moved = VALID.replace("workspace: shop\n", "# a comment\n\nworkspace: shop\n");
    assertThat(parse(moved).check("load").digest()).isEqualTo(parse(VALID).check("load").digest());
    String changed = VALID.replace("500/s", "501/s");
    assertThat(parse(changed).check("load").digest())
        .isNotEqualTo(parse(VALID).check("load").digest());
  }

  @ParameterizedTest(name = "{0} → {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          rate: 500/s             | ratee: 500/s            | ASSAY-PLAN-007 | 14:7  | unknown key 'ratee'                | did you mean 'rate'?
          rate: 500/s             | rate: 500 ms            | ASSAY-PLAN-008 | 14:13 | '500 ms' is not a rate             | write a rate such as 500/s
          rate: 500/s             | rate: [1]               | ASSAY-PLAN-008 | 14:13 | 'rate' cannot be a list            | write a rate such as 500/s
          mode: very slow         | mode: verry slow        | ASSAY-PLAN-008 | 16:13 | 'mode' cannot be 'verry slow'      | did you mean 'very slow'?
          name: order,            | nam: order,             | ASSAY-PLAN-009 | 13:15 | the key 'name' is missing          | add 'name'
          latency.p95: < 150 ms   | latencyp95: < 150 ms    | ASSAY-PLAN-012 | 19:7  | is no metric of the check type probe | did you mean 'latency.p95'?
          latency.p95: < 150 ms   | latency.p95: < 150 kB   | ASSAY-PLAN-012 | 19:20 | has not the unit of 'latency'      | write a duration
          latency.p95: < 150 ms   | latency: < 150 ms       | ASSAY-PLAN-012 | 19:16 | is many values                     | name a statistic, such as latency.p95
          latency.p95: < 150 ms   | requests: { no worse than: main } | ASSAY-PLAN-012 | 19:17 | neither more nor less | compare another metric
          /orders/${id}           | /orders/${idd}          | ASSAY-PLAN-010 | 13:35 | nothing gives '${idd}' a value     | did you mean '${id}'?
          --port ${port.shop}     | --port ${port.shp}      | ASSAY-PLAN-010 | 6:20  | nothing gives '${port.shp}'        | did you mean '${port.shop}'?
          [ [smoke, load] ]       | [ [smoke, loaf] ]       | ASSAY-PLAN-010 | 23:19 | there is no check 'loaf'           | did you mean 'load'?
          [ [smoke, load] ]       | [ [smoke] ]             | ASSAY-PLAN-013 | 11:3  | check 'load' is in no stage        | add it to `stages`
          [ [smoke, load] ]       | [ [load], [smoke] ]     | ASSAY-PLAN-011 | 11:3  | which is in a later stage          | move 'smoke'
          timeout: 2m             | timeout: soon           | ASSAY-PLAN-008 | 22:14 | 'soon' is not a number with a unit | write a duration
          checks:                 | chekcs:                 | ASSAY-PLAN-007 | 7:1   | unknown key 'chekcs'               | did you mean 'checks'?
          { env: TOKEN }          | { env: A, file: b }     | ASSAY-PLAN-008 | 3:68  | needs exactly one source           | write { env: VARIABLE }
          """)
  void eachMistakeIsNamedWithItsPlaceAndItsMend(
      String right, String wrong, String code, String place, String what, String mend) {
    assertThat(VALID).contains(right);
    List<Problem> problems = problems(VALID.replace(right, wrong));
    Problem problem =
        problems.stream()
            .filter(found -> found.code().equals(code))
            .findFirst()
            .orElseThrow(() -> new AssertionError(problems));
    assertThat(problem.where().text()).isEqualTo("assay.yaml:" + place);
    assertThat(problem.what()).contains(what);
    assertThat(problem.mend()).contains(mend);
    assertThat(((Place) problem.where()).source()).isNotBlank();
  }

  @Test
  void allMistakesAreFoundInOnePassInTheOrderOfTheFile() {
    String broken =
        VALID
            .replace("rate: 500/s", "ratee: 500/s")
            .replace("timeout: 2m", "timeout: soon")
            .replace("[smoke, load]", "[smoke, loaf]");
    assertThat(problems(broken).stream().map(Problem::code))
        .containsExactly("ASSAY-PLAN-007", "ASSAY-PLAN-008", "ASSAY-PLAN-010");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      textBlock =
          """
          a: 1\\na: 2|ASSAY-PLAN-005|2:1
          a:\\n\\tb: 1|ASSAY-PLAN-004|2:1
          a: [1, 2|ASSAY-PLAN-004|1:9
          a: b: c|ASSAY-PLAN-004|1:5
          a: 1\\n---\\nb: 2|ASSAY-PLAN-004|3:1
          # nothing|ASSAY-PLAN-014|1:1
          - a|ASSAY-PLAN-008|1:1
          a: *nowhere|ASSAY-PLAN-004|1:4
          """)
  void yamlThatIsWrongInItselfIsAnsweredWithItsPlace(String text, String code, String place) {
    assertThat(problems(text.replace("\\n", "\n").replace("\\t", "\t")))
        .anySatisfy(problem -> {
          assertThat(problem.code()).isEqualTo(code);
          assertThat(problem.where().text()).isEqualTo("assay.yaml:" + place);
        });
  }

  @Test
  void aMistakeOutsideTheChecksHidesNoneInsideThem() {
    String broken =
        VALID
            .replace("workspace: shop", "workspac: shop")
            .replace("ready: /health", "readi: /health")
            .replace("timeout: 2m", "needs: [smok]")
            .replace("/orders/${id}", "/orders/${idd}")
            .replace("[smoke, load]", "[smoke, loaf]");
    assertThat(problems(broken).stream().map(Problem::what).toList())
        .anyMatch(text -> text.contains("unknown key 'workspac'"))
        .anyMatch(text -> text.contains("unknown key 'readi'"))
        .anyMatch(text -> text.contains("there is no check 'smok'"))
        .anyMatch(text -> text.contains("'${idd}'"))
        .anyMatch(text -> text.contains("there is no check 'loaf'"));
  }

  @Test
  void anAliasBombIsAnsweredNotUnfolded() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 10; i++) {
      bomb.append(
          "a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ", ").repeat(9) + "*a" + (i - 1)));
    }
    assertThat(problems(bomb.toString()).getFirst().code()).isEqualTo("ASSAY-PLAN-006");
  }

  @Test
  void anAnchorThatContainsItselfIsAnswered() {
    assertThat(problems("a: &a [ *a ]").getFirst().code()).isEqualTo("ASSAY-PLAN-006");
  }

  @Test
  void deepNestingIsAnswered() {
    assertThat(problems("a: " + "[".repeat(5000) + "]".repeat(5000)).getFirst().kind())
        .isEqualTo(dev.assay.api.problem.ProblemKind.USER);
  }

  @Test
  void aFileOfTenMegabytesIsAnswered(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("assay.yaml"), "a: " + "x".repeat(10_000_000));
    assertThatThrownBy(() -> parser.parse(file)).hasMessageContaining("ASSAY-PLAN-002");
  }

  @Test
  void bytesThatAreNotUtf8AreAnsweredWithTheirPlace(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("assay.yaml");
    Files.write(file, "workspace: caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> parser.parse(file))
        .hasMessageContaining("ASSAY-PLAN-003")
        .hasMessageContaining(":1:15");
  }

  @Test
  void aMissingFileIsAnswered(@TempDir Path folder) {
    assertThatThrownBy(() -> parser.parse(folder.resolve("none.yaml")))
        .hasMessageContaining("ASSAY-PLAN-001");
  }

  @Test
  void aByteOrderMarkIsNoMistake() {
    assertThat(parse("\uFEFFworkspace: a").workspace()).isEqualTo("a");
  }

  @Test
  void needsThatGoRoundAreNamedAsACircle() {
    String text =
        "workspace: a\nchecks:\n  x: { probe: [], needs: y }\n  y: { probe: [], needs: x }\n";
    assertThat(problems(text).getFirst().what()).contains("x → y → x");
  }

  @Test
  void mutatedWorkspacesAreParsedOrAnsweredNeverThrown() {
    long seed = 20261121;
    Random random = new Random(seed);
    String alphabet = "{}[]:,-#&*!|>'\"%@`~?\n\t \u00e9${}x0<";
    for (int i = 0; i < 3000; i++) {
      StringBuilder text = new StringBuilder(VALID);
      for (int edits = random.nextInt(1, 6); edits > 0; edits--) {
        int at = random.nextInt(Math.max(1, text.length()));
        switch (random.nextInt(3)) {
          case 0 -> text.delete(at, at + 1);
          case 1 ->
              text.insert(
                  Math.min(at, text.length()), alphabet.charAt(random.nextInt(alphabet.length())));
          default -> text.setLength(Math.min(at + 1, text.length()));
        }
      }
      try {
        parse(text.toString());
      } catch (ProblemException answered) {
        assertThat(answered.problems())
            .as("seed %d, round %d", seed, i)
            .isNotEmpty()
            .allSatisfy(problem -> assertThat(problem.mend()).isNotBlank());
      }
    }
  }
}
