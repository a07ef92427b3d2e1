package dev.assay.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@code assay run} decides, says and leaves. */
class RunIT extends Scenario {

  private static final String TWO_STAGES =
      """
      workspace: shop
      checks:
        unit:
          suite: { command: sh suite.sh unit, reports: ["reports/unit.xml"] }
        slow:
          needs: unit
          suite: { command: sh suite.sh slow, reports: ["reports/slow.xml"] }
        other:
          suite: { command: sh suite.sh other, reports: ["reports/other.xml"] }
      stages: [ [unit], [slow, other] ]
      """;

  private void suite(String reports) {
    workspace(
        """
        workspace: shop
        checks:
          unit:
            suite: { command: sh suite.sh, reports: ["reports/*.xml"] }
        """);
    write("suite.sh", "mkdir -p reports\n" + reports);
  }

  @Test
  void aServiceThatDoesWhatIsExpectedShips() {
    workspace(
        "workspace: shop\n"
            + GREETER
            + """
            checks:
              smoke:
                http:
                  - get: /greeting
                    expect: { status: 200, body: { "$.greeting": hello } }
              unit:
                suite: { command: sh suite.sh unit, reports: ["reports/*.xml"] }
            """);
    write("suite.sh", COUNTING_SUITE);

    Ended ended = assay("run", "--report", "out").with(0);

    ended.printing("SHIP", "smoke", "unit", "All 2 checks passed", "report.html");
    ended.saying("service app ready", "run completed: pass");
    assertThat(file("out"))
        .isDirectoryContaining("glob:**/report.html")
        .isDirectoryContaining("glob:**/report.md")
        .isDirectoryContaining("glob:**/report.json")
        .isDirectoryContaining("glob:**/junit.xml");
    assertThat(read("out/report.html")).startsWith("<!DOCTYPE html>").contains("smoke");
  }

  @Test
  void aWrongAnswerHoldsTheReleaseAndTheReasonNamesTheNumberAndTheEvidence() {
    workspace(
        "workspace: shop\n"
            + GREETER
            + """
            checks:
              smoke:
                http:
                  - get: /greeting
                    expect: { status: 201 }
            """);

    Ended ended = assay("run", "--json").with(1);

    Json.Obj smoke = JsonReader.read(ended.out()).asObject().array("checks").getFirst().asObject();
    Json.Obj reason = smoke.object("verdict").array("reasons").getFirst().asObject();
    assertThat(reason.text("decision")).isEqualTo("FAIL");
    assertThat(reason.text("expectation")).isEqualTo("failed = 0");
    assertThat(reason.text("sentence")).contains("GET /greeting", "200", "201");
    assertThat(reason.object("numbers").get("observed").asNumber()).isEqualTo(1);
    String evidence = reason.array("evidence").getFirst().asText();
    assertThat(assay("ledger", "show", "--json").with(0).out()).contains("GET /greeting");
    assertThat(ended.out()).contains(evidence);
  }

  @Test
  void aFailingTestHoldsTheRelease() {
    suite(
        """
        cat > reports/r.xml <<END
        <testsuite name="s"><testcase classname="Orders" name="areCounted"><failure message="3 is not 4"/></testcase>
        <testcase classname="Orders" name="areListed"/></testsuite>
        END
        exit 1
        """);

    assay("run").with(1).printing("HOLD", "failed = 0", "areCounted", "3 is not 4");
  }

  @Test
  void aSuiteWithoutTestsNeverPasses() {
    suite("echo '<testsuite name=\"s\" tests=\"0\"/>' > reports/r.xml\n");

    assay("run").with(2).printing("inconclusive", "tests > 0");
  }

  @Test
  void aSuiteWithoutReportsNeverPasses() {
    suite("exit 0\n");

    assay("run").with(2).printing("UNDECIDED", "tests > 0", "inconclusive");
  }

  @Test
  void aSuiteThatLeavesOnlyTheReportsOfYesterdayNeverPasses() {
    suite("touch -d '2020-01-01' reports/r.xml\n");
    write(
        "reports/r.xml",
        "<testsuite name=\"s\"><testcase classname=\"a\" name=\"b\"/></testsuite>");

    assay("run").with(2);
  }

  @Test
  void aSuiteThatCrashesIsNoPassAlthoughItsTestsPassed() {
    suite(
        """
        echo '<testsuite name="s"><testcase classname="a" name="b"/></testsuite>' > reports/r.xml
        kill -s SEGV $$
        """);

    assay("run").with(2).printing("inconclusive");
  }

  @Test
  void aWorkspaceWithoutChecksNeverPasses() {
    workspace("workspace: shop\n");

    assay("run").with(2);
  }

