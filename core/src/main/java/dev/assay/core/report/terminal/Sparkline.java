package dev.assay.core.report.terminal;

/** Values as bars of eight heights, one column each, the newest at the right. */
final class Sparkline {

  private static final String BARS = "▁▂▃▄▅▆▇█";

  private Sparkline() {}

  /**
   * Draws the newest values, from nought to the greatest of those drawn; what is no number is a
   * gap.
   *
   * @param columns how many values at most
   */
  static String of(double[] values, int columns) {
    int from = Math.max(0, values.length - Math.max(0, columns));
    double greatest = 0;
    for (int i = from; i < values.length; i++) {
      greatest = values[i] > greatest ? values[i] : greatest;
    }
    StringBuilder line = new StringBuilder();
    for (int i = from; i < values.length; i++) {
      line.append(Double.isNaN(values[i]) ? ' ' : BARS.charAt(height(values[i], greatest)));
    }
    return line.toString();
  }

  private static int height(double value, double greatest) {
    if (!(greatest > 0)) {
      return 0;
    }
    return Math.clamp((int) Math.ceil(value / greatest * BARS.length()) - 1, 0, BARS.length() - 1);
  }
}
