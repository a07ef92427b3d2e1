package dev.assay.observe.slo;

import dev.assay.api.json.Json;
import dev.assay.observe.slo.Budget.Burn;
import dev.assay.observe.slo.Budget.Point;
import dev.assay.observe.slo.Budget.Release;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** How objectives stand, for terminals and programs. */
public final class SloText {

  private static final int BAR = 24;

  private SloText() {}

  /** Some lines for a person. */
  public static String text(Budget budget) {
    StringBuilder out = new StringBuilder();
    Slo slo = budget.slo();
    out.append(String.format(Locale.ROOT, "%-8s %s%n", word(budget), slo.title()));
    if (budget.state() == Budget.State.UNKNOWN) {
      return out.append("         no data since ").append(budget.from()).append('\n').toString();
    }
    out.append(
        String.format(
            Locale.ROOT,
            "         %s good of the last %s, %s promised (%s of %s)%n",
            percent(budget.sli()),
            PrometheusRules.prometheus(budget.window()),
            percent(slo.target()),
            count(budget.good()),
            count(budget.total())));
    int full = (int) Math.round(Math.clamp(budget.left(), 0, 1) * BAR);
    out.append("         budget ")
        .append("█".repeat(full))
        .append("░".repeat(BAR - full))
        .append(' ')
        .append(left(budget.left()));
    if (budget.exhausted() != null) {
      out.append(", spent in ")
          .append(about(Duration.between(budget.at(), budget.exhausted())))
          .append(" if it goes on so");
    }
    out.append('\n');
    for (Burn burn : budget.burns()) {
      out.append(
          String.format(
              Locale.ROOT,
              "         burn %8s over %-6s %8s over %-6s %s%n",
              rate(burn.longBurn()),
              PrometheusRules.prometheus(burn.rule().longWindow()),
              rate(burn.shortBurn()),
              PrometheusRules.prometheus(burn.rule().shortWindow()),
              burn.firing()
                  ? "FIRING: above "
                      + rate(burn.rule().factor())
                      + " ("
                      + burn.rule().severity()
                      + ")"
                  : "limit " + rate(burn.rule().factor())));
    }
    for (Release release : budget.releases()) {
      if (!release.release().isEmpty() && release.spent() > 0) {
        out.append(
            String.format(
                Locale.ROOT,
                "         release %.12s spent %s of the budget%n",
                release.release(),
                about(release.spent())));
      }
    }
    return out.toString();
  }

  private static String word(Budget budget) {
    return switch (budget.state()) {
      case UNKNOWN -> "UNKNOWN";
      case MET -> "MET";
      case BURNING -> "BURNING";
      case MISSED -> "MISSED";
    };
  }

  private static String count(double value) {
    return String.format(Locale.ROOT, "%.0f", value);
  }

  private static String rate(double burn) {
    return Double.isNaN(burn) ? "–" : String.format(Locale.ROOT, "%.1fx", burn);
  }

  /** How much of a budget is left, in words. */
  public static String left(double left) {
    if (Double.isNaN(left)) {
      return "nothing is known of the budget";
    }
    return left >= 0
        ? about(left) + " of the budget is left"
        : String.format(Locale.ROOT, "the budget is spent %.1f times over", 1 - left);
  }

  /** A share, such as 99.95 %. */
  public static String percent(double share) {
    if (Double.isNaN(share)) {
      return "–";
    }
    String text = String.format(Locale.ROOT, "%.3f", share * 100);
    return text.replaceAll("0+$", "").replaceAll("\\.$", "") + " %";
  }

  /** A share of a budget, as exact as anybody wants to know it: 8470 %, 37 %, 4.2 %, 0.03 %. */
  public static String about(double share) {
    if (Double.isNaN(share)) {
      return "–";
    }
    double percent = Math.abs(share) * 100;
    String form = percent >= 9.95 ? "%.0f" : percent >= 0.95 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, form, share * 100).replaceAll("\\.0+$", "") + " %";
  }

  /** A duration in its greatest unit. */
  public static String about(Duration duration) {
    if (duration.toDays() >= 2) {
      return duration.toDays() + " days";
    }
    if (duration.toHours() >= 2) {
      return duration.toHours() + " hours";
    }
    return duration.toMinutes() >= 2
        ? duration.toMinutes() + " min"
        : Math.max(1, duration.toSeconds()) + " s";
  }

  /** All of it, for a program. */
  public static Json.Obj json(Budget budget) {
    Json.Builder json =
        Json.object()
            .put("name", budget.slo().name())
            .put("title", budget.slo().title())
            .put("service", budget.slo().service())
            .put("state", budget.state().name().toLowerCase(Locale.ROOT))
            .put("at", budget.at().toString())
            .put("from", budget.from().toString())
            .put("window", PrometheusRules.prometheus(budget.window()))
            .put("method", budget.slo().method().name().toLowerCase(Locale.ROOT))
            .put("target", budget.slo().target())
            .put("good", budget.good())
            .put("total", budget.total());
    number(json, "sli", budget.sli());
    number(json, "budgetLeft", budget.left());
    json.putIfPresent(
        "exhausted", budget.exhausted() == null ? null : budget.exhausted().toString());
    json.put("burns", Json.array(budget.burns().stream().map(SloText::burn).toList()));
    json.put("releases", Json.array(budget.releases().stream().map(SloText::release).toList()));
    json.put("curve", curve(budget.curve()));
    return json.build();
  }

  private static Json burn(Burn burn) {
    Json.Builder json =
        Json.object()
            .put("long", PrometheusRules.prometheus(burn.rule().longWindow()))
            .put("short", PrometheusRules.prometheus(burn.rule().shortWindow()))
            .put("factor", burn.rule().factor())
            .put("severity", burn.rule().severity())
            .put("firing", burn.firing());
    number(json, "longBurn", burn.longBurn());
    number(json, "shortBurn", burn.shortBurn());
    return json.build();
  }

  private static Json release(Release release) {
    return Json.object()
        .put("release", release.release())
        .put("first", release.first().toString())
        .put("good", release.good())
        .put("total", release.total())
        .put("spent", release.spent())
        .build();
  }

  private static Json curve(List<Point> points) {
    return Json.array(
        points.stream()
            .map(point -> {
              Json.Builder json = Json.object().put("at", point.at().toString());
              number(json, "left", point.left());
              number(json, "burn", point.burn());
              return json.build();
            })
            .toList());
  }

  /** JSON has no NaN: what is not known is not there. */
  private static void number(Json.Builder json, String name, double value) {
    if (Double.isFinite(value)) {
      json.put(name, value);
    }
  }
}
