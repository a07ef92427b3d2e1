package dev.assay.core.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.evidence.Attempt;
import dev.assay.api.evidence.Outcome;
import dev.assay.api.ledger.LedgerEntry;
import dev.assay.api.ledger.LedgerEntry.CheckOpened;
import dev.assay.api.ledger.LedgerEntry.Judged;
import dev.assay.api.ledger.LedgerEntry.Planned;
import dev.assay.api.ledger.LedgerEntry.Recorded;
import dev.assay.api.verdict.Decision;
import dev.assay.api.verdict.Verdict;
import dev.assay.core.report.RunReport;
import dev.assay.core.report.SampleRun;
import dev.assay.core.report.Xml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

class HtmlReportTest {

  static List<RunReport> runs() {
    return List.of(
        SampleRun.full(),
        SampleRun.small(),
        SampleRun.green(),
        SampleRun.hostile(),
        RunReport.from(SampleRun.summary("empty", SampleRun.subject()), List.of()));
  }

  @ParameterizedTest
  @MethodSource("runs")
  void everyPageIsWellFormed(RunReport run) {
    assertThat(Xml.parse(HtmlReport.write(run)).getDocumentElement().getTagName())
        .isEqualTo("html");
  }

  @ParameterizedTest
  @MethodSource("runs")
  void aPageAsksNobodyForAnything(RunReport run) {
    String html = HtmlReport.write(run);
    Document page = Xml.parse(html);
    for (Element element : Xml.all(page, "*")) {
      assertThat(element.hasAttribute("src")).isFalse();
      assertThat(element.getTagName()).isNotIn("script", "link", "iframe", "object", "img", "base");
      if (element.hasAttribute("href")) {
        assertThat(element.getAttribute("href")).startsWith("#");
      }
      assertThat(element.hasAttribute("style")).isFalse();
    }
    String css = page.getElementsByTagName("style").item(0).getTextContent();
    assertThat(css).doesNotContain("url(").doesNotContain("@import").doesNotContain("http");
    assertThat(html).contains("default-src 'none'; style-src 'unsafe-inline'");
  }

