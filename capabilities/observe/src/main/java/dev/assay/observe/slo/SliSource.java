package dev.assay.observe.slo;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** What is counted of good, bad or all events. */
public sealed interface SliSource {

  /**
   * Evidence of a check.
   *
   * @param check its id
   * @param count what of it is counted
   * @param metric which metric; null where none is needed
   * @param step only of that step; null for all
   * @param below the greatest value that is counted, in the metric's unit; null for all
   */
  record OfCheck(
      String check,
      Count count,
      @Nullable String metric,
      @Nullable String step,
      @Nullable String below)
      implements SliSource {}

  /**
   * A query.
   *
   * @param address of Prometheus
   * @param query in PromQL
   */
  record OfPrometheus(URI address, String query) implements SliSource {}

  /** What of a check's evidence is counted. */
  enum Count {
    /** Outcomes that passed. */
    PASSED,
    /** Outcomes that failed or could not be carried out. */
    FAILED,
    /** Outcomes that were not skipped. */
    ALL,
    /** Verdicts that are a pass. */
    PASSES,
    /** Verdicts. */
    VERDICTS,
    /** The hits of a proportion, such as errors. */
    HITS,
    /** The whole of a proportion; the count of a count. */
    TOTAL,
    /** The values of a distribution, those not above {@code below} where it is given. */
    VALUES,
    /** The value itself, for a threshold. */
    VALUE
  }
}
