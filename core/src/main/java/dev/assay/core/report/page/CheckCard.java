package dev.assay.core.report.page;

import dev.assay.api.verdict.Decision;
import dev.assay.api.verdict.Reason;
import dev.assay.core.compare.Trend;
import dev.assay.core.report.Attached;
import dev.assay.core.report.Bound;
import dev.assay.core.report.CheckPast;
import dev.assay.core.report.CheckReport;
import dev.assay.core.report.Markup;
import dev.assay.core.report.MetricReport;
import dev.assay.core.report.Words;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Everything about one check: its decision, why, and the evidence. */
final class CheckCard {

  private static final int MOST_ROWS = 12;

  private static final int MOST_PARTS = 20;

  private static final int FEWEST_RUNS = 5;

  private static final int MOST_HISTORIES = 4;

  /** Numbers that the graphic of a bound shows already. */
  private static final Set<String> DRAWN =
      Set.of("observed", "bound", "limit", "worse.low", "worse", "worse.high");

  private final Markup page;
  private final String run;
  private final CheckReport check;
  private final String id;
  private final OutcomeList.Budget budget;
  private final Attached attached;
  private final String outline;

  CheckCard(
      Markup page,
      String run,
      CheckReport check,
      String id,
      OutcomeList.Budget budget,
      Attached attached) {
    this(page, run, check, id, budget, attached, check.evidence().outline());
  }

  CheckCard(
      Markup page,
      String run,
      CheckReport check,
      String id,
      OutcomeList.Budget budget,
      Attached attached,
      String outline) {
    this.outline = outline;
    this.attached = attached;
    this.page = page;
    this.run = run;
    this.check = check;
    this.id = id;
    this.budget = budget;
  }

  void write() {
    page.line()
        .open(
            "article",
            "class",
            "panel card tone-" + HtmlReport.tone(check.decision()),
            "id",
            id,
            "aria-labelledby",
            id + "-title");
    head();
    String problem = check.problem();
    if (problem != null) {
      page.element("p", problem, "class", "problem");
    }
    reasons();
    if (check.decision() == Decision.FAIL) {
      page.open("p", "class", "quiet").text("The same again: ");
      page.element("code", Words.again(run, check)).close("p");
    }
    new GameDay(page, check).write();
    new CapacitySection(page, check, id).write();
    plots();
    past();
    profiles();
    metrics();
    new OutcomeList(page, check.evidence(), budget).write();
    EvidenceLists lists = new EvidenceLists(page, check.evidence());
    lists.findings();
    lists.events(false);
    lists.artifacts();
    foot();
    page.close("article");
  }

  private void head() {
    page.open("div", "class", "title").element("h3", check.id(), "id", id + "-title");
    HtmlReport.pill(page, check.decision());
    page.close("div");
    List<String> parts = new ArrayList<>();
    if (!check.type().isEmpty()) {
      parts.add(check.type());
    }
    parts.add("stage " + (check.stage() + 1));
    parts.add(check.took() == null ? check.state() : Words.took(check.took()));
    if (check.took() != null && !check.state().equals("completed")) {
      parts.add(check.state());
    }
    if (check.opened() != null) {
      parts.add(outline);
    }
    page.element("p", String.join(" · ", parts), "class", "quiet");
  }

  private void reasons() {
    List<Reason> against = check.against();
    if (!against.isEmpty()) {
      page.open("ul", "class", "reasons");
      against.forEach(this::reason);
      page.close("ul");
    } else if (check.decision() != Decision.PASS && check.problem() == null) {
      page.element("p", check.because(), "class", "problem");
    }
    List<Reason> holding =
        check.reasons().stream().filter(reason -> reason.decision() == Decision.PASS).toList();
    if (!holding.isEmpty()) {
      boolean open = holding.size() <= 8;
      page.open("details", "class", "fold", "open", open ? "open" : null);
      page.element("summary", Words.many(holding.size(), "expectation") + verb(holding.size()));
      page.open("ul", "class", "reasons holding");
      holding.forEach(this::reason);
      page.close("ul").close("details");
    }
  }

