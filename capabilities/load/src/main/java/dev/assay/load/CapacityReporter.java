package dev.assay.load;

import dev.assay.api.evidence.Event;
import dev.assay.api.evidence.Finding;
import dev.assay.api.evidence.Measured;
import dev.assay.api.evidence.Measurement;
import dev.assay.api.spi.CheckContext;
import dev.assay.api.spi.EvidenceSink;
import dev.assay.api.spi.Metric;
import dev.assay.api.value.Rate;
import dev.assay.api.value.Unit;
import dev.assay.load.capacity.CapacityPlan;
import dev.assay.load.capacity.CapacitySearch.Answer;
import dev.assay.load.capacity.CapacitySearch.Found;
import dev.assay.load.capacity.CapacitySearch.GeneratorLimit;
import dev.assay.load.capacity.CapacitySearch.NeverMet;
import dev.assay.load.capacity.CapacitySearch.StillMet;
import dev.assay.stats.Interval;
import dev.assay.stats.Scalability;
import dev.assay.stats.ScalabilityLaw;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Turns probes and the answer of a search for a capacity into evidence. */
final class CapacityReporter {

  private static final double CLEAR = 0.975;

  private final CheckContext context;
  private final EvidenceSink sink;
  private final LoadConfiguration.Capacity configuration;

  CapacityReporter(
      CheckContext context, EvidenceSink sink, LoadConfiguration.Capacity configuration) {
    this.context = context;
    this.sink = sink;
    this.configuration = configuration;
  }

  /** What one probe showed. */
  void probe(ProbeRun run, int number, boolean late) {
    Instant now = context.clock().now();
    String rate = Unit.PER_SECOND.format(run.rate());
    double met = run.met();
    String result =
        late ? "generator late" : met >= CLEAR ? "met" : met <= 1 - CLEAR ? "not met" : "unclear";
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put("probe", Integer.toString(number));
    labels.put("rate", Double.toString(run.rate()));
    labels.put("result", result);
    labels.put("met", number(met));
    labels.put("throughput", number(run.throughput()));
    labels.put("concurrency", number(run.concurrency()));
    labels.put("latency.p50", Long.toString(run.numbers().latencyAt(50)));
    labels.put("latency.p99", Long.toString(run.numbers().latencyAt(99)));
    String sentence = "probe " + number + " at " + rate + ": " + result + "; " + run.sentence();
    sink.emit(new Event(context.check(), now, "load.probe", sentence, labels));
    context.progress(sentence);
  }

  /** A feeder had no record left for another probe. */
  void emptyFeeder(String feeder) {
    sink.emit(
        new Event(
            context.check(),
            context.clock().now(),
            "load.feeder-empty",
            "the feeder '" + feeder + "' ran out of records; the search ended there",
            Map.of("feeder", feeder)));
  }

  /** The answer, with its metrics, and the model fitted to the probes. */
  void answer(Answer answer, int count, List<ProbeRun> probes, int steps, long seed) {
    Instant now = context.clock().now();
    String sentence = sentence(answer) + " (" + count + " probes)";
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put("probes", Integer.toString(count));
    switch (answer) {
      case Found(Interval rate, boolean _) -> found(rate, sentence, labels, probes, now);
      case NeverMet(double rate) -> {
        scalar(LoadMetrics.CAPACITY, 0, now);
        scalar(LoadMetrics.CAPACITY_LOW, 0, now);
        scalar(LoadMetrics.CAPACITY_HIGH, rate, now);
      }
      case StillMet(double rate) -> atLeast(rate, labels, probes, now);
      case GeneratorLimit(double met, double _) -> {
        // No metric 'capacity': a bound above it must not fail for what was not measured.
        scalar(LoadMetrics.CAPACITY_LOW, met, now);
        labels.put("low", number(met));
        invalid("load.generator-limit", sentence, now);
      }
    }
    sink.emit(new Event(context.check(), now, "load.capacity", sentence, labels));
    model(probes, steps, seed, now);
  }

  private void found(
      Interval rate,
      String sentence,
      Map<String, String> labels,
      List<ProbeRun> probes,
      Instant now) {
    if (rate.low() <= 0 || Double.isInfinite(rate.high())) {
      invalid("load.capacity-unknown", sentence, now);
      return;
    }
    labels.put("low", number(rate.low()));
    labels.put("high", number(rate.high()));
    labels.put("capacity", number(rate.estimate()));
    scalar(LoadMetrics.CAPACITY, rate.estimate(), now);
    scalar(LoadMetrics.CAPACITY_LOW, rate.low(), now);
    scalar(LoadMetrics.CAPACITY_HIGH, rate.high(), now);
    concurrency(rate.estimate(), probes, now);
    plan(rate, now);
  }

  private void atLeast(
      double rate, Map<String, String> labels, List<ProbeRun> probes, Instant now) {
    labels.put("low", number(rate));
    labels.put("capacity", number(rate));
    scalar(LoadMetrics.CAPACITY, rate, now);
    scalar(LoadMetrics.CAPACITY_LOW, rate, now);
    concurrency(rate, probes, now);
    plan(new Interval(rate, rate, rate), now);
  }

