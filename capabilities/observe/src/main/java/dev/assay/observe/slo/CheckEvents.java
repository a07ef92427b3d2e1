package dev.assay.observe.slo;

import dev.assay.api.evidence.Attempt;
import dev.assay.api.evidence.Evidence;
import dev.assay.api.evidence.Measured;
import dev.assay.api.evidence.Measurement;
import dev.assay.api.evidence.Outcome;
import dev.assay.api.value.Quantity;
import dev.assay.api.value.Unit;
import dev.assay.api.verdict.Decision;
import dev.assay.observe.slo.SliSource.Count;
import dev.assay.observe.slo.SliSource.OfCheck;
import dev.assay.stats.HistogramEncoding;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Counts an objective's events in the evidence of a check. For one objective, by one thread. */
public final class CheckEvents {

  private static final double NANOS_OF_MILLI = 1e6;

  private final Slo slo;
  private final List<Tally> tallies = new ArrayList<>();

  /** For an objective whose sources are checks. */
  public CheckEvents(Slo slo) {
    this.slo = slo;
  }

  /** The checks that an objective is about; empty where its data comes from elsewhere. */
  public static List<String> checks(Slo slo) {
    return switch (slo.indicator()) {
      case Slo.Ratio(OfCheck part, _, OfCheck total, _) ->
          part.check().equals(total.check())
              ? List.of(part.check())
              : List.of(part.check(), total.check());
      case Slo.Threshold(OfCheck source, _, _) -> List.of(source.check());
      default -> List.of();
    };
  }

  /** Takes a fact of a release. */
  public void take(Evidence evidence, String release) {
    switch (slo.indicator()) {
      case Slo.Ratio(OfCheck part, boolean bad, OfCheck total, _) ->
          ratio(evidence.at(), count(part, evidence), bad, count(total, evidence), release);
      case Slo.Threshold(OfCheck source, Slo.Operator operator, double limit) -> {
        if (evidence instanceof Measurement measurement && of(source, measurement)) {
          threshold(measurement, operator, limit, release);
        }
      }
      default -> {
        // its data comes from elsewhere
      }
    }
  }

  /** Takes how a check was judged. */
  public void take(String check, Decision decision, Instant at, String release) {
    if (slo.indicator() instanceof Slo.Ratio(OfCheck part, boolean bad, OfCheck total, _)) {
      ratio(at, verdict(part, check, decision), bad, verdict(total, check, decision), release);
    }
  }

  private void ratio(Instant at, double part, boolean bad, double total, String release) {
    if (part > 0 || total > 0) {
      tallies.add(new Tally(at, bad ? total - part : part, total, release));
    }
  }

  private static double verdict(OfCheck source, String check, Decision decision) {
    boolean counts =
        source.check().equals(check)
            && (source.count() == Count.VERDICTS
                || source.count() == Count.PASSES && decision == Decision.PASS);
    return counts ? 1 : 0;
  }

  private static boolean of(OfCheck source, Measurement measurement) {
    return source.check().equals(measurement.check())
        && measurement.metric().equals(source.metric())
        && (source.step() == null || source.step().equals(measurement.part()));
  }

  private static double count(OfCheck source, Evidence evidence) {
    return switch (evidence) {
      case Outcome outcome -> outcome(source, outcome);
      case Measurement measurement when of(source, measurement) -> counted(source, measurement);
      default -> 0;
    };
  }

  private static double outcome(OfCheck source, Outcome outcome) {
    if (!source.check().equals(outcome.check())
        || source.step() != null && !source.step().equals(outcome.name())
        || outcome.result() == Attempt.Result.SKIPPED) {
      return 0;
    }
    boolean failed = outcome.result().failure();
    return switch (source.count()) {
      case PASSED -> failed ? 0 : 1;
      case FAILED -> failed ? 1 : 0;
      case ALL -> 1;
      default -> 0;
    };
  }

  private static double counted(OfCheck source, Measurement measurement) {
    return switch (measurement.value()) {
      case Measured.Scalar _ -> 0;
      case Measured.Count(long value) -> source.count() == Count.TOTAL ? value : 0;
      case Measured.Proportion(long hits, long total) ->
          source.count() == Count.HITS ? hits : source.count() == Count.TOTAL ? total : 0;
      case Measured.Distribution(long count, String encoded) ->
          switch (source.count()) {
            case VALUES -> values(source.below(), count, encoded, measurement.unit());
            case TOTAL -> count;
            default -> 0;
          };
    };
  }

  private static double values(@Nullable String below, long count, String encoded, Unit unit) {
    if (below == null) {
      return count;
    }
    Quantity limit = Quantity.parse(below);
    if (limit.unit() != unit && limit.unit() != Unit.NONE) {
      throw new IllegalArgumentException("'" + below + "' is not of the metric's unit");
    }
    return upTo(HistogramEncoding.decode(encoded), limit.value());
  }

  private static double upTo(Histogram histogram, double limit) {
    if (limit < 0) {
      return 0;
    }
    return limit >= histogram.getMaxValue()
        ? histogram.getTotalCount()
        : histogram.getCountBetweenValues(0, (long) limit);
  }

  /** Limits of durations are in milliseconds, all others in the metric's own unit. */
  private void threshold(
      Measurement measurement, Slo.Operator operator, double limit, String release) {
    double scaled = measurement.unit() == Unit.NANOSECONDS ? limit * NANOS_OF_MILLI : limit;
    switch (measurement.value()) {
      case Measured.Scalar(double value) ->
          one(measurement, operator.good(value, scaled), release); // a NaN is never good
      case Measured.Count(long value) -> one(measurement, operator.good(value, scaled), release);
      case Measured.Proportion(long hits, long total) -> {
        if (total > 0) {
          one(measurement, operator.good((double) hits / total, scaled), release);
        }
      }
      case Measured.Distribution(long count, String encoded) -> {
        double below = upTo(HistogramEncoding.decode(encoded), scaled);
        boolean upper = operator == Slo.Operator.LTE || operator == Slo.Operator.LT;
        tallies.add(new Tally(measurement.at(), upper ? below : count - below, count, release));
      }
    }
  }

  private void one(Measurement measurement, boolean good, String release) {
    tallies.add(new Tally(measurement.at(), good ? 1 : 0, 1, release));
  }

  /** What was counted so far. */
  public List<Tally> tallies() {
    return List.copyOf(tallies);
  }
}
