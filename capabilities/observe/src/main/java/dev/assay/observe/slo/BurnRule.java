package dev.assay.observe.slo;

import java.time.Duration;
import java.util.List;

/**
 * When a budget burns too fast: over a long window, so that it matters, and over a short one, so
 * that it still does. From the Site Reliability Workbook, chapter 5, "multiwindow, multi-burn-rate
 * alerts".
 *
 * @param longWindow the long window
 * @param shortWindow a twelfth of it
 * @param factor how many times faster than evenly the budget burns
 * @param severity {@code page} or {@code ticket}
 */
public record BurnRule(Duration longWindow, Duration shortWindow, double factor, String severity) {

  /**
   * Those of a budget window: 2 % of the budget in a 720th of the window (1 h of 30 days: a factor
   * of 14.4), 5 % in a 120th (6 h: 6), 10 % in a tenth (3 days: 1).
   */
  public static List<BurnRule> of(Duration window) {
    return List.of(
        rule(window, 720, 0.02, "page"),
        rule(window, 120, 0.05, "page"),
        rule(window, 10, 0.10, "ticket"));
  }

  private static BurnRule rule(Duration window, int part, double share, String severity) {
    Duration longer = window.dividedBy(part);
    return new BurnRule(longer, longer.dividedBy(12), share * part, severity);
  }
}
