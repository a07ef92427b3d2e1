package dev.assay.stats.compare;

import dev.assay.stats.compare.Comparison.Answer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Compares many metrics of the same two sets of runs at once. Each is a moderated t of the runs, or
 * of pairs where the order has such ({@link Contrast}); the false alarms of all of them together
 * are kept to the error by Holm's method (Scandinavian Journal of Statistics 6, 1979), however they
 * depend on each other. Thread-safe; the same levels always give the same answers.
 */
public final class LevelComparison {

  /** The probability of any false alarm, for worse and better together, that is usual. */
  public static final double ERROR = RunComparison.ERROR;

  private final double error;

  /**
   * A comparison.
   *
   * @param error the probability of any false alarm that is accepted, above 0, at most 0.5
   */
  public LevelComparison(double error) {
    if (!(error > 0 && error <= 0.5)) {
      throw new IllegalArgumentException("an error is above 0 and at most 0.5, not " + error);
    }
    this.error = error;
  }

  /**
   * What is said of one metric. Immutable.
   *
   * @param answer worse, better, not worse, or nothing
   * @param low the lower end of the difference, at the level at which it clears 0 exactly where the
   *     difference is significant among all
   * @param difference candidate - baseline
   * @param high its upper end
   * @param most how much worse it is at the most, 95 % sure, whatever else is compared; below 0 it
   *     is better
   * @param probability of so clear a difference in any of them where there is none
   * @param further how many more pairs of runs would decide, where there is no answer; else 0
   */
  public record Result(
      Answer answer,
      double low,
      double difference,
      double high,
      double most,
      double probability,
      int further) {}

  /** Compares; one result for each, in the same order. */
  public List<Result> compare(List<Levels> all) {
    List<Contrast> contrasts = all.stream().map(LevelComparison::contrast).toList();
    double[] adjusted = holm(contrasts.stream().mapToDouble(Contrast::probability).toArray());
    List<Result> results = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      results.add(result(all.get(i), contrasts.get(i), adjusted[i]));
    }
    return results;
  }

  private static Contrast contrast(Levels levels) {
    double[] before = levels.baseline();
    double[] after = levels.candidate();
    int[][] pairs = Pairing.of(levels.order(), before.length, after.length);
    if (pairs.length > 1) {
      double[] differences = new double[pairs.length];
      for (int i = 0; i < pairs.length; i++) {
        differences[i] = after[pairs[i][1]] - before[pairs[i][0]];
      }
      return Contrast.pairs(differences, levels.scatter(), levels.within());
    }
    return Contrast.groups(before, after, levels.scatter(), levels.within());
  }

  private Result result(Levels levels, Contrast contrast, double adjusted) {
    double raw = contrast.probability();
    double half = contrast.half(Math.clamp(error * raw / adjusted, 1e-12, error));
    double difference = contrast.difference();
    double worse = levels.better() == Better.LOWER ? difference : -difference;
    boolean clear = adjusted < error;
    double most = worse + contrast.half(2 * RunComparison.EQUIVALENCE_ERROR);
    Answer answer;
    if (clear && Math.abs(worse) > levels.limit()) {
      answer = worse > 0 ? Answer.WORSE : Answer.BETTER;
    } else {
      answer = most <= levels.limit() ? Answer.NOT_WORSE : Answer.INCONCLUSIVE;
    }
    return new Result(
        answer,
        difference - half,
        difference,
        difference + half,
        most,
        adjusted,
        answer == Answer.INCONCLUSIVE
            ? new Contrast(worse, contrast.error(), contrast.freedom(), contrast.count())
                .further(levels.limit(), RunComparison.EQUIVALENCE_ERROR)
            : 0);
  }

  /** The probabilities for all together. */
  static double[] holm(double[] probabilities) {
    int n = probabilities.length;
    List<Integer> order =
        IntStream.range(0, n)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> probabilities[i]))
            .toList();
    double[] adjusted = new double[n];
    double most = 0;
    for (int rank = 0; rank < n; rank++) {
      int i = order.get(rank);
      // never quite 0, so that it can be divided by
      most = Math.max(most, Math.min(1, (n - rank) * Math.max(probabilities[i], 1e-300)));
      adjusted[i] = most;
    }
    return adjusted;
  }
}
