package dev.assay.core.report.page;

import dev.assay.api.evidence.Event;
import dev.assay.api.value.Comparison.Operator;
import dev.assay.api.value.Unit;
import dev.assay.api.verdict.Decision;
import dev.assay.api.verdict.Reason;
import dev.assay.core.report.Bound;
import dev.assay.core.report.CheckReport;
import dev.assay.core.report.Markup;
import dev.assay.core.report.MetricReport;
import dev.assay.core.report.MetricReport.Events;
import dev.assay.core.report.MetricReport.Readings;
import dev.assay.core.report.MetricReport.Share;
import dev.assay.core.report.MetricReport.Spread;
import dev.assay.core.report.MetricReport.Summary;
import dev.assay.core.report.Words;
import dev.assay.core.report.page.LinePlot.Band;
import dev.assay.core.report.page.LinePlot.Limit;
import dev.assay.core.report.page.LinePlot.Line;
import dev.assay.core.report.page.LinePlot.Mark;
import dev.assay.core.report.page.Moments.Moment;
import dev.assay.core.report.page.PercentilePlot.Gate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;

/** Chooses the plots of a check from the metrics that it measured over time. */
final class Plots {

  private static final int MOST_METRICS = 8;
  private static final int MOST_OF_SERVICES = 24;

  /** What is drawn of services, in that order; the rest is in the table. */
  private static final List<String> OF_SERVICES =
      List.of(
          "service.cpu",
          "service.memory",
          "service.heap.live",
          "service.gc.time",
          "service.threads",
          "service.files");

  private static final int MOST_MARKS = 20;
  private static final int MOST_BANDS = 200;
  private static final long SHORTEST_SECONDS = 2;

  private static final Map<String, String> SERVICE_TITLES =
      Map.of(
          "service.cpu", "Cores in use",
          "service.memory", "Memory",
          "service.heap.live", "Heap after collection",
          "service.gc.time", "Stopped for collection",
          "service.threads", "Threads",
          "service.files", "Open files");

  private final Markup page;
  private final CheckReport check;
  private final String id;
  private final List<MetricReport> shown;
  private int count;

  /** Of the check itself. */
  Plots(Markup page, CheckReport check, String id) {
    this(page, check, id, chosen(check));
  }

  private Plots(Markup page, CheckReport check, String id, List<MetricReport> shown) {
    this.page = page;
    this.check = check;
    this.id = id;
    this.shown = shown;
  }

  /** Of the services that were observed meanwhile, each apart from the others. */
  static Plots ofServices(Markup page, CheckReport check, String id) {
    List<MetricReport> shown =
        check.evidence().metrics().stream()
            .filter(metric -> metric.step() != null && OF_SERVICES.contains(metric.metric()))
            .filter(Plots::hasCourse)
            .sorted(
                Comparator.comparing((MetricReport metric) -> String.valueOf(metric.step()))
                    .thenComparingInt(metric -> OF_SERVICES.indexOf(metric.metric())))
            .limit(MOST_OF_SERVICES)
            .toList();
    return new Plots(page, check, id, shown);
  }

  private static boolean hasCourse(MetricReport metric) {
    return metric.timeline().size() > 2 && span(metric) >= SHORTEST_SECONDS;
  }

  private static List<MetricReport> chosen(CheckReport check) {
    List<MetricReport> all =
        check.evidence().metrics().stream()
            .filter(metric -> !metric.metric().startsWith("service."))
            .toList();
    boolean broken = experiment(check);
    return all.stream()
        .filter(Plots::hasCourse)
        .filter(
            metric -> !(metric.total() instanceof Spread spread) || spread.count() >= Spread.ENOUGH)
        .filter(metric -> broken ? finest(metric, all) : coarsest(metric, all))
        .sorted(Comparator.comparingInt(metric -> rank(metric, broken)))
        .limit(MOST_METRICS)
        .toList();
  }

  /** Whether anything was broken on purpose. */
  private static boolean experiment(CheckReport check) {
    return check.evidence().events().stream().anyMatch(event -> event.kind().equals("fault.begin"));
  }

  /** The sum of all steps, where there is one. */
  private static boolean coarsest(MetricReport metric, List<MetricReport> all) {
    return metric.step() == null
        || all.stream()
            .noneMatch(other -> other.step() == null && other.metric().equals(metric.metric()));
  }

  /** Each step: those of an experiment are different clients, who fare differently. */
  private static boolean finest(MetricReport metric, List<MetricReport> all) {
    return metric.step() != null
        || all.stream()
            .noneMatch(other -> other.step() != null && other.metric().equals(metric.metric()));
  }

  private static int rank(MetricReport metric, boolean broken) {
    int known = List.of("latency", "errors", "throughput").indexOf(metric.metric());
    int most = broken ? 3 : 1;
    return known >= 0 && known < most ? known : most;
  }

  /** How many seconds of time the metric covers: a flow of a moment has no course to draw. */
  private static long span(MetricReport metric) {
    return Duration.between(metric.timeline().getFirst().from(), metric.timeline().getLast().to())
        .toSeconds();
  }

