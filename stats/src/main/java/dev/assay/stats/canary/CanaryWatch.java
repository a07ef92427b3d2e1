package dev.assay.stats.canary;

import dev.assay.stats.sequential.EProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.HdrHistogram.Histogram;

/**
 * Watches a canary beside its control, look by look, and says at any time whether it fails more
 * often or is slower. A healthy canary is ever called worse in at most {@code error} of all cases,
 * however often it is looked at; the evidence of all parts is averaged (Vovk and Wang, 2021), so
 * that more of them are no more false alarms.
 *
 * <p>Failures are counted ({@link dev.assay.stats.sequential.ErrorRates}). Latencies are compared
 * second by second ({@link dev.assay.stats.sequential.Pairs}), as the requests of one second share
 * a collection of garbage and a neighbour: of the side that has more requests in a look as many are
 * drawn as the other has, so that each statistic of both is exchangeable if they behave alike,
 * whatever share of the traffic the canary has. Not thread-safe.
 */
public final class CanaryWatch {

  /** How many times the limit of the median the limit of the tail is. */
  private static final double TAIL = 3;

  private final double error;
  private final List<Part> parts = new ArrayList<>();
  private final List<Double> weights = new ArrayList<>();
  private final SplittableRandom random;
  private double highest;

  /**
   * What is watched.
   *
   * @param errors whether failures are
   * @param latency whether latencies are
   * @param by how much slower a median is still accepted: 0.1 is a tenth
   * @param points how many failures more are still shown to be none: 0.01 is one of a hundred
   *     requests
   * @param error the probability of a false alarm over all looks, above 0, below 1
   * @param seed of the requests that are drawn
   */
  public CanaryWatch(
      boolean errors, boolean latency, double by, double points, double error, long seed) {
    if (!(errors || latency) || !(by >= 0) || !(points >= 0) || !(error > 0 && error < 1)) {
      throw new IllegalArgumentException("nothing is watched, or a limit is none");
    }
    this.error = error;
    this.random = new SplittableRandom(seed);
    if (errors) {
      parts.add(new FailurePart(points));
      weights.add(latency ? 0.5 : 1.0);
    }
    if (latency) {
      parts.add(new LatencyPart("latency.p50", 0.5, by));
      parts.add(new LatencyPart("latency.p95", 0.95, by * TAIL));
      weights.add(errors ? 0.25 : 0.5);
      weights.add(errors ? 0.25 : 0.5);
    }
  }

  /**
   * What one side did in one look.
   *
   * @param failed requests that failed, at most {@code total}
   * @param total requests
   * @param latency of those that were answered, in any unit; only read
   */
  public record Look(long failed, long total, Histogram latency) {}

  /** One look at both, of the same time. */
  public void look(Look control, Look canary) {
    int common =
        (int) Math.min(control.latency().getTotalCount(), canary.latency().getTotalCount());
    double[] left = Thinned.to(control.latency(), common, random);
    double[] right = Thinned.to(canary.latency(), common, random);
    parts.forEach(part -> part.look(control, canary, left, right));
    highest = Math.max(highest, evidence());
  }

  /** How many times its stake a fair bet on "worse" has become; 1 before the first look. */
  public double evidence() {
    double sum = 0;
    for (int i = 0; i < parts.size(); i++) {
      sum += weights.get(i) * Part.evidence(parts.get(i).worse());
    }
    return sum;
  }

  /** Whether the canary was ever shown to be worse. */
  public boolean alarm() {
    return highest >= threshold();
  }

  /** The evidence that is an alarm. */
  public double threshold() {
    return 1 / error;
  }

  /** What can be said of each part now, in a fixed order. */
  public List<PartVerdict> verdicts() {
    Part leading = parts.getFirst();
    for (Part part : parts) {
      leading = Part.evidence(part.worse()) > Part.evidence(leading.worse()) ? part : leading;
    }
    List<PartVerdict> verdicts = new ArrayList<>();
    for (Part part : parts) {
      EProcess worse = part.worse();
      boolean blamed = alarm() && (part.equals(leading) || worse.alarm(error));
      verdicts.add(
          new PartVerdict(
              part.name(),
              blamed
                  ? Judgement.Answer.WORSE
                  : part.notWorse(error)
                      ? Judgement.Answer.NOT_WORSE
                      : Judgement.Answer.INCONCLUSIVE,
              Part.evidence(worse),
              part.shown()));
    }
    return verdicts;
  }

  /**
   * What can be said of one part.
   *
   * @param part {@code errors}, {@code latency.p50}, {@code latency.p95}
   * @param answer worse, not worse, or nothing yet
   * @param evidence of a bet on worse
   * @param shown the numbers behind it
   */
  public record PartVerdict(String part, Judgement.Answer answer, double evidence, Numbers shown) {}

  /** The numbers that explain a verdict. */
  public sealed interface Numbers {}

  /**
   * Failures.
   *
   * @param canaryFailed of the canary
   * @param failed of both
   * @param share the canary's share of all requests; NaN where there were none
   * @param control the control's rate of failures
   * @param canary the canary's
   * @param atMost how many more of all requests fail on the canary at the most, at all looks
   */
  public record Failures(
      long canaryFailed, long failed, double share, double control, double canary, double atMost)
      implements Numbers {}

  /**
   * Looks in which the canary was slower.
   *
   * @param slower how many times it was slower by more than the limit
   * @param looks of so many that differ
   * @param by the limit
   * @param control the control's value over all looks; NaN where there was none
   * @param canary the canary's
   */
  public record Slower(long slower, long looks, double by, double control, double canary)
      implements Numbers {}
}
