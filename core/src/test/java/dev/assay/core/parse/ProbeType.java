package dev.assay.core.parse;

import dev.assay.api.problem.Place;
import dev.assay.api.spi.Check;
import dev.assay.api.spi.CheckType;
import dev.assay.api.spi.Default;
import dev.assay.api.spi.Doc;
import dev.assay.api.spi.Key;
import dev.assay.api.spi.Metric;
import dev.assay.api.spi.Shorthand;
import dev.assay.api.value.Comparison;
import dev.assay.api.value.Rate;
import dev.assay.api.value.Template;
import dev.assay.api.value.Unit;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A check type with one component of each kind. */
final class ProbeType implements CheckType<ProbeType.Probe> {

  enum Mode {
    FAST,
    VERY_SLOW
  }

  @Doc("A probe.")
  record Probe(
      @Doc("Steps.") @Shorthand List<Step> flow,
      @Doc("Rate.") @Nullable Rate rate,
      @Key("for") @Default("30s") Duration duration,
      @Default("fast") Mode mode,
      @Default("3") int maxTries,
      Map<String, Comparison> wants,
      Place place) {}

  record Step(String name, @Nullable Template get, Map<String, String> save, Place place) {}

  @Override
  public String name() {
    return "probe";
  }

  @Override
  public String summary() {
    return "Probes.";
  }

  @Override
  public Class<Probe> configuration() {
    return Probe.class;
  }

  @Override
  public List<Metric> metrics() {
    return List.of(
        new Metric(
            "latency", Unit.NANOSECONDS, Metric.Shape.DISTRIBUTION, Metric.Better.LOWER, "Time."),
        new Metric("errors", Unit.RATIO, Metric.Shape.PROPORTION, Metric.Better.LOWER, "Share."),
        new Metric("errors.by.kind", Unit.NONE, Metric.Shape.COUNT, Metric.Better.LOWER, "Kinds."),
        new Metric("memory", Unit.BYTES, Metric.Shape.SCALAR, Metric.Better.LOWER, "Memory."),
        new Metric("requests", Unit.NONE, Metric.Shape.COUNT, Metric.Better.NEITHER, "Requests."));
  }

  @Override
  public List<Implied> implied(Probe configuration) {
    return List.of(new Implied("requests", "> 0", true), new Implied("errors", "< 1 %", false));
  }

  @Override
  public Set<String> saves(Probe probe) {
    Set<String> names = new java.util.LinkedHashSet<>();
    probe.flow().forEach(step -> names.addAll(step.save().keySet()));
    return names;
  }

  @Override
  public Check prepare(Probe configuration) {
    return (context, sink) -> {};
  }
}
