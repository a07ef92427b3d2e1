package dev.assay.core.report.page;

import dev.assay.core.report.CheckReport;
import dev.assay.core.report.Markup;
import dev.assay.core.report.RunReport;
import dev.assay.core.report.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** When each check ran, stage by stage. The bars stretch with the page; the words are HTML. */
final class Timeline {

  private final Markup page;
  private final RunReport run;
  private final Instant start;
  private final double whole;

  Timeline(Markup page, RunReport run) {
    this.page = page;
    this.run = run;
    this.start = run.summary().opened();
    Instant last = Objects.requireNonNullElse(run.closed(), start);
    for (CheckReport check : run.checks()) {
      last = later(later(last, check.opened()), check.closed());
    }
    this.whole = Math.max(1e-3, seconds(last));
  }

  private static Instant later(Instant left, @Nullable Instant right) {
    return right != null && right.isAfter(left) ? right : left;
  }

  private double seconds(Instant at) {
    return Duration.between(start, at).toNanos() / 1e9;
  }

  void write() {
    if (run.checks().isEmpty()) {
      return;
    }
    page.line().open("section", "class", "panel when", "aria-labelledby", "when");
    page.element("h2", "What ran when", "id", "when");
    page.open("ol", "class", "stages");
    List<Integer> stages =
        run.checks().stream().map(CheckReport::stage).distinct().sorted().toList();
    for (int stage : stages) {
      page.line().open("li");
      if (stages.size() > 1) {
        page.element("h3", "Stage " + (stage + 1));
      }
      page.open("ul");
      run.checks().stream().filter(check -> check.stage() == stage).forEach(this::row);
      page.close("ul").close("li");
    }
    page.close("ol");
    scale();
    page.close("section");
  }

  private void row(CheckReport check) {
    page.open("li", "class", "row tone-" + HtmlReport.tone(check.decision()));
    page.open("a", "class", "name", "href", "#" + HtmlReport.anchor(run, check));
    page.element("span", Words.glyph(check.decision()), "class", "glyph", "aria-hidden", "true");
    page.element("span", check.id(), "class", "id").close("a");
    page.open("span", "class", "lane");
    bar(check);
    page.close("span");
    page.element(
        "span", check.took() == null ? check.state() : Words.took(check.took()), "class", "took");
    page.close("li");
  }

  private void bar(CheckReport check) {
    page.open(
        "svg",
        "xmlns",
        "http://www.w3.org/2000/svg",
        "viewBox",
        "0 0 1000 10",
        "preserveAspectRatio",
        "none",
        "role",
        "img");
    Instant opened = check.opened();
    Instant closed = check.closed();
    if (opened == null) {
      page.element("title", check.id() + ": " + check.state());
    } else {
      double from = Math.clamp(seconds(opened) / whole, 0, 1);
      double to = Math.clamp(seconds(closed == null ? opened : closed) / whole, from, 1);
      page.element(
          "title",
          check.id()
              + ": "
              + check.decision().word()
              + ", from "
              + Axis.clock(seconds(opened), whole)
              + ", took "
              + Words.took(check.took()));
      double width = Math.max(4, (to - from) * 1000);
      page.empty(
          "rect",
          "class",
          "bar",
          "x",
          Frame.number(Math.min(from * 1000, 1000 - width)),
          "y",
          "0",
          "width",
          Frame.number(width),
          "height",
          "10");
    }
    page.close("svg");
  }

  private void scale() {
    page.open("div", "class", "row scale", "aria-hidden", "true").empty("span", "class", "name");
    page.open("span", "class", "lane ends");
    page.element("span", "0").element("span", Axis.clock(whole / 2, whole));
    page.element("span", Axis.clock(whole, whole)).close("span").empty("span", "class", "took");
    page.close("div");
  }
}
