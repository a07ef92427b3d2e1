package dev.assay.suite.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.evidence.Attempt;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each format is found by its content and counted as a person counts its entries. */
class FormatsTest {

  private static final Path SAMPLES = Path.of("src/test/resources/samples");

  @TempDir Path folder;

  private static ReadReport sample(String name) throws IOException {
    return ReadReport.of(Files.readAllBytes(SAMPLES.resolve(name)));
  }

  @ParameterizedTest
  @CsvSource({
    "surefire.xml,              junit,       4, 1, 1, 1",
    "surefire-reruns.xml,       junit,       3, 1, 0, 0",
    "gradle.xml,                junit,       3, 1, 0, 1",
    "pytest.xml,                junit,       5, 1, 1, 2",
    "jest-junit.xml,            junit,       3, 1, 0, 1",
    "phpunit.xml,               junit,       4, 1, 1, 1",
    "ctest.xml,                 junit,       3, 1, 0, 1",
    "gtest.xml,                 junit,       4, 1, 0, 2",
    "go-junit-report.xml,       junit,       3, 1, 0, 1",
    "nunit3.xml,                nunit3,      7, 3, 0, 2",
    "nunit2.xml,                nunit2,      5, 1, 1, 2",
    "nunit2-without-result.xml, nunit2,      3, 1, 0, 1",
    "xunit1.xml,                xunit,       2, 1, 0, 0",
    "xunit2.xml,                xunit,       4, 1, 0, 1",
    "xunit3.xml,                xunit,       3, 0, 0, 2",
    "data-rows.trx,             trx,         8, 2, 2, 2",
    "directives.tap,            tap,         9, 2, 0, 3",
    "subtests.tap,              tap,         2, 1, 0, 0",
    "bail.tap,                  tap,         1, 1, 0, 0",
    "skip-all.tap,              tap,         0, 0, 0, 0",
    "go-test.jsonl,             go-test,     7, 3, 0, 1",
    "report.ctrf.json,          ctrf,        5, 1, 0, 3",
    "mocha-json.json,           mocha,       3, 2, 0, 1",
    "mochawesome.json,          mochawesome, 3, 1, 0, 1",
    "jest.json,                 jest,        4, 1, 0, 2",
    "playwright-json.json,      playwright,  5, 1, 0, 1",
    "dart.jsonl,                dart,        5, 1, 2, 1",
    "libtest.jsonl,             libtest,     3, 1, 0, 1",
    "rspec.json,                rspec,       3, 1, 0, 1",
    "cucumber.json,             cucumber,    3, 1, 0, 1",
    "allure.json,               allure,      1, 0, 1, 0",
    "allure1.xml,               allure,      3, 1, 0, 1"
  })
  void testsAreCounted(
      String file, String format, long tests, long failures, long errors, long skipped)
      throws IOException {
    Report report = sample(file).report().orElseThrow();
    assertThat(report).isInstanceOf(Report.TestReport.class);
    assertThat(report.format().id()).isEqualTo(format);
    Report.TestReport counts = (Report.TestReport) report;
    assertThat(new long[] {counts.tests(), counts.failures(), counts.errors(), counts.skipped()})
        .containsExactly(tests, failures, errors, skipped);
  }

  @ParameterizedTest
  @CsvSource({
    "jacoco.xml,               jacoco,           2,  3, 3, 4",
    "jacoco-counters-only.xml, jacoco,           7, 12, 2, 4",
    "cobertura.xml,            cobertura,        4,  6, 1, 2",
    "clover.xml,               clover,           2,  3, 1, 2",
    "clover-istanbul.xml,      clover,           2,  3, 3, 5",
    "sonar-coverage.xml,       sonar-coverage,   1,  2, 7, 8",
    "lcov.info,                lcov,             7, 13, 2, 2",
    "go-cover.out,             go-cover,         6,  9, 0, 0",
    "coverage-final.json,      istanbul,         2,  3, 2, 3",
    "coverage-summary.json,    istanbul-summary, 3,  6, 1, 2"
  })
  void linesAndBranchesAreCounted(
      String file, String format, long covered, long valid, long taken, long branches)
      throws IOException {
    Report report = sample(file).report().orElseThrow();
    assertThat(report.format().id()).isEqualTo(format);
    Report.CoverageReport counts = (Report.CoverageReport) report;
    assertThat(
            new long[] {
              counts.linesCovered(),
              counts.linesValid(),
              counts.branchesCovered(),
              counts.branchesValid()
            })
        .containsExactly(covered, valid, taken, branches);
  }

  @ParameterizedTest
  @CsvSource({
    "mutations.xml, 'pit 5 mutants, 1 killed, 1 timed out, 1 survived, 1 without coverage'",
    "stryker.json, 'stryker 7 mutants, 2 killed, 1 timed out, 1 survived, 1 without coverage'",
    "findings.sarif, 'sarif 3 findings, 1 errors, 1 warnings, 1 suppressed'"
  })
  void mutantsAndFindingsAreCounted(String file, String line) throws IOException {
    assertThat(sample(file).line()).isEqualTo(line);
  }

  @Test
  void aFolderOfAllureResultsCountsTheLastTryOfEachTest() throws IOException {
    allure("a", "one", "failed", 10);
    allure("b", "one", "passed", 20);
    allure("c", "two", "broken", 5);
    allure("d", null, "skipped", 5);
    Files.writeString(folder.resolve("x-container.json"), "{}");
    Report report = Reports.read(folder, "results", ReportListener.none());
    assertThat(ReportForms.line(report)).contains("3 tests, 0 failed, 1 errors, 1 skipped");
  }

