package dev.assay.core.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assay.api.plan.CheckPlan;
import dev.assay.api.plan.Plan;
import dev.assay.api.problem.ProblemException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MatrixTest {

  private final WorkspaceParser parser =
      new WorkspaceParser(List.of(new ProbeType()), Map.of("HOME", "/h"));

  private Plan parse(String checks) {
    return parser.parse("workspace: shop\n" + checks, Path.of("assay.yaml"));
  }

  private List<String> ids(String checks) {
    return parse(checks).checks().stream().map(CheckPlan::id).toList();
  }

  private List<String> problems(String checks) {
    return catchThrowableOfType(ProblemException.class, () -> parse(checks)).problems().stream()
        .map(problem -> problem.where().text() + " " + problem.what() + "; " + problem.mend())
        .toList();
  }

  @Test
  void eachCombinationIsACheckOfItsOwn() {
    assertThat(
            ids(
                """
                checks:
                  unit:
                    matrix: { java: [17, 25], database: [sqlite, postgres] }
                    probe: [ { name: "on ${matrix.java}", get: "/${matrix.database}" } ]
                """))
        .containsExactly(
            "unit@java=17+database=sqlite",
            "unit@java=17+database=postgres",
            "unit@java=25+database=sqlite",
            "unit@java=25+database=postgres");
  }

  @Test
  void valuesAreFilledInEverywhereAndTheDigestIsTheCells() {
    Plan plan =
        parse(
            """
            checks:
              unit:
                matrix: { n: [2, 4] }
                probe: { flow: [ { name: a, get: "/$${matrix.n}/${matrix.n}" } ], max tries: "${matrix.n}" }
                expect: { latency.p95: "< ${matrix.n} ms" }
                timeout: ${matrix.n}m
            """);
    CheckPlan<?> second = plan.checks().get(1);
    ProbeType.Probe probe = (ProbeType.Probe) second.configuration();
    assertThat(probe.maxTries()).isEqualTo(4);
    assertThat(probe.flow().getFirst().get()).hasToString("/$${matrix.n}/4");
    assertThat(second.timeout()).hasMinutes(4);
    assertThat(second.expectations().getFirst().text()).isEqualTo("latency.p95 < 4 ms");
    assertThat(second.digest()).isNotEqualTo(plan.checks().getFirst().digest());
  }

  @Test
  void combinationsAreLeftOutAndAdded() {
    assertThat(
            ids(
                """
                checks:
                  unit:
                    matrix:
                      java: [17, 25]
                      os: [linux, mac]
                      exclude: [ { java: 17, os: mac } ]
                      include: [ { java: 26-ea, os: linux }, { os: linux, java: 25 } ]
                    probe: []
                """))
        .containsExactly(
            "unit@java=17+os=linux",
            "unit@java=25+os=linux",
            "unit@java=25+os=mac",
            "unit@java=26-ea+os=linux");
  }

  @Test
  void whereACheckIsNamedAllItsCellsAreMeant() {
    Plan plan =
        parse(
            """
            checks:
              unit: { matrix: { java: [17, 25] }, probe: [] }
              ship: { probe: [], needs: [unit] }
            stages: [ [unit], [ship] ]
            """);
    assertThat(plan.stages())
        .containsExactly(List.of("unit@java=17", "unit@java=25"), List.of("ship"));
    assertThat(plan.check("ship").needs()).containsExactly("unit@java=17", "unit@java=25");
    assertThat(plan.named("unit")).containsExactly("unit@java=17", "unit@java=25");
    assertThat(plan.named("unit@java=25")).containsExactly("unit@java=25");
    assertThat(plan.named("uni")).isEmpty();
  }

  @Test
  void everyMistakeIsToldOnceWithItsPlace() {
    assertThat(
            problems(
                """
                checks:
                  a:
                    matrix: { java: [17, 25, 17], os: [linux] }
                    probe: []
                  b:
                    matrix: { java: [17, 25], exclude: [ { jav: 17 }, { java: 8 } ] }
                    probe: []
                  c:
                    matrix: { java: [17, 25] }
                    probe: [ { name: "${matrix.jva}", get: / } ]
                    expect: { nonsense: 1 }
                  d: { matrix: [17], probe: [] }
                  e: { probe: [], needs: [a] }
                """))
        .satisfiesExactly(
            first -> assertThat(first).startsWith("assay.yaml:4:30 '17' is here twice"),
            second ->
                assertThat(second)
                    .startsWith(
                        "assay.yaml:7:49 the matrix has no name 'jav'; did you mean 'java'?"),
            third ->
                assertThat(third).startsWith("assay.yaml:7:63 no cell of the matrix has java 8"),
            fourth ->
                assertThat(fourth)
                    .startsWith(
                        "assay.yaml:11:22 the matrix gives '${matrix.jva}' no value; did you mean 'java'?"),
            fifth -> assertThat(fifth).startsWith("assay.yaml:12:15"),
            sixth -> assertThat(sixth).startsWith("assay.yaml:13:16 'matrix' cannot be a list"));
  }

  @Test
  void aMatrixIsBounded() {
    String many =
        "["
            + String.join(
                ", ", java.util.stream.IntStream.range(0, 70).mapToObj(String::valueOf).toList())
            + "]";
    assertThat(
            problems("checks:\n  a: { matrix: { x: " + many + ", y: " + many + " }, probe: [] }\n"))
        .singleElement()
        .satisfies(problem -> assertThat(problem).contains("4900 combinations"));
    assertThat(problems("checks:\n  a: { matrix: {}, probe: [] }\n")).hasSize(1);
    assertThat(problems("checks:\n  a: { matrix: { x: [a b, a+b] }, probe: [] }\n")).hasSize(1);
  }

  @Test
  void nobodyCanWriteTheIdOfACell() {
    assertThat(problems("checks:\n  a@x=1: { probe: [] }\n")).hasSize(1);
  }
}
