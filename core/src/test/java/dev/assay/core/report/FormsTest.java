package dev.assay.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonReader;
import dev.assay.api.ledger.LedgerEntry.CheckClosed;
import dev.assay.api.ledger.LedgerEntry.Ending;
import dev.assay.api.ledger.LedgerEntry.Planned;
import dev.assay.api.ledger.LedgerEntry.RunClosed;
import dev.assay.api.verdict.Decision;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** JSON, JUnit XML and Markdown. */
class FormsTest {

  @Test
  void jsonHasItsShape() throws IOException {
    Golden.check("report.json", JsonReport.write(SampleRun.small()));
  }

  @Test
  void jsonHoldsHostileTextsAndAllOutcomes() {
    JsonReader.read(JsonReport.write(SampleRun.hostile()));
    Json.Obj unit =
        JsonReader.read(JsonReport.write(SampleRun.full()))
            .asObject()
            .array("checks")
            .getFirst()
            .asObject();
    assertThat(unit.array("outcomes")).hasSize(300);
    assertThat(unit.object("counts").whole("flaky")).isEqualTo(1);
  }

  @Test
  void junitHasItsShape() throws IOException {
    Golden.check("junit.xml", JUnitXmlReport.write(SampleRun.small()));
  }

  @Test
  void junitIsWellFormedWhateverItHolds() {
    for (RunReport run : List.of(SampleRun.hostile(), SampleRun.full())) {
      Document xml = Xml.parse(JUnitXmlReport.write(run));
      assertThat(Xml.all(xml, "testsuite")).hasSize(run.checks().size());
    }
  }

  @Test
  void junitCountsWhatItHolds() {
    Document xml = Xml.parse(JUnitXmlReport.write(SampleRun.full()));
    Element all = xml.getDocumentElement();
    assertThat(all.getAttribute("tests")).isEqualTo("" + Xml.all(xml, "testcase").size());
    assertThat(all.getAttribute("failures")).isEqualTo("" + Xml.all(xml, "failure").size());
    assertThat(all.getAttribute("errors")).isEqualTo("" + Xml.all(xml, "error").size());
    assertThat(all.getAttribute("skipped")).isEqualTo("" + Xml.all(xml, "skipped").size());
    assertThat(Xml.all(xml, "flakyFailure")).hasSize(1);
  }

  @Test
  void junitNeverShowsGreenForWhatDidNotPass() {
    List<RunReport> runs =
        List.of(
            RunReport.from(SampleRun.summary("w", SampleRun.subject()), List.of()),
            RunReport.from(
                SampleRun.summary("w", SampleRun.subject()),
                List.of(SampleRun.opened("w", new Planned("c", "http", "d", 0)))),
            RunReport.from(
                SampleRun.summary("w", SampleRun.subject()),
                List.of(
                    SampleRun.opened("w", new Planned("c", "http", "d", 0)),
                    new CheckClosed(SampleRun.at(1), "c", Ending.BROKEN, "it broke", Map.of()),
                    new RunClosed(SampleRun.at(1), Ending.BROKEN, Decision.NOT_RUN))));
    for (RunReport run : runs) {
      Document xml = Xml.parse(JUnitXmlReport.write(run));
      assertThat(Xml.all(xml, "error")).hasSize(1);
      assertThat(xml.getDocumentElement().getAttribute("errors")).isEqualTo("1");
    }
    Document green = Xml.parse(JUnitXmlReport.write(SampleRun.green()));
    assertThat(Xml.all(green, "error")).isEmpty();
    assertThat(Xml.all(green, "failure")).isEmpty();
  }

  @Test
  void markdownHasItsShape() throws IOException {
    Golden.check("comment.md", MarkdownReport.write(SampleRun.full()));
  }

  @Test
  void markdownLetsNoTextBecomeStructure() throws IOException {
    String text = MarkdownReport.write(SampleRun.hostile());
    Golden.check("hostile.md", text);
    String outsideCode = text.replaceAll("(?s)(`+)(?!`).*?(?<!`)\\1(?!`)", "");
    assertThat(outsideCode)
        .doesNotContain("<script")
        .doesNotContain("@all")
        .doesNotContain("\u001b");
    for (String line :
        text.lines().filter(row -> row.startsWith("| ") && row.contains("not run")).toList()) {
      assertThat(line.replace("\\|", "").chars().filter(c -> c == '|').count()).isEqualTo(6);
    }
  }

  @Test
  void markdownOfAnyRunFitsAComment() {
    assertThat(MarkdownReport.write(SampleRun.huge()).length()).isBetween(48_000, 65_536);
  }
}
