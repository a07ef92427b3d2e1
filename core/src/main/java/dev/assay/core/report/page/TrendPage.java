package dev.assay.core.report.page;

import dev.assay.core.compare.Trend;
import dev.assay.core.report.Markup;
import dev.assay.core.report.Words;
import dev.assay.stats.change.ChangePoint;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Histories as one self-contained page, under the rules of {@link HtmlReport}. */
public final class TrendPage {

  private TrendPage() {}

  /**
   * The page, to be stored as UTF-8.
   *
   * @param workspace its name
   */
  public static String write(String workspace, List<Trend> trends) {
    Markup page = new Markup("<!DOCTYPE html>");
    page.open("html", "xmlns", "http://www.w3.org/1999/xhtml", "lang", "en");
    HtmlReport.head(page, "Trend · " + workspace + " · Assay", false);
    page.line().open("body", "class", "tone-not-run");
    page.open("header", "class", "masthead").open("div", "class", "wrap");
    page.open("p", "class", "brand").element("strong", "Assay").text(" trend").close("p");
    page.open("div", "class", "what").element("h1", workspace);
    page.element("p", summary(trends), "class", "because");
    page.close("div").close("div").close("header").open("main");
    Map<String, List<Trend>> checks = new LinkedHashMap<>();
    trends.forEach(trend ->
        checks.computeIfAbsent(trend.check(), _ -> new java.util.ArrayList<>()).add(trend));
    int number = 0;
    for (Map.Entry<String, List<Trend>> check : checks.entrySet()) {
      page.line().open("section", "class", "panel").element("h2", check.getKey());
      page.open("div", "class", "plots");
      for (Trend trend : check.getValue()) {
        page.open("div");
        new HistoryPlot(trend).write(page, "trend-" + ++number);
        page.close("div");
      }
      page.close("div").close("section");
    }
    page.close("main");
    return page.close("body").close("html").line().toString();
  }

  private static String summary(List<Trend> trends) {
    long changes = trends.stream().mapToLong(trend -> trend.changes().size()).sum();
    long worse =
        trends.stream()
            .mapToLong(trend -> trend.changes().stream().filter(trend::worse).count())
            .sum();
    Trend newest = trends.getFirst();
    ChangePoint last = newest.changes().isEmpty() ? null : newest.changes().getLast();
    String counted =
        Words.many(trends.size(), "number")
            + " through the runs, "
            + Words.many(changes, "change")
            + ", "
            + worse
            + " for the worse.";
    return last == null || trends.size() > 1 ? counted : counted + " " + newest.sentence(last);
  }
}
