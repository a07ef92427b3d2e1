package dev.assay.core.report.page;

import dev.assay.api.spi.Metric;
import dev.assay.api.verdict.Decision;
import dev.assay.core.compare.ComparedMetric;
import dev.assay.core.compare.ComparedRuns;
import dev.assay.core.compare.ComparedTests;
import dev.assay.core.report.ComparisonWords;
import dev.assay.core.report.Markup;
import dev.assay.core.report.Words;
import java.util.List;

/** Two sets of runs as one self-contained page, under the rules of {@link HtmlReport}. */
public final class ComparisonPage {

  private static final int MOST_TESTS = 100;

  private final Markup page;
  private final ComparedRuns compared;

  private ComparisonPage(Markup page, ComparedRuns compared) {
    this.page = page;
    this.compared = compared;
  }

  /** The page, to be stored as UTF-8. */
  public static String write(ComparedRuns compared) {
    return new ComparisonPage(new Markup("<!DOCTYPE html>"), compared).page();
  }

  /** Its checks alone, to stand in another page. */
  static String checks(ComparedRuns compared) {
    ComparisonPage part = new ComparisonPage(new Markup(""), compared);
    part.checks();
    return part.page.toString();
  }

  private String page() {
    Decision tone = ComparisonWords.tone(compared.answer());
    String word = ComparedRuns.word(compared.answer());
    String workspace = compared.candidate().getLast().workspace();
    page.open("html", "xmlns", "http://www.w3.org/1999/xhtml", "lang", "en");
    HtmlReport.head(page, word + " · " + workspace + " · Assay", false);
    page.line().open("body", "class", "tone-" + HtmlReport.tone(tone));
    page.open("header", "class", "masthead").open("div", "class", "wrap");
    page.open("p", "class", "brand").element("strong", "Assay").text(" comparison").close("p");
    page.open("div", "class", "lead").open("div", "class", "badge");
    page.element("span", Words.glyph(tone), "class", "disc", "aria-hidden", "true");
    page.element("span", word, "class", "word").close("div");
    page.open("div", "class", "what").element("h1", workspace);
    page.element("p", compared.sentence(), "class", "because").close("div").close("div");
    page.open("dl", "class", "facts");
    fact("Candidate", ComparisonWords.side(compared.candidate()));
    fact("Baseline", ComparisonWords.side(compared.baseline()));
    if (!compared.order().isEmpty()) {
      fact("Order", compared.order());
    }
    page.close("dl").close("div").close("header").open("main");
    checks();
    page.close("main").line().open("footer").open("div", "class", "wrap");
    page.element(
        "p",
        "The unit is the run. All intervals together leave out the truth in "
            + dev.assay.api.value.Unit.RATIO.format(compared.error())
            + " of all comparisons at most. The green field is what nobody acts on.",
        "class",
        "quiet");
    page.close("div").close("footer");
    return page.close("body").close("html").line().toString();
  }

  private void checks() {
    compared.checks().forEach(this::check);
    notes();
  }

  private void fact(String name, String value) {
    page.open("div").element("dt", name).element("dd", value).close("div");
  }

  private void check(String check) {
    List<ComparedMetric> metrics =
        compared.metrics().stream().filter(metric -> metric.check().equals(check)).toList();
    page.line().open("section", "class", "panel").element("h2", check);
    if (!metrics.isEmpty()) {
      EvidenceLists.table(
          page, "Answer", "Metric", "#Now", "#Was", "#Change", "Better · worse", "Why");
      metrics.forEach(this::row);
      EvidenceLists.endTable(page);
    }
    compared.tests().stream().filter(one -> one.check().equals(check)).forEach(this::tests);
    page.close("section");
  }

  private void row(ComparedMetric metric) {
    Decision tone = ComparisonWords.tone(metric.answer());
    page.open("tr").open("td").open("span", "class", "pill tone-" + HtmlReport.tone(tone));
    page.element("span", Words.glyph(tone), "class", "glyph", "aria-hidden", "true");
    page.text(ComparedRuns.word(metric.answer())).close("span").close("td");
    page.element("th", metric.key().text(), "scope", "row");
    page.element("td", metric.metric().unit().format(metric.after()), "class", "num");
    page.element("td", metric.metric().unit().format(metric.before()), "class", "num");
    page.element("td", metric.signed(metric.change()), "class", "num");
    page.open("td", "class", "graphic");
    ChangeGraphic graphic = graphic(metric, tone);
    graphic.write(page, metric.sentence(), graphic.edge());
    page.close("td").element("td", metric.sentence(), "class", "wide quiet").close("tr");
  }

  private static ChangeGraphic graphic(ComparedMetric metric, Decision tone) {
    boolean higher = metric.metric().better() == Metric.Better.HIGHER;
    return higher
        ? new ChangeGraphic(-metric.high(), -metric.change(), -metric.low(), metric.limit(), tone)
        : new ChangeGraphic(metric.low(), metric.change(), metric.high(), metric.limit(), tone);
  }

  private void tests(ComparedTests tests) {
    names("Tests that fail and did not", tests.broken());
    names("Tests that did not run", tests.gone());
    names("Tests that pass and did not", tests.mended());
  }

  private void names(String title, List<String> names) {
    if (names.isEmpty()) {
      return;
    }
    page.element("h3", title, "class", "part").open("ul");
    names.stream().limit(MOST_TESTS).forEach(name -> page.element("li", name));
    page.close("ul");
    if (names.size() > MOST_TESTS) {
      page.element("p", "and " + (names.size() - MOST_TESTS) + " more", "class", "quiet");
    }
  }

  private void notes() {
    if (!compared.notes().isEmpty()) {
      page.line().open("section", "class", "panel").element("h2", "Not compared").open("ul");
      compared.notes().forEach(note -> page.element("li", note));
      page.close("ul").close("section");
    }
  }
}
