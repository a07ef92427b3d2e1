package dev.assay.core.parse;

import dev.assay.api.plan.Expectation;
import dev.assay.api.problem.Nearest;
import dev.assay.api.problem.Place;
import dev.assay.api.problem.Problem;
import dev.assay.api.spi.CheckType;
import dev.assay.api.spi.Metric;
import dev.assay.api.spi.ServiceObserver;
import dev.assay.api.value.Comparison;
import dev.assay.api.value.Quantity;
import dev.assay.api.value.Unit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@code expect:} against the metrics of a check type, and adds what the type implies. */
final class ExpectationReader {

  private final List<Problem> problems;
  private final Decoder decoder;
  private final Collection<ServiceObserver<?>> observers;

  ExpectationReader(
      List<Problem> problems, Decoder decoder, Collection<ServiceObserver<?>> observers) {
    this.problems = problems;
    this.decoder = decoder;
    this.observers = observers;
  }

  /**
   * All expectations of a check: the written ones in order, then the implied ones that nothing
   * replaced.
   */
  <C extends Record> List<Expectation> read(
      @Nullable Node node, CheckType<C> type, C configuration) {
    List<Metric> metrics = CheckMetrics.of(type, observers);
    List<Expectation> expectations = new ArrayList<>();
    if (node instanceof Node.Mapping mapping) {
      for (Node.Entry entry : mapping.entries()) {
        readKey(entry, metrics, type.name(), expectations);
      }
    } else if (node != null && !(node instanceof Node.Scalar scalar && scalar.empty())) {
      problems.add(
          PlanProblems.WRONG_TYPE.at(
              node.place(),
              "'expect' cannot be " + node.kind(),
              "write a map such as { failed: 0 }"));
    }
    List<String> written = expectations.stream().map(Expectation::key).toList();
    for (CheckType.Implied implied : type.implied(configuration)) {
      if (implied.always() || !written.contains(implied.key())) {
        MetricKey key =
            MetricKey.read(implied.key(), metrics)
                .orElseThrow(() -> new IllegalStateException("unknown metric " + implied.key()));
        expectations.add(
            expectation(
                key,
                new Expectation.Bound(Comparison.parse(implied.comparison())),
                null,
                true,
                Place.NONE));
      }
    }
    return expectations;
  }

  private void readKey(
      Node.Entry entry, List<Metric> metrics, String type, List<Expectation> expectations) {
    MetricKey key = MetricKey.read(entry.key(), metrics).orElse(null);
    if (key == null) {
      problems.add(
          PlanProblems.EXPECTATION.at(
              entry.keyPlace(),
              "'" + entry.key() + "' is no metric of the check type " + type,
              Nearest.mend(entry.key(), MetricKey.all(metrics))));
      return;
    }
    List<Node> rules =
        entry.value() instanceof Node.Items items ? items.items() : List.of(entry.value());
    for (Node rule : rules) {
      WorkspaceFile.ExpectationFile file =
          decoder.record(rule, WorkspaceFile.ExpectationFile.class);
      if (file != null) {
        readRule(key, file, rule.place(), expectations);
      }
    }
  }

  private void readRule(
      MetricKey key,
      WorkspaceFile.ExpectationFile file,
      Place place,
      List<Expectation> expectations) {
    String is = file.is();
    String baseline = file.noWorseThan();
    if (is == null && baseline == null) {
      problems.add(
          PlanProblems.EXPECTATION.at(
              place,
              "nothing is expected of '" + key.metric().name() + "'",
              "write `is: < 150 ms` or `no worse than: main`"));
    }
    if (is != null) {
      Comparison comparison = comparison(key, is, place);
      if (comparison != null) {
        expectations.add(
            expectation(key, new Expectation.Bound(comparison), file.samples(), false, place));
      }
    } else if (baseline != null && bare(key)) {
      problems.add(
          PlanProblems.EXPECTATION.at(
              place,
              "'" + key.metric().name() + "' cannot be compared with a baseline as a whole",
              "name a statistic, such as " + key.metric().name() + ".p95"));
      return;
    }
    if (baseline != null) {
      readBaseline(key, baseline, file, place, expectations);
    }
  }

  private static boolean bare(MetricKey key) {
    return key.metric().shape() == Metric.Shape.DISTRIBUTION && key.statistic().equals("value");
  }

  private void readBaseline(
      MetricKey key,
      String baseline,
      WorkspaceFile.ExpectationFile file,
      Place place,
      List<Expectation> expectations) {
    if (key.metric().better() == Metric.Better.NEITHER) {
      problems.add(
          PlanProblems.EXPECTATION.at(
              place,
              "neither more nor less of '" + key.metric().name() + "' is better",
              "compare another metric with the baseline, or write a bound"));
      return;
    }
    boolean first = file.firstRun() == WorkspaceFile.ExpectationFile.FirstRun.PASSES;
    expectations.add(
        expectation(
            key,
            new Expectation.NoWorseThan(
                baseline,
                file.by().ratio(),
                first,
                file.confirm() == WorkspaceFile.ExpectationFile.Confirm.ONCE),
            file.samples(),
            false,
            place));
  }

  @Nullable Comparison comparison(MetricKey key, String text, Place place) {
    Comparison comparison;
    try {
      comparison = Comparison.parse(text);
    } catch (IllegalArgumentException wrong) {
      problems.add(
          PlanProblems.EXPECTATION.at(
              place, String.valueOf(wrong.getMessage()), example(key.unit())));
      return null;
    }
    Quantity quantity = comparison.quantity();
    if (quantity == null) {
      problems.add(
          PlanProblems.EXPECTATION.at(
              place, "'" + comparison.operand() + "' is not a number", example(key.unit())));
      return null;
    }
    if (bare(key)) {
      problems.add(
          PlanProblems.EXPECTATION.at(
              place,
              "'" + key.metric().name() + "' is many values, not one",
              "name a statistic, such as " + key.metric().name() + ".p95"));
      return null;
    }
    if (quantity.unit() != key.unit() && !(quantity.unit() == Unit.NONE && quantity.value() == 0)) {
      problems.add(
          PlanProblems.EXPECTATION.at(
              place,
              "'" + comparison.operand() + "' has not the unit of '" + key.metric().name() + "'",
              example(key.unit())));
      return null;
    }
    return comparison;
  }

  private static String example(Unit unit) {
    return "write "
        + switch (unit) {
          case NONE -> "a plain number, such as < 5";
          case NANOSECONDS -> "a duration, such as < 150 ms";
          case BYTES -> "a size, such as < 1 MB";
          case RATIO -> "a share, such as < 0.1 %";
          case PER_SECOND -> "a rate, such as > 100/s";
        };
  }

  private static Expectation expectation(
      MetricKey key, Expectation.Rule rule, @Nullable Long samples, boolean implied, Place place) {
    return new Expectation(
        key.metric().name(), key.step(), key.statistic(), rule, samples, implied, place);
  }
}
