package dev.assay.chaos.toolkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.api.json.Json;
import dev.assay.api.problem.Problem;
import dev.assay.api.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The cases of chaostoolkit-lib's tests/test_experiment.py and test_probe.py about validity. */
class ExperimentReaderTest {

  @TempDir private Path folder;
  private ToolkitFixture fixture;

  @BeforeEach
  void prepare() {
    fixture = new ToolkitFixture(folder);
  }

  private List<String> whats(String text) {
    return fixture.problems(text).stream().map(Problem::what).toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | an empty experiment is not an experiment",
        "{description: blah, method: []} | an experiment requires a title",
        "{title: kaboom, method: []} | an experiment requires a description",
        "{title: a, description: b} | an experiment requires a method",
        "{title: a, description: b, steady-state-hypothesis: {}, method: []} | a hypothesis requires a title",
        "{title: a, description: b, method: [{}]} | an empty activity is no activity",
        "{title: a, description: b, method: [{ref: pizza}]} | the referenced activity 'pizza' could not be found",
        "{title: a, description: b, tags: [''], method: []} | a tag is no text",
        "{title: a, description: b, method: [{type: whatever, name: x, provider: {type: process, path: echo}}]} | 'whatever' is not a type of activity",
        "{title: a, description: b, method: [{type: probe, name: x, provider: {type: pizza}}]} | unknown provider type 'pizza'",
        "{title: a, description: b, method: [{type: probe, name: x, provider: {type: http}}]} | a HTTP activity must have a URL",
        "{title: a, description: b, method: [{type: probe, name: x, provider: {type: process}}]} | a process activity must have a path",
        "{title: a, description: b, method: [{type: probe, name: x, provider: {type: process, path: somewhere/not/here}}]} | path 'somewhere/not/here' cannot be found, in activity 'x'",
        "{title: a, description: b, method: [{type: probe, name: x, provider: {type: python, module: os.path, func: exists, arguments: {}}}]} | required argument 'path' is missing, in activity 'x'",
        "{title: a, description: b, method: [{type: probe, name: x, provider: {type: python, module: os.path, func: exists, arguments: {path: a, should_not_be_here: b}}}]} | argument 'should_not_be_here' is not part of the function signature",
        "{title: a, description: b, method: [{type: probe, name: x, pauses: {before: soon}, provider: {type: process, path: echo}}]} | the pause before is neither a number nor a variable",
        "{title: a, description: b, method: [{type: probe, name: x, background: 1, provider: {type: process, path: echo}}]} | background is neither true nor false",
        "{title: a, description: b, method: [], configuration: {k: {type: env, key: DOES_NOT_EXIST}}} | the environment variable 'DOES_NOT_EXIST' is not set",
        "{title: a, description: b, method: [], secrets: {k8s: {k: {type: vault, path: foo}}}} | a secret of Vault cannot be read here",
        "{title: a, description: b, method: [], runtime: {rollbacks: {strategy: often}}} | 'often' is no strategy of rollbacks",
      })
  void whatIsWrongIsSaid(String experiment, String what) {
    assertThat(whats(experiment)).singleElement().asString().startsWith(what);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{type: regex, target: stdout} | the tolerance has no 'pattern'",
        "{type: regex, pattern: '[0-9'} | '[0-9' is not a regular expression",
        "{type: jsonpath, path: ''} | the tolerance has no 'path'",
        "{type: jsonpath, path: '$.a['} | '$.a[' is not a path",
        "{type: boom} | the tolerance type 'boom' is unsupported",
        "{type: range, range: [a, 6]} | a range is not two numbers",
        "{type: range, range: [6]} | a range is not two numbers",
        "1.5 | a tolerance is a whole number",
      })
  void aToleranceThatCannotBeCheckedIsSaid(String tolerance, String what) {
    String experiment =
        "{title: a, description: b, method: [], steady-state-hypothesis: {title: c, probes: [{type:"
            + " probe, name: p, provider: {type: process, path: echo}, tolerance: "
            + tolerance
            + "}]}}";

    assertThat(whats(experiment)).singleElement().asString().startsWith(what);
  }

  @Test
  void everythingIsSaidAtOnceWithItsPlaceAndNothingIsRun() {
    List<Problem> problems =
        fixture.problems(
            """
            title: a
            method:
              - type: action
                name: first
                provider: { type: process, path: touch, arguments: [ ran ] }
              - type: action
                name: kill the pods
                provider: { type: python, module: chaosk8s.pod.actions, func: terminate_pods }
              - type: action
                name: toxic
                provider: { type: python, module: chaostoxi.toxic.actions, func: create_latency_toxix }
            """);

    assertThat(problems)
        .extracting(one -> one.where().text(), Problem::code)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("experiment.yaml:1:1", "ASSAY-CHAOS-061"),
            org.assertj.core.groups.Tuple.tuple("experiment.yaml:8:15", "ASSAY-CHAOS-062"),
            org.assertj.core.groups.Tuple.tuple("experiment.yaml:11:15", "ASSAY-CHAOS-062"));
    assertThat(problems.get(1).what())
        .contains("chaosk8s.pod.actions.terminate_pods")
        .contains("kill the pods");
    assertThat(problems.get(2).mend()).contains("chaostoxi.toxic.actions.create_latency_toxic");
    assertThat(folder.resolve("ran")).doesNotExist();
  }

  @Test
  void controlsAreNamedAsNotRun() {
    Experiment experiment =
        fixture.read(
            """
            title: a
            description: b
            controls: [ { name: dummy, provider: { type: python, module: fixtures.controls.dummy } } ]
            contributions: { reliability: high }
            extensions: [ { name: anything, data: 1 } ]
            tags: [ x ]
            method: []
            """);

    assertThat(experiment.warnings())
        .singleElement()
        .asString()
        .contains("'dummy'")
        .contains(":3:");
  }

  @Test
  void plainScalarsAreThoseOfYaml11() {
    Json root =
        ExperimentFile.of(
                "a.yaml",
                """
                on: yes
                a: [0o17, 017, 0x1F, 1_000, 1:30, 1e3x, .5, ~, Off, "yes"]
                base: &base { x: 1, y: 2 }
                more: { <<: *base, y: 3 }
                """)
            .root();

    Json.Obj object = root.asObject();
    assertThat(object.members().get("on")).isEqualTo(Json.of(true));
    assertThat(object.array("a"))
        .containsExactly(
            Json.of("0o17"),
            Json.of(15),
            Json.of(31),
            Json.of(1000),
            Json.of(90),
            Json.of("1e3x"),
            Json.of(0.5),
            Json.Null.VALUE,
            Json.of(false),
            Json.of("yes"));
    assertThat(object.object("more").members()).isEqualTo(Map.of("x", Json.of(1), "y", Json.of(3)));
  }

  @Test
  void jsonWithTabsAndEscapesIsRead() throws IOException {
    Path file = folder.resolve("e.json");
    Files.writeString(
        file,
        "{\n\t\"title\": \"a\\/\\ud83d\\ude00\",\n\t\"description\": \"b\",\n\t\"method\":\t[]\n}");

    Experiment experiment =
        ExperimentReader.read(file, "e.json", folder, Map.of(), RunSettings.DEFAULT);

    assertThat(experiment.title()).isEqualTo("a/😀");
  }

  @Test
  void aFileThatIsNoneIsAProblemWithItsPlace() {
    assertThatThrownBy(() -> ExperimentFile.of("x.json", "{\"a\": [1,\n  2"))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("x.json:2:");
    assertThatThrownBy(
            () -> ExperimentFile.of("x.yaml", "!!python/object/apply:os.system\nargs: ['Hello']\n"))
        .isInstanceOf(ProblemException.class);
    assertThatThrownBy(() -> ExperimentFile.read(folder.resolve("none.yaml"), "none.yaml"))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("none.yaml");
    assertThatThrownBy(() -> ExperimentFile.read(folder.resolve("e.txt"), "e.txt"))
        .hasMessageContaining("e.txt");
  }

  @Test
  void aBombOfAliasesIsRefused() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 9; i++) {
      bomb.append("a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ", ").repeat(9) + "x"));
    }

    assertThatThrownBy(() -> ExperimentFile.of("bomb.yaml", bomb.toString()))
        .isInstanceOf(ProblemException.class);
  }
}
