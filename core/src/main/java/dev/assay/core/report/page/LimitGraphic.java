package dev.assay.core.report.page;

import dev.assay.api.value.Comparison.Operator;
import dev.assay.api.value.Unit;
import dev.assay.api.verdict.Decision;
import dev.assay.core.report.Bound;
import dev.assay.core.report.Markup;

/** What was observed as a bar against the range that is allowed. */
final class LimitGraphic {

  private final Markup page;
  private final Bound bound;
  private final Decision decision;

  LimitGraphic(Markup page, Bound bound, Decision decision) {
    this.page = page;
    this.bound = bound;
    this.decision = decision;
  }

  /**
   * Writes it, or nothing where there is no range to show, as for an equality or a bound of nought.
   *
   * @return whether it was written
   */
  boolean write() {
    Operator operator = bound.comparison().operator();
    if (!operator.ordered() || bound.limit() <= 0 || bound.observed() < 0) {
      return false;
    }
    boolean atMost = operator == Operator.LESS || operator == Operator.AT_MOST;
    double most = most(atMost);
    double limit = bound.limit() / most * 100;
    double observed = bound.observed() / most * 100;
    String seen = bound.unit().format(bound.observed());
    page.open("div", "class", "bullet tone-" + HtmlReport.tone(decision));
    page.open(
        "svg",
        "xmlns",
        "http://www.w3.org/2000/svg",
        "viewBox",
        "0 0 100 12",
        "preserveAspectRatio",
        "none",
        "role",
        "img");
    page.element("title", "observed " + seen + ", allowed " + bound.comparison());
    rect("track", 0, 0, 100, 12);
    rect("allowed", atMost ? 0 : limit, 0, atMost ? limit : 100 - limit, 12);
    rect("seen", 0, 3.5, Math.max(0.4, observed), 5);
    rect("tick", Math.min(limit, 99.4), 0, 0.6, 12);
    page.close("svg");
    page.open("p").open("span").text("observed ").element("strong", seen).close("span");
    page.element("span", "allowed " + bound.comparison()).close("p").close("div");
    return true;
  }

  private double most(boolean atMost) {
    if (bound.unit() == Unit.RATIO && !atMost && Math.max(bound.limit(), bound.observed()) <= 1) {
      return 1;
    }
    return Math.max(bound.limit(), bound.observed()) * 1.2;
  }

  private void rect(String style, double x, double y, double width, double height) {
    page.empty(
        "rect",
        "class",
        style,
        "x",
        Frame.number(x),
        "y",
        Frame.number(y),
        "width",
        Frame.number(width),
        "height",
        Frame.number(height));
  }
}
