package dev.assay.core.report.page;

import dev.assay.core.report.MetricReport.Events;
import dev.assay.core.report.MetricReport.Readings;
import dev.assay.core.report.MetricReport.Share;
import dev.assay.core.report.MetricReport.Slice;
import dev.assay.core.report.MetricReport.Spread;
import dev.assay.core.report.MetricReport.Summary;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * A timeline made ready for a plot: at most {@value #MOST} moments, the worst of each where there
 * are more, and a moment without value where nothing was measured, so that a stall is seen as one.
 * Immutable.
 */
final class Moments {

  /** The most moments that a plot shows. */
  static final int MOST = 180;

  /**
   * A part of the time.
   *
   * @param at its start in seconds from the first
   * @param seconds its measured length
   * @param value what was measured, or null
   */
  record Moment(double at, double seconds, @Nullable Summary value) {}

  private final List<Moment> moments;
  private final Instant start;
  private final double end;
  private final int grouped;

  private Moments(List<Moment> moments, Instant start, double end, int grouped) {
    this.moments = moments;
    this.start = start;
    this.end = end;
    this.grouped = grouped;
  }

  static Moments of(List<Slice> timeline) {
    Instant start = timeline.getFirst().from();
    double[] lengths = timeline.stream().mapToDouble(Slice::seconds).sorted().toArray();
    double typical = lengths[lengths.length / 2];
    List<Moment> moments = new ArrayList<>();
    double end = 0;
    for (Slice slice : timeline) {
      double from = seconds(start, slice.from());
      if (!moments.isEmpty() && from - end > typical / 2) {
        moments.add(new Moment(end, from - end, null));
      }
      moments.add(new Moment(from, slice.seconds(), slice.value()));
      end = Math.max(end, seconds(start, slice.to()));
    }
    int group = (moments.size() + MOST - 1) / MOST;
    return new Moments(group == 1 ? moments : grouped(moments, group), start, end, group);
  }

  private static List<Moment> grouped(List<Moment> moments, int group) {
    List<Moment> fewer = new ArrayList<>();
    for (int i = 0; i < moments.size(); i += group) {
      List<Moment> part = moments.subList(i, Math.min(moments.size(), i + group));
      Summary worst = null;
      double seconds = 0;
      for (Moment moment : part) {
        Summary value = moment.value();
        seconds += moment.seconds();
        if (value != null) {
          worst = worst == null ? value : worst(worst, value);
        }
      }
      fewer.add(new Moment(part.getFirst().at(), seconds, worst));
    }
    return fewer;
  }

  private static Summary worst(Summary left, Summary right) {
    return switch (left) {
      case Events events when right instanceof Events other ->
          new Events(events.count() + other.count());
      case Share share when right instanceof Share other ->
          new Share(share.hits() + other.hits(), share.of() + other.of());
      case Readings read when right instanceof Readings other ->
          new Readings(
              read.count() + other.count(),
              other.last(),
              Math.min(read.min(), other.min()),
              Math.max(read.max(), other.max()),
              (read.mean() * read.count() + other.mean() * other.count())
                  / (read.count() + other.count()));
      case Spread spread when right instanceof Spread other -> worst(spread, other);
      default -> right;
    };
  }

  private static Spread worst(Spread left, Spread right) {
    DoubleBinaryOperator worse =
        (a, b) -> Double.isNaN(a) ? b : Double.isNaN(b) ? a : Math.max(a, b);
    return new Spread(
        left.count() + right.count(),
        Math.min(left.min(), right.min()),
        worse.applyAsDouble(left.mean(), right.mean()),
        worse.applyAsDouble(left.p50(), right.p50()),
        worse.applyAsDouble(left.p90(), right.p90()),
        worse.applyAsDouble(left.p95(), right.p95()),
        worse.applyAsDouble(left.p99(), right.p99()),
        worse.applyAsDouble(left.p999(), right.p999()),
        worse.applyAsDouble(left.max(), right.max()));
  }

  private static double seconds(Instant start, Instant at) {
    return Duration.between(start, at).toNanos() / 1e9;
  }

  List<Moment> moments() {
    return moments;
  }

  /** Where the last one ends, in seconds. */
  double end() {
    return end;
  }

  /** How many slices a moment stands for at the most. */
  int group() {
    return grouped;
  }

  double[] times() {
    return moments.stream().mapToDouble(Moment::at).toArray();
  }

  /** A value of each moment; where nothing was measured it is {@code none}. */
  double[] values(ToDoubleFunction<Moment> value, double none) {
    return moments.stream()
        .mapToDouble(moment -> moment.value() == null ? none : value.applyAsDouble(moment))
        .toArray();
  }

  /** The time in seconds from the start; may be negative. */
  double place(Instant at) {
    return seconds(start, at);
  }
}
