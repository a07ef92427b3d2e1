package dev.assay.core.compare;

import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.api.spi.Metric;
import dev.assay.api.value.Unit;
import dev.assay.core.judge.CheckLevels;
import dev.assay.stats.change.ChangePoint;
import dev.assay.stats.change.ChangePoints;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One number of a check through the runs of a ledger, and where it changed. Immutable.
 *
 * @param check the check's id
 * @param key what it is
 * @param metric what it is of
 * @param points oldest first
 * @param changes where it changed and stayed changed; what makes nothing of the size that anybody
 *     acts on is left out
 */
public record Trend(
    String check,
    CheckLevels.Key key,
    Metric metric,
    List<Point> points,
    List<ChangePoint> changes) {

  /** A change of the level by less than that is no news. */
  private static final double LEAST = 0.01;

  /** Copies the lists. */
  public Trend {
    points = List.copyOf(points);
    changes = List.copyOf(changes);
  }

  /**
   * The number in one run.
   *
   * @param run the run
   * @param digest of the check's configuration in it
   * @param value in the metric's unit
   */
  public record Point(RunSummary run, String digest, double value) {}

  /** Finds where it changed; the points are the oldest first. */
  public static Trend of(String check, CheckLevels.Key key, Metric metric, List<Point> points) {
    List<ChangePoint> changes = new ArrayList<>();
    for (ChangePoint change :
        ChangePoints.find(points.stream().mapToDouble(Point::value).toArray())) {
      double size = Math.abs(change.after() - change.before());
      double usual = Math.max(Math.abs(change.before()), Math.abs(change.after()));
      if (size >= LEAST * usual || change.kind() == ChangePoint.Kind.SLOPE) {
        changes.add(change);
      }
    }
    return new Trend(check, key, metric, points, changes);
  }

  /** The values. */
  public double[] values() {
    return points.stream().mapToDouble(Point::value).toArray();
  }

  /** Whether a change made it worse; false too where neither direction is better. */
  public boolean worse(ChangePoint change) {
    return switch (metric.better()) {
      case LOWER -> change.after() > change.before();
      case HIGHER -> change.after() < change.before();
      case NEITHER -> false;
    };
  }

  /** The last commit that was surely before a change, or null where it is not known. */
  public @Nullable String lastBefore(ChangePoint change) {
    return points.get(Math.max(0, change.earliest() - 1)).run().subject().commit();
  }

  /** The first commit that was surely after a change, or null where it is not known. */
  public @Nullable String firstAfter(ChangePoint change) {
    return points.get(change.latest()).run().subject().commit();
  }

  /** A change in one sentence. */
  public String sentence(ChangePoint change) {
    Point at = points.get(change.index());
    String before = metric.unit().format(change.before());
    String after = metric.unit().format(change.after());
    StringBuilder text = new StringBuilder();
    text.append(key.text()).append(" of ").append(check);
    if (change.kind() == ChangePoint.Kind.SLOPE) {
      text.append(" began to run otherwise at ").append(after);
    } else {
      text.append(change.after() > change.before() ? " rose from " : " fell from ")
          .append(before)
          .append(" to ")
          .append(after)
          .append(size(change));
    }
    text.append(" at run ").append(at.run().id());
    String from = lastBefore(change);
    String to = firstAfter(change);
    if (from != null && to != null) {
      text.append(
          from.equals(to)
              ? ", while the commit stayed " + brief(from)
              : ", in the commits " + brief(from) + ".." + brief(to));
    }
    if (change.earliest() != change.latest()) {
      text.append(", between runs ")
          .append(points.get(change.earliest()).run().id())
          .append(" and ")
          .append(points.get(change.latest()).run().id());
    }
    if (otherwise(change)) {
      text.append("; the check was configured otherwise from then on");
    }
    return text.append(" (")
        .append(sure(change.confidence()))
        .append(" sure that it is a change).")
        .toString();
  }

  private static String sure(double confidence) {
    return confidence > 0.999
        ? "over 99.9 %"
        : Unit.RATIO.format(Math.floor(confidence * 1000) / 1000);
  }

  private static String size(ChangePoint change) {
    double estimate = change.change().estimate();
    if (!Double.isFinite(estimate)) {
      return "";
    }
    return ", "
        + signed(estimate)
        + " (95 % sure between "
        + signed(change.change().low())
        + " and "
        + signed(change.change().high())
        + "),";
  }

  private static String signed(double ratio) {
    return (ratio > 0 ? "+" : "") + Unit.RATIO.format(Math.rint(ratio * 1000) / 1000);
  }

  private static String brief(String commit) {
    return commit.substring(0, Math.min(10, commit.length()));
  }

  private boolean otherwise(ChangePoint change) {
    return !points.get(change.index() - 1).digest().equals(points.get(change.index()).digest());
  }
}
