package dev.assay.core.parse;

import dev.assay.api.plan.Expectation;
import dev.assay.api.problem.Nearest;
import dev.assay.api.problem.Place;
import dev.assay.api.problem.Problem;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.spi.Metric;
import dev.assay.api.value.Comparison;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads one expectation from its key and its comparison. */
public final class ExpectationText {

  private ExpectationText() {}

  /**
   * Reads an expectation such as {@code errors} and {@code > 5 %}.
   *
   * @param metrics those that it may speak of
   * @param place where it is written
   * @throws dev.assay.api.problem.ProblemException if the key names no metric, or the comparison is
   *     none of its unit
   */
  public static Expectation read(String key, String comparison, List<Metric> metrics, Place place) {
    MetricKey found =
        MetricKey.read(key, metrics)
            .orElseThrow(() ->
                PlanProblems.EXPECTATION.failure(
                    place,
                    "'" + key + "' is no metric of the check",
                    Nearest.mend(key, MetricKey.all(metrics))));
    List<Problem> problems = new ArrayList<>();
    Comparison read =
        new ExpectationReader(problems, new Decoder(problems, name -> Optional.empty()), List.of())
            .comparison(found, comparison, place);
    if (read == null) {
      throw new ProblemException(problems);
    }
    return new Expectation(
        found.metric().name(),
        found.step(),
        found.statistic(),
        new Expectation.Bound(read),
        null,
        false,
        place);
  }
}
