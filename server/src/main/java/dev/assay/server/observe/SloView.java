package dev.assay.server.observe;

import dev.assay.api.json.Json;
import dev.assay.observe.slo.SloText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How an objective stands, in words. Immutable.
 *
 * @param name unique in the project
 * @param title for people
 * @param service of which; may be empty
 * @param state met, burning, missed or unknown
 * @param tone for its colour
 * @param good the share that was good
 * @param target the share that is promised
 * @param window over which time
 * @param left how much of the budget is left, in words
 * @param leftShare the same as a number from 0 to 1; 0 where it is not known
 * @param at when it was looked at
 * @param exhausted when the budget will be spent; null for not
 * @param burns the burn rules
 * @param releases what each release spent
 * @param plot an SVG of the budget over the window
 */
public record SloView(
    String name,
    String title,
    String service,
    String state,
    String tone,
    String good,
    String target,
    String window,
    String left,
    double leftShare,
    Instant at,
    @Nullable String exhausted,
    List<Burn> burns,
    List<Release> releases,
    String plot) {

  private static final int WIDTH = 600;
  private static final int HEIGHT = 120;

  /** Copies the lists. */
  public SloView {
    burns = List.copyOf(burns);
    releases = List.copyOf(releases);
  }

  /**
   * A burn rule.
   *
   * @param windows both
   * @param rates over both
   * @param limit from which it fires
   * @param firing whether it does
   */
  public record Burn(String windows, String rates, String limit, boolean firing) {}

  /**
   * What a release spent.
   *
   * @param release the commit or artifact, its first digits
   * @param spent of the budget
   */
  public record Release(String release, String spent) {}

  /**
   * Of what an agent told.
   *
   * @throws dev.assay.api.json.JsonException if it is none
   */
  public static SloView of(Json.Obj told) {
    String state = told.text("state");
    double left = number(told, "budgetLeft");
    List<Burn> burns = new ArrayList<>();
    for (Json each : told.array("burns")) {
      Json.Obj burn = each.asObject();
      burns.add(
          new Burn(
              burn.text("long") + " and " + burn.text("short"),
              rate(number(burn, "longBurn")) + " and " + rate(number(burn, "shortBurn")),
              rate(number(burn, "factor")) + " (" + burn.text("severity") + ")",
              burn.get("firing").asBool()));
    }
    List<Release> releases = new ArrayList<>();
    for (Json each : told.array("releases")) {
      Json.Obj release = each.asObject();
      String name = release.text("release");
      if (!name.isEmpty()) {
        releases.add(
            new Release(
                name.substring(0, Math.min(12, name.length())),
                SloText.about(number(release, "spent"))));
      }
    }
    return new SloView(
        told.text("name"),
        told.text("title"),
        told.text("service"),
        state,
        switch (state) {
          case "met" -> "pass";
          case "missed" -> "fail";
          case "burning" -> "open";
          default -> "waiting";
        },
        SloText.percent(number(told, "sli")),
        SloText.percent(number(told, "target")),
        told.text("window"),
        SloText.left(left),
        Double.isNaN(left) ? 0 : Math.clamp(left, 0, 1),
        Instant.parse(told.text("at")),
        told.findText("exhausted"),
        burns,
        releases,
        plot(told.array("curve")));
  }

  private static double number(Json.Obj object, String name) {
    Json value = object.find(name);
    return value == null ? Double.NaN : value.asNumber();
  }

  private static String rate(double rate) {
    return Double.isNaN(rate) ? "–" : String.format(Locale.ROOT, "%.1f×", rate);
  }

  /** The budget left from the window's begin to now; what is below nothing is cut at -20 %. */
  private static String plot(List<Json> curve) {
    StringBuilder line = new StringBuilder();
    double least = -0.2;
    int count = Math.min(curve.size(), 1_000);
    for (int i = 0; i < count; i++) {
      double left = Math.clamp(number(curve.get(i).asObject(), "left"), least, 1.0);
      double x = count == 1 ? WIDTH : (double) i * WIDTH / (count - 1);
      double y = Double.isNaN(left) ? 0 : (1 - left) / (1 - least) * HEIGHT;
      line.append(String.format(Locale.ROOT, "%s%.1f,%.1f", i == 0 ? "" : " ", x, y));
    }
    double zero = 1 / (1 - least) * HEIGHT;
    return String.format(
        Locale.ROOT,
        "<svg class=\"burn\" viewBox=\"0 0 %d %d\" preserveAspectRatio=\"none\" role=\"img\""
            + " aria-label=\"budget left over the window\"><line class=\"zero\" x1=\"0\""
            + " x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/><polyline points=\"%s\" fill=\"none\""
            + " vector-effect=\"non-scaling-stroke\"/></svg>",
        WIDTH,
        HEIGHT,
        WIDTH,
        zero,
        zero,
        line);
  }
}
