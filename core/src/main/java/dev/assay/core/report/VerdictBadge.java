package dev.assay.core.report;

import dev.assay.api.verdict.Decision;

/** A badge in SVG: a name, and what was decided of it, in a colour that says how it is. */
public final class VerdictBadge {

  private static final int LETTER = 7;
  private static final int MARGIN = 16;
  private static final int LONGEST = 60;

  private VerdictBadge() {}

  /**
   * Draws one.
   *
   * @param name such as of a workspace or a check; cut where it is long
   */
  public static String svg(String name, Decision decision) {
    int end = name.offsetByCodePoints(0, Math.min(LONGEST, name.codePointCount(0, name.length())));
    String shown = end < name.length() ? name.substring(0, end) + "…" : name;
    String word = decision.word();
    int left = LETTER * shown.codePointCount(0, shown.length()) + MARGIN;
    int right = LETTER * word.length() + MARGIN;
    String all = String.valueOf(left + right);
    Markup svg = new Markup("");
    svg.open(
        "svg",
        "xmlns",
        "http://www.w3.org/2000/svg",
        "width",
        all,
        "height",
        "20",
        "role",
        "img",
        "aria-label",
        shown + ": " + word);
    svg.element("title", shown + ": " + word);
    rectangle(svg, 0, left + right, "#3a4246");
    rectangle(svg, left, right, colour(decision));
    svg.open(
        "g",
        "fill",
        "#fff",
        "text-anchor",
        "middle",
        "font-family",
        "Verdana,DejaVu Sans,sans-serif",
        "font-size",
        "11");
    text(svg, left / 2, left - MARGIN, shown);
    text(svg, left + right / 2, right - MARGIN, word);
    return svg.close("g").close("svg").toString().strip() + "\n";
  }

  private static String colour(Decision decision) {
    return switch (decision) {
      case PASS -> "#17693f";
      case FAIL -> "#b3261e";
      case INCONCLUSIVE, STALE, NOT_RUN -> "#7d5700";
    };
  }

  private static void rectangle(Markup svg, int from, int width, String colour) {
    svg.empty(
        "rect",
        "x",
        String.valueOf(from),
        "width",
        String.valueOf(width),
        "height",
        "20",
        "rx",
        "4",
        "fill",
        colour);
  }

  private static void text(Markup svg, int middle, int length, String text) {
    svg.element(
        "text", text, "x", String.valueOf(middle), "y", "14", "textLength", String.valueOf(length));
  }
}