  boolean none() {
    return shown.isEmpty();
  }

  void write() {
    page.open("div", "class", "plots");
    for (MetricReport metric : shown) {
      if (metric.total() instanceof Spread) {
        spread(metric);
      }
    }
    boolean counted = shown.stream().anyMatch(metric -> metric.total() instanceof Events);
    for (MetricReport metric : shown) {
      switch (metric.total()) {
        case Spread _ when counted -> {}
        case Spread _ -> rate(metric, "Throughput", "", "s1", value -> ((Spread) value).count());
        case Events _ ->
            rate(metric, title(metric), "per second", "s1", value -> ((Events) value).count());
        case Share _ -> share(metric);
        case Readings _ -> readings(metric);
      }
    }
    page.close("div");
  }

  private void spread(MetricReport metric) {
    Moments moments = Moments.of(metric.timeline());
    DoubleFunction<String> format = metric.unit()::format;
    List<String> words = new ArrayList<>();
    for (Moment moment : moments.moments()) {
      String at = Axis.clock(moment.at(), moments.end());
      words.add(
          moment.value() instanceof Spread spread
              ? at
                  + ": p50 "
                  + format.apply(spread.p50())
                  + ", p95 "
                  + format.apply(spread.p95())
                  + ", p99 "
                  + format.apply(spread.p99())
                  + ", max "
                  + format.apply(spread.max())
                  + " of "
                  + Words.grouped(spread.count())
              : at + ": nothing was measured");
    }
    Spread total = (Spread) metric.total();
    String summary =
        "Over the whole check: p50 "
            + format.apply(total.p50())
            + ", p95 "
            + format.apply(total.p95())
            + ", p99 "
            + format.apply(total.p99())
            + ", maximum "
            + format.apply(total.max())
            + " of "
            + Words.grouped(total.count())
            + " values.";
    new LinePlot(
            title(metric) + " over time",
            note(moments),
            summary,
            moments.times(),
            moments.end(),
            List.of(
                line("p50", "s1", moments, moment -> spread(moment).p50()),
                line("p95", "s2", moments, moment -> spread(moment).p95()),
                line("p99", "s3", moments, moment -> spread(moment).p99())),
            words,
            bounds(metric).stream()
                .filter(bound -> percentile(bound).isPresent())
                .map(
                    bound -> new Limit(bound.limit(), bound.statistic() + " " + bound.comparison()))
                .toList(),
            marks(moments),
            bands(moments),
            format)
        .write(page, next());
    if (metric.curve().size() > 1) {
      new PercentilePlot(
              title(metric) + " by percentile",
              Words.grouped(total.count()) + " values",
              summary,
              metric.curve(),
              gates(metric),
              format)
          .write(page, next());
    }
  }

  private static Spread spread(Moment moment) {
    return moment.value() instanceof Spread spread
        ? spread
        : new Spread(
            0,
            Double.NaN,
            Double.NaN,
            Double.NaN,
            Double.NaN,
            Double.NaN,
            Double.NaN,
            Double.NaN,
            Double.NaN);
  }

  private static Line line(
      String name, String style, Moments moments, ToDoubleFunction<Moment> value) {
    return new Line(name, style, moments.values(value, Double.NaN), false);
  }

  private void rate(
      MetricReport metric,
      String title,
      String note,
      String style,
      ToDoubleFunction<Summary> count) {
    Moments moments = Moments.of(metric.timeline());
    double[] rates =
        moments.values(
            moment -> {
              Summary value = moment.value();
              return value == null ? 0 : count.applyAsDouble(value) / moment.seconds();
            },
            0);
    double total = count.applyAsDouble(metric.total());
    new LinePlot(
            title,
            note,
            Words.grouped((long) total) + " in " + Axis.clock(moments.end(), moments.end()) + ".",
            moments.times(),
            moments.end(),
            List.of(new Line("", style, rates, true)),
            told(moments, rates, Unit.PER_SECOND::format),
            List.of(),
            marks(moments),
            bands(moments),
            Unit.PER_SECOND::format)
        .write(page, next());
  }

  private void share(MetricReport metric) {
    Moments moments = Moments.of(metric.timeline());
    double[] ratios =
        moments.values(
            moment -> moment.value() instanceof Share share ? share.ratio() : Double.NaN,
            Double.NaN);
    List<String> words = new ArrayList<>();
    for (Moment moment : moments.moments()) {
      words.add(
          Axis.clock(moment.at(), moments.end())
              + (moment.value() instanceof Share share
                  ? ": " + Words.grouped(share.hits()) + " of " + Words.grouped(share.of())
                  : ": nothing was measured"));
    }
    Share total = (Share) metric.total();
    String sum = Words.grouped(total.hits()) + " of " + Words.grouped(total.of());
    new LinePlot(
            title(metric),
            SERVICE_TITLES.containsKey(metric.metric()) ? "" : sum,
            sum + " in all, " + Unit.RATIO.format(total.ratio()) + ".",
            moments.times(),
            moments.end(),
            List.of(new Line("", "s3", ratios, true)),
            words,
            bounds(metric).stream()
                .filter(bound -> bound.statistic().equals("value"))
                .map(bound -> new Limit(bound.limit(), bound.comparison().toString()))
                .toList(),
            marks(moments),
            bands(moments),
            Unit.RATIO::format)
        .write(page, next());
  }