  private static String verb(int size) {
    return size == 1 ? " holds" : " hold";
  }

  private void reason(Reason reason) {
    page.line().open("li", "class", "tone-" + HtmlReport.tone(reason.decision()));
    page.element("span", Words.glyph(reason.decision()), "class", "glyph", "aria-hidden", "true");
    page.open("div").open("p", "class", "expectation");
    if (reason.expectation().isEmpty()) {
      page.element("strong", "Verdict");
    } else {
      page.element("code", reason.expectation());
    }
    page.element("span", reason.decision().word(), "class", "state").close("p");
    page.element("p", reason.sentence(), "class", "sentence");
    boolean drawn =
        Bound.of(reason)
            .map(bound -> new LimitGraphic(page, bound, reason.decision()).write())
            .orElseGet(() -> change(reason));
    if (reason.decision() != Decision.PASS) {
      numbers(reason, drawn);
    }
    page.close("div").close("li");
  }

  /** Draws how much worse than its baseline it is, where the reason compares with one. */
  private boolean change(Reason reason) {
    Map<String, Double> numbers = reason.numbers();
    Double low = numbers.get("worse.low");
    Double middle = numbers.get("worse");
    Double high = numbers.get("worse.high");
    Double allowed = numbers.get("allowed");
    if (low == null || middle == null || high == null || allowed == null) {
      return false;
    }
    ChangeGraphic graphic = new ChangeGraphic(low, middle, high, allowed, reason.decision());
    page.open("div", "class", "bullet tone-" + HtmlReport.tone(reason.decision()));
    graphic.write(page, reason.sentence(), graphic.edge());
    page.open("p").element("span", "better").element("span", "worse").close("p").close("div");
    return true;
  }

  private void numbers(Reason reason, boolean drawn) {
    Map<String, Double> numbers = new LinkedHashMap<>(reason.numbers());
    if (drawn) {
      numbers.keySet().removeAll(DRAWN);
    }
    if (!numbers.isEmpty()) {
      page.open("dl", "class", "numbers");
      numbers.forEach((name, value) ->
          page.open("div")
              .element("dt", name)
              .element("dd", Bound.format(reason, name, value))
              .close("div"));
      page.close("dl");
    }
    if (!reason.evidence().isEmpty()) {
      page.open("p", "class", "ids").text("evidence ");
      reason.evidence().stream()
          .limit(5)
          .forEach(evidence -> page.element("code", evidence).text(" "));
      if (reason.evidence().size() > 5) {
        page.text("and " + (reason.evidence().size() - 5) + " more");
      }
      page.close("p");
    }
  }

  private void plots() {
    Plots plots = new Plots(page, check, id);
    if (!plots.none()) {
      page.element("h4", "Over time");
      plots.write();
    }
    Plots services = Plots.ofServices(page, check, id + "-services");
    if (!services.none()) {
      page.element("h4", "The services meanwhile");
      services.write();
    }
  }

  /** How what it is judged by went through the runs before. */
  private void past() {
    CheckPast past = attached.pasts().get(check.id());
    if (past == null || past.trends().getFirst().points().size() < FEWEST_RUNS) {
      return;
    }
    page.element("h4", "Through the runs");
    if (past.sameCode().pairs() > 0) {
      page.element("p", past.sameCode().sentence(), "class", "quiet");
    }
    page.open("div", "class", "plots");
    int number = 0;
    for (Trend trend : past.trends()) {
      if (number < MOST_HISTORIES) {
        page.open("div");
        new HistoryPlot(trend).write(page, id + "-past-" + ++number);
        page.close("div");
      }
    }
    page.close("div");
  }

  private void profiles() {
    ProfileSection section = new ProfileSection(page, id);
    section.write(attached.profiles().getOrDefault(check.id(), List.of()));
    attached.tables().getOrDefault(check.id(), List.of()).forEach(section::write);
  }