  private void allure(String file, String history, String status, long stop) throws IOException {
    String id = history == null ? "" : "\"historyId\":\"" + history + "\",";
    Files.writeString(
        folder.resolve(file + "-result.json"),
        "{\"uuid\":\""
            + file
            + "\","
            + id
            + "\"name\":\"n\",\"status\":\""
            + status
            + "\",\"start\":1,\"stop\":"
            + stop
            + "}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE", "UTF-16"})
  void wideEncodingsAreKnownWithAndWithoutAMark(String charset) throws IOException {
    String text = "<testsuite name=\"s\"><testcase name=\"grüße\" classname=\"A\"/></testsuite>";
    assertThat(ReadReport.of(text.getBytes(charset)).cases().getFirst().name()).isEqualTo("grüße");
    String marked = "\uFEFF" + text;
    assertThat(ReadReport.of(marked.getBytes(charset)).cases().getFirst().name())
        .isEqualTo("grüße");
  }

  @Test
  void jsonMayBeUtf16AsPowerShellWritesIt() throws IOException {
    String text = Files.readString(SAMPLES.resolve("go-test.jsonl"));
    byte[] bytes = ("\uFEFF" + text).getBytes(StandardCharsets.UTF_16LE);
    assertThat(ReadReport.of(bytes).line()).startsWith("go-test 7 tests");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Downloading…\n\n<?xml version='1.0'?><testsuite><testcase name='a'/></testsuite>",
        "<testsuite><testcase name='a'/></testsuite>\nDone.",
        "<testcase name='a'/>",
        "<wrapper><testsuite><testcase name='a'/></testsuite></wrapper>",
        "<testsuite><testcase name='a'/></testsuite><testsuite/>",
        "<x:testsuite xmlns:x='y'><x:testcase name='a'/></x:testsuite>",
        "<testsuite><testcase name='a'><properties><property name='failure'/></properties>"
            + "</testcase></testsuite>"
      })
  void aReportIsFoundWhateverStandsAroundIt(String text) {
    assertThat(ReadReport.of(text).line()).startsWith("junit 1 tests, 0 failed, 0 errors");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "  \n",
        "hello",
        "{}",
        "[]",
        "null",
        "{\"a\": 1}",
        "<html><body/></html>",
        "<a/>",
        "<report><data><package name='emma'/></data></report>",
        "\u0000\u0001\u0002",
        "[1, 2",
        "{",
        "<",
        "PK\u0003\u0004\u0000\u0000\u0000\u0000\u0001"
      })
  void whatIsNoReportIsAProblemThatSaysWhatToDo(String text) {
    ReadReport read = ReadReport.of(text);
    assertThat(read.report()).isEmpty();
    assertThat(read.problems())
        .singleElement()
        .satisfies(problem -> {
          assertThat(problem.code()).isEqualTo("ASSAY-SUITE-010");
          assertThat(problem.where().text()).startsWith("report:1");
          assertThat(problem.mend()).isNotBlank();
        });
  }

  @Test
  void aDamagedReportIsAProblemWithItsPlace() {
    ReadReport read = ReadReport.of("<testsuite>\n <testcase name='a'/>\n <testcase na");
    assertThat(ReportForms.damages("x.xml", read.report().orElseThrow()))
        .singleElement()
        .satisfies(problem -> {
          assertThat(problem.where().text()).isEqualTo("x.xml:3:2");
          assertThat(problem.what()).contains("ends inside a tag");
        });
  }

  @Test
  void aCdataSectionWithoutItsLastCharacterHidesNothing() {
    ReadReport read =
        ReadReport.of(
            "<testsuite><testcase name='a'><error><![CDATA[one]]\n</error></testcase>"
                + "<testcase name='b'><failure><![CDATA[a[b[0]] two]]></failure></testcase>"
                + "</testsuite>");
    assertThat(read.line()).startsWith("junit 2 tests, 1 failed, 1 errors");
    assertThat(read.grave()).isTrue();
  }

  @Test
  void rerunsWithoutAFailureDoNotDecideACase() {
    ReadReport read =
        ReadReport.of(
            "<testsuite><testcase name='a'><rerunFailure message='no'>x</rerunFailure></testcase>"
                + "<testcase name='b'><failure/><rerunError>y</rerunError></testcase></testsuite>");
    assertThat(read.line()).startsWith("junit 2 tests, 1 failed, 0 errors");
    assertThat(read.cases().getFirst().attempts())
        .extracting(Attempt::result)
        .containsExactly(Attempt.Result.FAILED, Attempt.Result.PASSED);
  }

  @Test
  void theMachineFormHasTheNamesThatTheIssueAsksFor() throws IOException {
    assertThat(ReportForms.json("f", sample("gradle.xml").report().orElseThrow()).members())
        .containsKeys("file", "format", "tests", "failures", "errors", "skipped", "duration_s");
    assertThat(ReportForms.json("f", sample("lcov.info").report().orElseThrow()).members())
        .containsKeys("lines_covered", "lines_valid", "branches_covered", "branches_valid");
    assertThat(ReportForms.json("f", sample("findings.sarif").report().orElseThrow()).members())
        .containsKey("findings");
  }
}
