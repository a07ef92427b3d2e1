package dev.assay.suite.flaky;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * What a rerun would teach on whether the last failure is real.
 *
 * @param how the way to run it again
 * @param bits expected information: by how much the entropy of "real or not" is expected to fall
 *     (Lindley, 1956); 0 to 1
 * @param seconds what it takes, above 0
 */
public record RerunAdvice(Rerun how, double bits, double seconds) {

  /** Below this many bits a rerun is hardly worth its start. */
  public static final double WORTHWHILE = 0.03;

  /** What it teaches for its time. */
  public double bitsPerSecond() {
    return bits / seconds;
  }

  /**
   * The ways that are worth their time, the one that teaches the most per second first.
   *
   * @param seconds what each way that is possible takes, above 0
   * @return empty where no run failed, or where what is known is sure enough
   */
  public static List<RerunAdvice> of(Classification known, Map<Rerun, Double> seconds) {
    if (known.lastFailureReal().isEmpty()) {
      return List.of();
    }
    double real = known.lastFailureReal().getAsDouble();
    List<RerunAdvice> advice = new ArrayList<>();
    seconds.forEach((how, time) -> {
      if (!(time > 0 && Double.isFinite(time))) {
        throw new IllegalArgumentException("a rerun takes more than " + time + " seconds");
      }
      double bits = bits(real, 1 - Rates.brokenPasses(how), failsIfFlaky(known, how));
      if (bits >= WORTHWHILE) {
        advice.add(new RerunAdvice(how, bits, time));
      }
    });
    advice.sort(
        Comparator.comparingDouble(RerunAdvice::bitsPerSecond)
            .reversed()
            .thenComparing(RerunAdvice::how));
    return List.copyOf(advice);
  }

  private static double failsIfFlaky(Classification known, Rerun how) {
    double fails = 0;
    for (Cause cause : Cause.values()) {
      fails +=
          known.causes().getOrDefault(cause, 0.0)
              * Rates.failsAgain(cause, how, known.failingRate());
    }
    return Math.clamp(fails, 0, 1);
  }

  /** The mutual information of "real" and the result. */
  private static double bits(double real, double failsIfReal, double failsIfNot) {
    double fails = real * failsIfReal + (1 - real) * failsIfNot;
    double left = real * entropy(failsIfReal) + (1 - real) * entropy(failsIfNot);
    return Math.clamp(entropy(fails) - left, 0, 1);
  }

  private static double entropy(double p) {
    return p <= 0 || p >= 1 ? 0 : -(p * Math.log(p) + (1 - p) * Math.log(1 - p)) / Math.log(2);
  }
}