  @ParameterizedTest
  @MethodSource("runs")
  void idsAreUniqueAndEveryReferenceFindsOne(RunReport run) {
    Set<String> ids = new HashSet<>();
    List<Element> elements = Xml.all(Xml.parse(HtmlReport.write(run)), "*");
    for (Element element : elements) {
      if (element.hasAttribute("id")) {
        assertThat(ids.add(element.getAttribute("id"))).as(element.getAttribute("id")).isTrue();
      }
    }
    for (Element element : elements) {
      if (element.hasAttribute("href")) {
        assertThat(ids).contains(element.getAttribute("href").substring(1));
      }
      for (String id : element.getAttribute("aria-labelledby").split(" ")) {
        assertThat(id.isEmpty() || ids.contains(id)).as(id).isTrue();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("runs")
  void headingsDescendOneLevelAtATime(RunReport run) {
    int last = 0;
    for (Element element : Xml.all(Xml.parse(HtmlReport.write(run)), "*")) {
      if (Pattern.matches("h[1-6]", element.getTagName())) {
        int level = element.getTagName().charAt(1) - '0';
        assertThat(level).isBetween(1, last + 1);
        last = level;
      }
    }
    assertThat(last).isPositive();
  }

  @Test
  void everyImageSaysWhatItShows() {
    for (Element svg : Xml.all(Xml.parse(HtmlReport.write(SampleRun.full())), "svg")) {
      assertThat(svg.getAttribute("role")).isEqualTo("img");
      assertThat(svg.getElementsByTagName("title").item(0).getTextContent()).isNotBlank();
    }
  }

  @Test
  void noHostileTextBecomesMarkup() {
    String html = HtmlReport.write(SampleRun.hostile());
    assertThat(html).doesNotContain("<script").doesNotContain("\u001b").doesNotContain("\u0000");
    assertThat(html.split("&lt;script&gt;").length).isGreaterThan(20);
  }

  @Test
  void theVerdictIsAWordAndNotOnlyAColour() {
    assertThat(text(SampleRun.green())).contains("Ship").contains("The one check passed.");
    assertThat(text(SampleRun.small()))
        .contains("Hold")
        .contains("1 of 3 checks passed: smoke failed; checkout was not run.");
  }

  @Test
  void anInterruptedRunIsUndecided() {
    RunReport run =
        RunReport.from(
            SampleRun.summary("shop", SampleRun.subject()),
            List.of(
                SampleRun.opened("shop", new Planned("unit", "suite", "d", 0)),
                new CheckOpened(SampleRun.at(1), "unit")));
    assertThat(text(run)).contains("Undecided").contains("interrupted").doesNotContain("Ship");
  }

  @Test
  void theCellsOfAMatrixAreATableThatLeadsToEach() {
    List<LedgerEntry> entries = new ArrayList<>();
    entries.add(
        SampleRun.opened(
            "shop",
            new Planned("smoke", "http", "d", 0),
            new Planned("unit@java=17+database=sqlite", "suite", "d", 0),
            new Planned("unit@java=17+database=postgres", "suite", "d", 0),
            new Planned("unit@java=25+database=sqlite", "suite", "d", 0)));
    entries.add(
        new Judged(
            "unit@java=25+database=sqlite", new Verdict(Decision.PASS, List.of(), "p", "e")));
    String html =
        HtmlReport.write(RunReport.from(SampleRun.summary("shop", SampleRun.subject()), entries));
    Element table =
        Xml.all(Xml.parse(html), "section").stream()
            .filter(section -> section.getAttribute("class").equals("panel matrix"))
            .findFirst()
            .orElseThrow();
    assertThat(cells(table))
        .containsExactly(
            "java",
            "database sqlite",
            "database postgres",
            "17",
            "not run",
            "not run",
            "25",
            "pass",
            "left out");
    assertThat(links(table)).containsExactly("#check-2", "#check-3", "#check-4");
    assertThat(table.getTextContent()).contains("unit: 1 of 3 cells pass");
  }

  private static List<String> cells(Element table) {
    List<String> texts = new ArrayList<>();
    for (Element each : Xml.all(table.getOwnerDocument(), "*")) {
      boolean cell = each.getTagName().matches("t[hd]") && within(each, table);
      if (cell) {
        texts.add(each.getTextContent().replaceFirst("^\\W+", "").strip());
      }
    }
    return texts;
  }

  private static List<String> links(Element table) {
    return Xml.all(table.getOwnerDocument(), "a").stream()
        .filter(link -> within(link, table))
        .map(link -> link.getAttribute("href"))
        .toList();
  }

  private static boolean within(@Nullable Node node, Node around) {
    return node != null && (node.equals(around) || within(node.getParentNode(), around));
  }

  @Test
  void aRunOfNothingIsUndecided() {
    RunReport run = RunReport.from(SampleRun.summary("x", SampleRun.subject()), List.of());
    assertThat(text(run)).contains("Undecided").contains("there is nothing to judge");
  }

  @Test
  void aLoadIsPlottedWithItsLimitAndItsTail() {
    String html = HtmlReport.write(SampleRun.full());
    assertThat(html)
        .contains("Latency over time")
        .contains("Latency by percentile")
        .contains("Throughput")
        .contains("Errors")
        .contains("p95 &lt; 50 ms")
        .contains("99.9 %");
  }

  @Test
  void noPlotHasAPlaceThatIsNoNumber() {
    for (RunReport run : runs()) {
      Document page = Xml.parse(HtmlReport.write(run));
      for (String name : List.of("path", "rect", "line", "text")) {
        for (Element shape : Xml.all(page, name)) {
          for (String place : List.of("d", "x", "y", "x1", "y1", "width", "height")) {
            assertThat(shape.getAttribute(place)).doesNotContain("NaN").doesNotContain("Infinity");
          }
        }
      }
    }
  }

  @Test
  void aVeryLargeRunShowsFailuresFirstAndSaysWhatItLeavesOut() {
    List<LedgerEntry> entries = new ArrayList<>();
    entries.add(SampleRun.opened("big", new Planned("unit", "suite", "d", 0)));
    entries.add(new CheckOpened(SampleRun.at(0), "unit"));
    for (int i = 0; i < 6_000; i++) {
      Attempt attempt =
          i == 5_999
              ? Attempt.failed(SampleRun.millis(1), "T", "the last one", "d".repeat(60_000))
              : Attempt.passed(SampleRun.millis(1));
      entries.add(
          new Recorded(
              new Outcome("unit", SampleRun.at(1), "S", "t" + i, List.of(attempt), Map.of())));
    }
    String html =
        HtmlReport.write(RunReport.from(SampleRun.summary("big", SampleRun.subject()), entries));
    assertThat(html)
        .contains("the last one")
        .contains("1,000 more outcomes are left out")
        .contains("52,000 more characters are in the JSON report");
    assertThat(html.length()).isLessThan(2_000_000);
  }

  /** Also leaves the pages in {@code target/reports}, to be looked at. */
  @Test
  void aPageIsSmallEnoughToMail() throws IOException {
    Path folder = Files.createDirectories(Path.of("target/reports"));
    List<String> names = List.of("full", "small", "green", "hostile", "empty");
    for (int i = 0; i < names.size(); i++) {
      Files.writeString(folder.resolve(names.get(i) + ".html"), HtmlReport.write(runs().get(i)));
    }
    assertThat(Files.size(folder.resolve("full.html"))).isBetween(20_000L, 400_000L);
  }

  private static String text(RunReport run) {
    Document page = Xml.parse(HtmlReport.write(run));
    return page.getElementsByTagName("title").item(0).getTextContent()
        + page.getElementsByTagName("body").item(0).getTextContent();
  }
}
