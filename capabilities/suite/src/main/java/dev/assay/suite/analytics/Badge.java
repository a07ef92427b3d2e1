package dev.assay.suite.analytics;

/** A badge in SVG: a word, a figure, a colour that says how it is. */
public final class Badge {

  private static final double WIDE = 6.6;

  private Badge() {}

  /**
   * Draws one.
   *
   * @param label what it is, such as {@code tests}
   * @param value how it is, such as {@code 99.2 %}
   * @param good from 0, which is bad, to 1
   */
  public static String svg(String label, String value, double good) {
    String colour = good >= 0.95 ? "#06704f" : good >= 0.8 ? "#7d5500" : "#b3340a";
    int left = width(label);
    int all = left + width(value);
    return """
    <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="20" role="img" aria-label="%2$s: %3$s">\
    <title>%2$s: %3$s</title><rect width="%1$d" height="20" rx="3" fill="#444b57"/>\
    <path d="M%4$d 0h%5$dq3 0 3 3v14q0 3-3 3h-%5$dz" fill="%6$s"/>\
    <g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">\
    <text x="6" y="14">%2$s</text><text x="%7$d" y="14">%3$s</text></g></svg>
    """
        .formatted(all, escaped(label), escaped(value), left, all - left - 3, colour, left + 6);
  }

  private static int width(String text) {
    return (int) Math.round(text.codePointCount(0, text.length()) * WIDE) + 12;
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