  private void metrics() {
    List<MetricReport> spreads =
        check.evidence().metrics().stream()
            .filter(metric -> metric.total() instanceof MetricReport.Spread)
            .toList();
    List<MetricReport> others =
        check.evidence().metrics().stream()
            .filter(metric -> !(metric.total() instanceof MetricReport.Spread))
            .toList();
    // Many rows, as a flow of many steps has, are there for whoever asks, not in everyone's way.
    boolean folded = spreads.size() + others.size() > MOST_ROWS;
    if (folded) {
      page.open("details").element("summary", spreads.size() + others.size() + " measurements");
    }
    if (!spreads.isEmpty()) {
      spreads(spreads);
    }
    if (!others.isEmpty()) {
      others(others);
    }
    if (folded) {
      page.close("details");
    }
  }

  private void spreads(List<MetricReport> metrics) {
    page.element("h4", "Distributions");
    EvidenceLists.table(
        page, "Metric", "#Count", "#Mean", "#p50", "#p90", "#p95", "#p99", "#p99.9", "#Max");
    for (MetricReport metric : metrics) {
      MetricReport.Spread spread = (MetricReport.Spread) metric.total();
      page.open("tr").element("th", metric.key(), "scope", "row");
      number(Words.grouped(spread.count()));
      double[] values = {
        spread.mean(),
        spread.p50(),
        spread.p90(),
        spread.p95(),
        spread.p99(),
        spread.p999(),
        spread.max()
      };
      for (double value : values) {
        number(metric.unit().format(value));
      }
      page.close("tr");
    }
    EvidenceLists.endTable(page);
    int unreadable = metrics.stream().mapToInt(MetricReport::unreadable).sum();
    if (unreadable > 0) {
      page.element(
          "p",
          Words.many(unreadable, "measurement") + " could not be decoded and are missing here.",
          "class",
          "problem");
    }
  }

  private void number(String text) {
    page.element("td", text, "class", "num");
  }

  private void others(List<MetricReport> metrics) {
    page.element("h4", "Measured");
    EvidenceLists.table(page, "Metric", "#Value", "More");
    for (MetricReport metric : metrics) {
      page.open("tr").element("th", metric.key(), "scope", "row");
      switch (metric.total()) {
        case MetricReport.Events events -> {
          number(Words.grouped(events.count()));
          page.element("td", parts(metric));
        }
        case MetricReport.Share share -> {
          number(
              metric.unit() == dev.assay.api.value.Unit.RATIO || share.of() > 0
                  ? dev.assay.api.value.Unit.RATIO.format(share.ratio())
                  : "nothing");
          String of = Words.grouped(share.hits()) + " of " + Words.grouped(share.of());
          String parts = parts(metric);
          page.element("td", parts.isEmpty() ? of : of + ": " + parts);
        }
        case MetricReport.Readings read -> {
          number(metric.unit().format(read.last()));
          page.element(
              "td",
              read.count() == 1
                  ? ""
                  : "from "
                      + metric.unit().format(read.min())
                      + " to "
                      + metric.unit().format(read.max())
                      + ", mean "
                      + metric.unit().format(read.mean()));
        }
        case MetricReport.Spread _ -> throw new IllegalStateException("shown elsewhere");
      }
      page.close("tr");
    }
    EvidenceLists.endTable(page);
  }

  private static String parts(MetricReport metric) {
    List<String> parts =
        metric.parts().entrySet().stream()
            .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
            .limit(MOST_PARTS)
            .map(part -> part.getKey() + " " + Words.grouped(part.getValue()))
            .toList();
    return String.join(" · ", parts);
  }

  private void foot() {
    var verdict = check.verdict();
    if (verdict == null) {
      return;
    }
    page.open("p", "class", "ids").text("policy ").element("code", Words.brief(verdict.policy()));
    page.text(" evidence set ").element("code", Words.brief(verdict.evidence()));
    if (!check.saved().isEmpty()) {
      page.text(" saved ").element("code", String.join(", ", check.saved()));
    }
    page.close("p");
  }
}
