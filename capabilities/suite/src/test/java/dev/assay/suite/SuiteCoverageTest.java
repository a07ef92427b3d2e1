package dev.assay.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.evidence.Finding;
import dev.assay.api.evidence.Measured;
import dev.assay.api.evidence.Measurement;
import dev.assay.suite.coverage.CoverageRecord;
import dev.assay.suite.coverage.MutationRecord;
import dev.assay.suite.git.Repository;
import dev.assay.testkit.RecordingSink;
import dev.assay.testkit.TestContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuiteCoverageTest {

  private static final String A_TEST =
      "mkdir -p out; echo '<testsuite name=\"s\"><testcase name=\"a\"/></testsuite>' > out/t.xml; ";
  private static final String SIX = "one\ntwo\nthree\nfour\nfive\nsix\n";

  @TempDir Path folder;
  @TempDir Path scratch;
  private final RecordingSink sink = new RecordingSink("check");

  private void run(Suites suite) throws Exception {
    new SuiteCheckType().prepare(suite.build()).run(new TestContext(folder, scratch, null), sink);
  }

  /** A suite whose run leaves an LCOV file. */
  private static Suites covering(String... records) {
    return Suites.script(
        A_TEST
            + "printf '"
            + String.join("end_of_record\\n", records)
            + "end_of_record\\n' > lcov.info",
        "out/*.xml");
  }

  private static String lcov(String file, int... executed) {
    StringBuilder record = new StringBuilder("SF:" + file + "\\n");
    for (int i = 0; i < executed.length; i++) {
      record.append("DA:").append(i + 1).append(',').append(executed[i]).append("\\n");
    }
    return record.toString();
  }

  private Optional<Measured> measured(String metric) {
    return sink.measurements(metric).stream().findFirst().map(Measurement::value);
  }

  private List<Finding> findings(String rule) {
    return sink.of(Finding.class).stream().filter(one -> one.rule().equals(rule)).toList();
  }

  private Repository repository() {
    return new Repository(folder).write(".gitignore", "out\nlcov.info\n*.xml\n*.json\n");
  }

  @Test
  void linesThatChangedSinceTheBranchBeganAreHeldAgainstWhatWasExecuted() throws Exception {
    Repository repository = repository().write("src/a.js", SIX).write("src/b.js", SIX);
    repository.commit("begin");
    repository.git("checkout", "-q", "-b", "work");
    repository.write("src/a.js", SIX.replace("two", "2").replace("five", "5"));
    repository.commit("change");
    repository.write("src/b.js", SIX.replace("six", "6")); // not committed

    run(
        covering(lcov("src/a.js", 1, 1, 1, 0, 0, 0), lcov("src/b.js", 1, 1, 1, 1, 1, 0))
            .coverage(null, "lcov.info"));

    assertThat(measured("coverage.line")).contains(new Measured.Proportion(8, 12));
    assertThat(measured("coverage.diff")).contains(new Measured.Proportion(1, 3));
    assertThat(measured("coverage.diff.uncovered")).contains(new Measured.Count(2));
    assertThat(findings("coverage.diff-uncovered"))
        .extracting(Finding::place)
        .containsExactly("src/a.js:5", "src/b.js:6");
    assertThat(findings("coverage.diff").getFirst().message())
        .startsWith("1 of 3 lines that changed since the merge base with main (");
  }

  @Test
  void aNewFileThatGitDoesNotKnowYetHasChangedAsAWhole() throws Exception {
    repository().write("src/a.js", SIX).commit("begin");
    Files.writeString(folder.resolve("src/new.js"), SIX);

    run(
        covering(lcov("src/a.js", 0, 0), lcov("src/new.js", 1, 1, 0, 0))
            .coverage("HEAD", "lcov.info"));

    assertThat(measured("coverage.diff")).contains(new Measured.Proportion(2, 4));
    assertThat(findings("coverage.diff-uncovered"))
        .singleElement()
        .satisfies(gap -> assertThat(gap.message()).contains("lines 3 to 4", "executed them"));
  }

  @Test
  void onTheMainBranchTheLastCommitIsTheChange() throws Exception {
    Repository repository = repository().write("src/a.js", SIX);
    repository.commit("begin");
    repository.write("src/a.js", SIX.replace("six", "6"));
    repository.commit("change");

    run(covering(lcov("src/a.js", 0, 0, 0, 0, 0, 1)).coverage(null, "lcov.info"));

    assertThat(measured("coverage.diff")).contains(new Measured.Proportion(1, 1));
  }

  @Test
  void aChangeOfNothingThatRunsMeasuresNoShareAndSaysSo() throws Exception {
    Repository repository = repository().write("src/a.js", SIX).write("README.md", "one");
    repository.commit("begin");
    repository.write("README.md", "two");

    run(covering(lcov("src/a.js", 0, 0)).coverage(null, "lcov.info"));

    assertThat(measured("coverage.diff")).isEmpty();
    assertThat(measured("coverage.diff.uncovered")).contains(new Measured.Count(0));
    assertThat(findings("coverage.diff-empty")).hasSize(1);
  }

  @Test
  void aNewModuleThatNoTestLoadsIsNoEmptyChange() throws Exception {
    repository().write("src/a.js", SIX).commit("begin");
    Files.writeString(folder.resolve("src/new.js"), SIX);
    Files.writeString(folder.resolve("src/new.test.js"), SIX);

    run(covering(lcov("src/a.js", 1, 1)).coverage(null, "lcov.info"));

    assertThat(measured("coverage.diff")).isEmpty();
    assertThat(measured("coverage.diff.uncovered")).isEmpty();
    assertThat(findings("coverage.diff-unknown"))
        .singleElement()
        .satisfies(
            found -> assertThat(found.message()).contains("src/new.js").doesNotContain("test"));
  }

  @Test
  void withoutARepositoryOnlyTheWholeIsMeasured() throws Exception {
    run(covering(lcov("src/a.js", 1, 0)).coverage(null, "lcov.info"));

    assertThat(measured("coverage.line")).contains(new Measured.Proportion(1, 2));
    assertThat(measured("coverage.diff")).isEmpty();
    assertThat(findings("coverage.no-change").getFirst().message()).contains("no git repository");
  }

  @Test
  void aBranchThatIsNotThereIsSaid() throws Exception {
    repository().write("src/a.js", SIX).commit("begin");

    run(covering(lcov("src/a.js", 1, 0)).coverage("develop", "lcov.info"));

    assertThat(measured("coverage.diff")).isEmpty();
    assertThat(findings("coverage.no-change").getFirst().message()).contains("'develop'");
  }

  @Test
  void coverageOfLinesThatTheFileDoesNotHaveIsOfAnotherFile() throws Exception {
    repository().write("src/a.js", "one\n").commit("begin");
    Files.writeString(folder.resolve("src/a.js"), "two\n");

    run(covering(lcov("src/a.js", 1, 1, 1)).coverage(null, "lcov.info"));

    assertThat(measured("coverage.diff")).isEmpty();
    assertThat(findings("coverage.other-file")).hasSize(1);
  }

  @Test
  void aReportFromBeforeIsNoCoverageOfThisRun() throws Exception {
    repository().write("src/a.js", SIX).commit("begin");
    Files.writeString(folder.resolve("lcov.info"), "SF:src/a.js\nDA:1,1\nend_of_record\n");

    run(Suites.script(A_TEST, "out/*.xml").coverage(null, "lcov.info"));

    assertThat(measured("coverage.line")).isEmpty();
    assertThat(findings("coverage.no-report").getFirst().message()).contains("older");
  }

  @Test
  void aCutReportMeasuresNothing() throws Exception {
    repository().write("src/a.js", SIX).commit("begin");

    run(
        Suites.script(A_TEST + "printf 'SF:src/a.js\\nDA:1,1\\n' > lcov.info", "out/*.xml")
            .coverage(null, "lcov.info"));

    assertThat(measured("coverage.line")).isEmpty();
    assertThat(findings("coverage.unreadable")).hasSize(1);
  }

  @Test
  void ofSeveralReportsOfOneFileALineCountsOnce() throws Exception {
    repository().write("src/a.js", SIX).commit("begin");

    run(
        Suites.script(
                A_TEST
                    + "printf 'SF:src/a.js\\nDA:1,1\\nDA:2,0\\nend_of_record\\n' > 1.info;"
                    + "printf 'SF:src/a.js\\nDA:2,3\\nDA:3,0\\nend_of_record\\n' > 2.info",
                "out/*.xml")
            .coverage(null, "*.info"));

    assertThat(measured("coverage.line")).contains(new Measured.Proportion(2, 3));
    assertThat(
            CoverageRecord.read(new String(sink.content("coverage.json"), StandardCharsets.UTF_8))
                .orElseThrow()
                .files())
        .containsOnlyKeys("src/a.js");
  }

  @Test
  void mutantsOnChangedLinesThatNobodyNoticedAreFound() throws Exception {
    Repository repository =
        repository()
            .write(
                "src/main/java/shop/Cart.java",
                "package shop;\nclass Cart {\n  int a;\n  int b;\n}\n");
    repository.commit("begin");
    repository.write(
        "src/main/java/shop/Cart.java", "package shop;\nclass Cart {\n  int a;\n  int c;\n}\n");

    run(
        Suites.script(
                A_TEST
                    + "cat > mutations.xml <<'EOF'\n<mutations>"
                    + mutant(
                        "KILLED",
                        3,
                        "<killingTest>" + test("adds") + "</killingTest>",
                        "adds",
                        "sums")
                    + mutant("SURVIVED", 4, "", "sums")
                    + mutant("NO_COVERAGE", 4, "")
                    + mutant("KILLED", 4, "<killingTest>" + test("adds") + "</killingTest>", "adds")
                    + "</mutations>\nEOF\n",
                "out/*.xml")
            .coverage(null, "mutations.xml"));

    assertThat(measured("mutation.score")).contains(new Measured.Proportion(2, 4));
    assertThat(measured("mutation.score.diff")).contains(new Measured.Proportion(1, 3));
    assertThat(measured("mutation.score.diff.unnoticed")).contains(new Measured.Count(2));
    assertThat(findings("mutation.unnoticed-in-diff"))
        .allSatisfy(found -> assertThat(found.place()).isEqualTo("src/main/java/shop/Cart.java:4"));
    // it was not tried with the first mutant, which another test noticed before
    assertThat(findings("mutation.weak-test"))
        .singleElement()
        .satisfies(weak -> {
          assertThat(weak.place()).isEqualTo("shop.CartTest#sums");
          assertThat(weak.message()).contains("executes 2 mutants", "none of the 1 ");
        });
    assertThat(
            MutationRecord.read(new String(sink.content("mutation.json"), StandardCharsets.UTF_8))
                .orElseThrow()
                .tests())
        .filteredOn(one -> one.test().equals("shop.CartTest#adds"))
        .singleElement()
        .satisfies(adds -> {
          assertThat(adds.kills()).isEqualTo(2);
          assertThat(adds.onlyKills()).isEqualTo(1); // the other one sums was not tried with
          assertThat(adds.onlyCovers()).isEqualTo(1);
        });
  }

  private static String test(String method) {
    return "shop.CartTest.[engine:junit-jupiter]/[class:shop.CartTest]/[method:" + method + "()]";
  }

  private static String mutant(String status, int line, String killing, String... covering) {
    StringBuilder tests = new StringBuilder();
    for (String one : covering) {
      tests.append(tests.isEmpty() ? "" : "|").append(test(one));
    }
    return "<mutation detected='true' status='"
        + status
        + "'><sourceFile>Cart.java</sourceFile><mutatedClass>shop.Cart</mutatedClass><lineNumber>"
        + line
        + "</lineNumber><description>negated</description>"
        + killing
        + "<coveringTests>"
        + tests
        + "</coveringTests></mutation>";
  }
}
