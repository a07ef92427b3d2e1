package dev.assay.stats.compare;

/** Which values of a metric are better. */
public enum Better {
  /** Lower ones, as of a latency. */
  LOWER,
  /** Higher ones, as of a throughput. */
  HIGHER
}