  /** What the rate that is planned for takes. */
  private void plan(Interval capacity, Instant now) {
    Rate wanted = configuration.planFor();
    if (wanted == null) {
      return;
    }
    CapacityPlan plan = CapacityPlan.of(wanted.perSecond(), capacity, configuration.hourlyCost());
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put("rate", number(plan.rate()));
    labels.put("targets", Long.toString(plan.most()));
    labels.put("targets.likely", Long.toString(plan.likely()));
    scalar(LoadMetrics.CAPACITY_TARGETS, plan.most(), now);
    Double hourly = plan.hourly();
    if (hourly != null) {
      labels.put("cost", number(plan.most() * hourly));
      scalar(LoadMetrics.CAPACITY_COST, plan.most() * hourly, now);
    }
    sink.emit(new Event(context.check(), now, "load.capacity-plan", plan.sentence(), labels));
  }

  /** Of the probe that met, closest to the answer. */
  private void concurrency(double rate, List<ProbeRun> probes, Instant now) {
    probes.stream()
        .filter(probe -> probe.met() >= 0.5)
        .min(Comparator.comparingDouble(probe -> Math.abs(Math.log(probe.rate() / rate))))
        .ifPresent(probe -> scalar(LoadMetrics.CAPACITY_CONCURRENCY, probe.concurrency(), now));
  }

  static String sentence(Answer answer) {
    return switch (answer) {
      case Found(Interval rate, boolean narrow) -> found(rate, narrow);
      case NeverMet(double rate) ->
          "even "
              + Unit.PER_SECOND.format(rate)
              + ", the lowest rate, was not met: the capacity is below it";
      case StillMet(double rate) ->
          Unit.PER_SECOND.format(rate)
              + ", the highest rate, was still met: the capacity is at least that";
      case GeneratorLimit(double met, double ceiling) ->
          "the generator, not the target, was the limit: it was late at "
              + Unit.PER_SECOND.format(ceiling)
              + (met > 0
                  ? "; the capacity is at least " + Unit.PER_SECOND.format(met)
                  : "; nothing can be said of the capacity");
    };
  }

  private static String found(Interval rate, boolean narrow) {
    String ends =
        (rate.low() <= 0 ? "below the lowest rate" : Unit.PER_SECOND.format(rate.low()))
            + " to "
            + (Double.isInfinite(rate.high())
                ? "above the highest rate"
                : Unit.PER_SECOND.format(rate.high()));
    return "the capacity is "
        + Unit.PER_SECOND.format(rate.estimate())
        + ", with 95 % probability "
        + ends
        + (narrow
            ? ""
            : "; the allowance of probes or time was used up before it was as narrow as asked");
  }

  private void model(List<ProbeRun> probes, int steps, long seed, Instant now) {
    List<ScalabilityLaw.Point> points =
        probes.stream()
            .filter(probe -> probe.throughput() > 0 && probe.concurrency() > 0)
            .map(probe -> new ScalabilityLaw.Point(probe.concurrency(), probe.throughput()))
            .toList();
    Map<String, String> labels = new LinkedHashMap<>();
    String sentence =
        switch (ScalabilityLaw.fit(points, seed)) {
          case Scalability.Unknown(String why) -> "scalability law: " + why;
          case ScalabilityLaw law -> describe(law, steps, labels);
        };
    sink.emit(new Event(context.check(), now, "load.scalability", sentence, labels));
  }

  private static String describe(ScalabilityLaw law, int steps, Map<String, String> labels) {
    put(labels, "lambda", law.lambda());
    put(labels, "sigma", law.sigma());
    put(labels, "kappa", law.kappa());
    labels.put("r squared", number(law.rSquared()));
    labels.put("error", number(law.error()));
    labels.put("points", Integer.toString(law.points()));
    String peak;
    ScalabilityLaw.Peak at = law.peak();
    if (at == null) {
      peak = String.valueOf(law.noPeak());
    } else {
      put(labels, "peak.concurrency", at.load());
      put(labels, "peak.throughput", at.throughput());
      peak =
          "throughput peaks at "
              + Unit.PER_SECOND.format(at.throughput().estimate())
              + (steps > 1 ? " requests" : "")
              + " (95 %: "
              + Unit.PER_SECOND.format(at.throughput().low())
              + " to "
              + Unit.PER_SECOND.format(at.throughput().high())
              + ") with "
              + Unit.NONE.format(at.load().estimate())
              + " requests at once";
    }
    return "scalability law: contention "
        + Unit.RATIO.format(law.sigma().estimate())
        + ", coherency "
        + Unit.RATIO.format(law.kappa().estimate())
        + ", typical error "
        + Unit.RATIO.format(law.error())
        + "; "
        + peak;
  }

  private static void put(Map<String, String> labels, String name, Interval interval) {
    labels.put(name, number(interval.estimate()));
    labels.put(name + ".low", number(interval.low()));
    labels.put(name + ".high", number(interval.high()));
  }

  private static String number(double value) {
    return Double.isFinite(value)
        ? String.format(Locale.ROOT, "%.6g", value)
        : Double.toString(value);
  }

  private void invalid(String rule, String sentence, Instant now) {
    sink.emit(
        new Finding(
            context.check(),
            now,
            rule,
            Finding.Severity.INVALID,
            null,
            sentence,
            rule + ":" + context.check(),
            Map.of()));
  }

  private void scalar(Metric metric, double value, Instant now) {
    sink.emit(
        new Measurement(
            context.check(),
            metric.name(),
            metric.unit(),
            now,
            now,
            Map.of(),
            new Measured.Scalar(value)));
  }
}