  private void readings(MetricReport metric) {
    Moments moments = Moments.of(metric.timeline());
    double[] values =
        moments.values(
            moment -> moment.value() instanceof Readings read ? read.mean() : Double.NaN,
            Double.NaN);
    if (java.util.Arrays.stream(values).anyMatch(value -> value < 0)) {
      return;
    }
    Readings total = (Readings) metric.total();
    new LinePlot(
            title(metric) + " over time",
            note(moments),
            "From "
                + metric.unit().format(total.min())
                + " to "
                + metric.unit().format(total.max())
                + ".",
            moments.times(),
            moments.end(),
            List.of(new Line("", "s1", values, false)),
            told(moments, values, metric.unit()::format),
            List.of(),
            marks(moments),
            bands(moments),
            metric.unit()::format)
        .write(page, next());
  }

  private static List<String> told(
      Moments moments, double[] values, DoubleFunction<String> format) {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      words.add(
          Axis.clock(moments.moments().get(i).at(), moments.end())
              + ": "
              + format.apply(values[i]));
    }
    return words;
  }

  private static String note(Moments moments) {
    return moments.group() > 1 ? "the worst of each " + moments.group() + " intervals" : "";
  }

  /** What was broken when, each from its beginning to its end. */
  private List<Band> bands(Moments moments) {
    List<Band> bands = new ArrayList<>();
    Map<String, Event> begun = new LinkedHashMap<>();
    for (Event event : check.evidence().events()) {
      String fault = event.labels().getOrDefault("fault", "");
      if (event.kind().equals("fault.begin")) {
        begun.put(fault, event);
      } else if (event.kind().equals("fault.end") && begun.containsKey(fault)) {
        double from = moments.place(begun.remove(fault).at());
        double to = moments.place(event.at());
        if (from < moments.end() && to > 0 && bands.size() < MOST_BANDS) {
          bands.add(new Band(from, to, fault));
        }
      }
    }
    return bands;
  }

  /** Where something was broken on purpose, its errors and the course of it are shown elsewhere. */
  private List<Mark> marks(Moments moments) {
    if (experiment(check)) {
      return List.of();
    }
    return check.evidence().events().stream()
        .map(event -> new Mark(moments.place(event.at()), event.kind() + ": " + event.message()))
        .filter(mark -> mark.at() > 0 && mark.at() < moments.end())
        .limit(MOST_MARKS)
        .toList();
  }

  private List<Bound> bounds(MetricReport metric) {
    return check.reasons().stream()
        .map(Bound::of)
        .flatMap(Optional::stream)
        .filter(bound -> bound.metric().equals(metric.metric()) && bound.unit() == metric.unit())
        .filter(bound ->
            Objects.equals(bound.step(), metric.step()) || bound.step() == null && only(metric))
        .filter(bound ->
            bound.comparison().operator() == Operator.LESS
                || bound.comparison().operator() == Operator.AT_MOST)
        .toList();
  }

  /** Whether it was measured in one step only, so that the step is the whole. */
  private boolean only(MetricReport metric) {
    return check.evidence().metrics().stream()
            .filter(other -> other.metric().equals(metric.metric()))
            .count()
        == 1;
  }

  private List<Gate> gates(MetricReport metric) {
    List<Gate> gates = new ArrayList<>();
    for (Reason reason : check.reasons()) {
      Bound.of(reason)
          .filter(bounds(metric)::contains)
          .ifPresent(bound ->
              percentile(bound)
                  .ifPresent(percentile ->
                      gates.add(
                          new Gate(
                              percentile,
                              bound.limit(),
                              reason.decision() == Decision.PASS,
                              bound.statistic() + " " + bound.comparison()))));
    }
    return gates;
  }

  /** The percentile of a statistic: {@code p999} is 99.9. */
  private static Optional<Double> percentile(Bound bound) {
    String statistic = bound.statistic();
    if (!statistic.matches("p[1-9]\\d{0,5}")) {
      return Optional.empty();
    }
    String digits = statistic.substring(1);
    String written =
        digits.length() <= 2 ? digits : digits.substring(0, 2) + "." + digits.substring(2);
    return Optional.of(Double.parseDouble(written));
  }

  private static String title(MetricReport metric) {
    String known = SERVICE_TITLES.get(metric.metric());
    if (known != null) {
      return metric.step() == null ? known : known + " of " + metric.step();
    }
    String name = metric.metric().replace('.', ' ');
    String title =
        name.isEmpty() ? "Metric" : Character.toUpperCase(name.charAt(0)) + name.substring(1);
    return metric.step() == null ? title : title + " of " + metric.step();
  }

  private String next() {
    return id + "-plot-" + ++count;
  }
}
