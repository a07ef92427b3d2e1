package dev.assay.observe.monitor;

/**
 * When results open and close an alert, so that a flapping check does not wake anybody twice.
 *
 * @param failures how many of the last {@code of} results are no pass when it opens, at least 1
 * @param of how many results are looked at, {@code failures} to 100
 * @param close how many passes in a row close it, 1 to 100
 */
public record FlapRule(int failures, int of, int close) {

  /** Checks the ranges. */
  public FlapRule {
    if (failures < 1 || of < failures || of > 100) {
      throw new IllegalArgumentException(
          failures + " of " + of + " cannot fail: use 1 to 100, and no more than are looked at");
    }
    if (close < 1 || close > 100) {
      throw new IllegalArgumentException(close + " passes cannot close an alert: use 1 to 100");
    }
  }
}
