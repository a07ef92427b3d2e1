package dev.assay.core.report.page;

import dev.assay.core.compare.ComparedRuns;
import dev.assay.core.compare.Trend;
import dev.assay.core.report.Attached;
import dev.assay.core.report.CheckReport;
import dev.assay.core.report.Markup;
import dev.assay.core.report.RunFollower;
import java.util.List;

/**
 * Parts of reports, to stand in a page of somebody else: inside an element of the class {@code
 * evidence}, with {@link #style} beside it. Well-formed, no scripts, no inline styles.
 */
public final class Fragments {

  private Fragments() {}

  /**
   * A check: its decision, the reasons with their graphics, plots, measurements, findings, events.
   *
   * @param counts its outcomes, which are not listed
   * @param id unique on the page
   */
  public static String check(String run, CheckReport check, RunFollower.Counts counts, String id) {
    Markup page = new Markup("");
    String outline = counts.outline(check);
    new CheckCard(page, run, check, id, new OutcomeList.Budget(), Attached.NONE, outline).write();
    return page.toString();
  }

  /**
   * What a check measures, over time, while it goes on.
   *
   * @param id unique on the page
   */
  public static String plots(CheckReport check, String id) {
    Markup page = new Markup("");
    new Plots(page, check, id).write();
    return page.toString();
  }

  /**
   * Numbers of a check through its runs, with where they changed.
   *
   * @param id unique on the page
   */
  public static String histories(List<Trend> trends, String id) {
    Markup page = new Markup("");
    page.open("div", "class", "plots");
    int number = 0;
    for (Trend trend : trends) {
      page.open("div");
      new HistoryPlot(trend).write(page, id + "-" + ++number);
      page.close("div");
    }
    return page.close("div").toString();
  }

  /** Two sets of runs, check by check. */
  public static String comparison(ComparedRuns compared) {
    return ComparisonPage.checks(compared);
  }

  /** The style sheet of all of them, which touches nothing outside of {@code .evidence}. */
  public static String style() {
    return ".evidence {\n" + HtmlReport.css().replace(":root", "&") + "}\n";
  }
}
