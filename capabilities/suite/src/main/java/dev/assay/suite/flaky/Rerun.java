package dev.assay.suite.flaky;

/** How an attempt was made. */
public enum Rerun {
  /** Again, nothing more is known. */
  AGAIN,
  /** In the process that the test had just failed in. */
  SAME_JVM,
  /** In a process of its own start, among the same tests in the same order. */
  CLEAN_JVM,
  /** In a process of its own, without other tests. */
  ALONE,
  /** Among the same tests in another order. */
  OTHER_ORDER,
  /** At another time of day or date. */
  SHIFTED_CLOCK,
  /** In another time zone. */
  OTHER_ZONE
}