  @Test
  void anUnreachableServiceHoldsTheRelease() {
    workspace(
        """
        workspace: shop
        environments: { local: { url: "http://127.0.0.1:%d" } }
        checks:
          smoke:
            http: [ { get: / } ]
        """
            .formatted(freePort()));

    assay("run").with(1).printing("HOLD", "GET /", "nothing listens at 127.0.0.1:");
  }

  @Test
  void aStageAfterAFailedStageIsNotRun() {
    workspace(
        """
        workspace: shop
        checks:
          bad:
            suite: { command: sh bad.sh, reports: ["reports/bad.xml"] }
          good:
            suite: { command: sh suite.sh good, reports: ["reports/good.xml"] }
        stages: [ [bad], [good] ]
        """);
    write("suite.sh", COUNTING_SUITE);
    write(
        "bad.sh",
        """
        mkdir -p reports
        echo '<testsuite name="s"><testcase classname="a" name="b"><error/></testcase></testsuite>' > reports/bad.xml
        """);

    assay("run").with(1).printing("stage 2 waits for 'bad' (fail)");
    assertThat(times("good")).isZero();
  }

  @Test
  void aCheckOverItsTimeIsNotRunAndItsProcessEnds() {
    workspace(
        """
        workspace: shop
        checks:
          slow:
            timeout: 500ms
            suite: { command: sh suite.sh slow, reports: ["reports/*.xml"] }
        """);
    write("suite.sh", WAITING_SUITE);

    assay("run").with(2).printing("not run", "ran longer than its timeout of 500 ms");
    assertThat(processes()).isEmpty();
    assertThat(file("slow.waits")).exists();
  }

  @Test
  void onlyTheChecksAskedForAndWhatTheyNeedAreRun() {
    workspace(TWO_STAGES);
    write("suite.sh", COUNTING_SUITE);

    assay("run", "--only", "slow").with(0);

    assertThat(times("unit")).isEqualTo(1);
    assertThat(times("slow")).isEqualTo(1);
    assertThat(times("other")).isZero();
  }

  @Test
  void aCheckThatIsNotThereIsAnErrorThatNamesTheNearest() {
    workspace(TWO_STAGES);

    assay("run", "--only", "slw").with(3).saying("ASSAY-PLAN-016", "did you mean 'slow'?");
  }

  @Test
  void anEnvironmentThatIsNotThereIsAnErrorThatNamesTheNearest() {
    workspace("workspace: shop\nenvironments: { local: {}, staging: {} }\n");

    assay("run", "--env", "stging").with(3).saying("ASSAY-PLAN-015", "did you mean 'staging'?");
  }

  @Test
  void standardOutputHoldsNothingButJsonWhereJsonIsAskedFor() {
    workspace(TWO_STAGES);
    write("suite.sh", COUNTING_SUITE);

    Ended ended = assay("run", "--json", "--seed", "7").with(0);

    Json.Obj report = JsonReader.read(ended.out()).asObject();
    assertThat(report.text("decision")).isEqualTo("PASS");
    assertThat(report.whole("seed")).isEqualTo(7);
    ended.saying("unit begins", "run completed: pass", "seed 7");
  }

  @Test
  void problemsAreJsonTooWhereJsonIsAskedFor() {
    workspace("workspace: shop\nchecs: {}\n");

    Ended ended = assay("run", "--json").with(3);

    Json.Obj problem =
        JsonReader.read(ended.out()).asObject().array("problems").getFirst().asObject();
    assertThat(problem.text("code")).isEqualTo("ASSAY-PLAN-007");
  }

  @Test
  void theSamePolicyAndEvidenceHaveTheSameDigestsInEveryRun() {
    workspace(TWO_STAGES);
    write("suite.sh", COUNTING_SUITE);

    List<String> first = policies(assay("run", "--json", "--seed", "7").with(0));
    List<String> second = policies(assay("run", "--json", "--seed", "7").with(0));

    assertThat(second).isEqualTo(first).hasSize(3).doesNotHaveDuplicates();
  }

  private static List<String> policies(Ended ended) {
    return JsonReader.read(ended.out()).asObject().array("checks").stream()
        .map(check -> check.asObject().object("verdict").text("policy"))
        .toList();
  }

  @Test
  void aWorkspaceIsFoundByItsFolderToo() throws Exception {
    workspace(TWO_STAGES);
    write("suite.sh", COUNTING_SUITE);
    Path elsewhere = Files.createDirectories(file("elsewhere"));

    Ended ended = assay("run", folder().toString()).with(0);

    ended.printing("SHIP");
    assertThat(elsewhere).isEmptyDirectory();
  }
}
