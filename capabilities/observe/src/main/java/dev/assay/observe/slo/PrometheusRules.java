package dev.assay.observe.slo;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonWriter;
import dev.assay.observe.slo.SliSource.OfPrometheus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Objectives as rules of Prometheus: for each window a recorded share of bad events, and for each
 * burn rule an alert. Only objectives whose data is in Prometheus can be written so. JSON, which is
 * YAML too.
 */
public final class PrometheusRules {

  private PrometheusRules() {}

  /** Whether an objective can be written so. */
  public static boolean can(Slo slo) {
    return slo.indicator() instanceof Slo.Ratio(OfPrometheus _, _, OfPrometheus _, _);
  }

  /** A rule file of those that can. */
  public static String write(List<Slo> slos) {
    List<Json> groups = new ArrayList<>();
    for (Slo slo : slos) {
      if (slo.indicator()
          instanceof
          Slo.Ratio(OfPrometheus part, boolean bad, OfPrometheus total, boolean counter)) {
        groups.add(group(slo, part.query(), bad, total.query(), counter));
      }
    }
    return JsonWriter.pretty(Json.object().put("groups", Json.array(groups)).build());
  }

  private static Json group(Slo slo, String part, boolean bad, String total, boolean counter) {
    List<BurnRule> burns = BurnRule.of(slo.window().length());
    Set<Duration> windows = new LinkedHashSet<>();
    burns.forEach(burn -> {
      windows.add(burn.shortWindow());
      windows.add(burn.longWindow());
    });
    List<Json> rules = new ArrayList<>();
    for (Duration window : windows) {
      String of = over(part, window, counter);
      String all = over(total, window, counter);
      rules.add(
          Json.object()
              .put("record", record(window))
              .put("expr", bad ? of + " / " + all : "1 - (" + of + " / " + all + ")")
              .put("labels", Json.object().put("slo", slo.name()).build())
              .build());
    }
    burns.forEach(burn -> rules.add(alert(slo, burn)));
    return Json.object().put("name", "slo-" + slo.name()).put("rules", Json.array(rules)).build();
  }

  private static Json alert(Slo slo, BurnRule burn) {
    String limit =
        String.format(Locale.ROOT, " > (%s * %s)", number(burn.factor()), number(slo.budget()));
    return Json.object()
        .put("alert", "SloBurn")
        .put(
            "expr",
            of(slo, burn.longWindow()) + limit + " and " + of(slo, burn.shortWindow()) + limit)
        .put(
            "labels",
            Json.object()
                .put("slo", slo.name())
                .put("service", slo.service())
                .put("severity", burn.severity())
                .put("window", prometheus(burn.longWindow()))
                .build())
        .put(
            "annotations",
            Json.object()
                .put(
                    "summary",
                    slo.title()
                        + ": the budget burns "
                        + number(burn.factor())
                        + " times too fast over "
                        + prometheus(burn.longWindow()))
                .build())
        .build();
  }

  private static String of(Slo slo, Duration window) {
    return record(window) + "{slo=\"" + slo.name() + "\"}";
  }

  private static String record(Duration window) {
    return "slo:bad_events:ratio_" + prometheus(window);
  }

  private static String over(String query, Duration window, boolean counter) {
    return (counter ? "increase" : "sum_over_time")
        + "(("
        + query
        + ")["
        + prometheus(window)
        + ":])";
  }

  private static String number(double value) {
    return java.math.BigDecimal.valueOf(value)
        .round(new java.math.MathContext(6))
        .stripTrailingZeros()
        .toPlainString();
  }

  /** As Prometheus writes durations: 5m, 6h, 3d. */
  public static String prometheus(Duration duration) {
    long seconds = Math.max(1, duration.toSeconds());
    if (seconds % 86_400 == 0) {
      return seconds / 86_400 + "d";
    }
    if (seconds % 3_600 == 0) {
      return seconds / 3_600 + "h";
    }
    return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
  }
}
