package dev.assay.cli;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonException;
import dev.assay.stats.canary.CanaryJudge;
import dev.assay.stats.canary.KayentaJudge;
import dev.assay.stats.canary.KayentaJudge.Classification;
import dev.assay.stats.canary.KayentaJudge.Direction;
import dev.assay.stats.canary.KayentaScore;
import dev.assay.stats.canary.KayentaScore.Graded;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A canary configuration of Kayenta, as it is: its metrics with their directions, groups and
 * limits, the weights of groups and the thresholds. Queries are not read, values come from outside.
 * Immutable.
 *
 * @param metrics in the order of the file
 * @param weights of groups
 * @param pass the score from which a canary passes
 * @param marginal the score from which it is marginal
 */
record KayentaConfig(
    List<Metric> metrics, Map<String, Double> weights, double pass, double marginal) {

  private static final double PASS = 95;
  private static final double MARGINAL = 75;

  KayentaConfig {
    metrics = List.copyOf(metrics);
    weights = Map.copyOf(weights);
  }

  /**
   * One metric.
   *
   * @param critical whether the canary fails with it
   * @param mustHave whether it fails without values
   * @param zeros whether a missing value is a zero
   * @param allowed the ratio of means up to which a rise, and down to which a fall, is none
   * @param fatal the same from which it is critical; NaN where there is none
   */
  record Metric(
      String name,
      List<String> groups,
      Direction direction,
      boolean critical,
      boolean mustHave,
      boolean zeros,
      Bounds allowed,
      Bounds fatal) {
    Metric {
      groups = List.copyOf(groups);
    }
  }

  /** Ratios of the experiment's mean to the control's. */
  record Bounds(double rise, double fall) {}

  /**
   * Reads a configuration, also one inside {@code canaryConfig}.
   *
   * @throws JsonException if it is none
   */
  static KayentaConfig read(Json json) {
    Json.Obj root = json.asObject();
    Json inner = root.find("canaryConfig");
    Json.Obj config = inner == null ? root : inner.asObject();
    List<Metric> metrics = new ArrayList<>();
    for (Json metric : config.array("metrics")) {
      metrics.add(metric(metric.asObject()));
    }
    Json.Obj classifier = part(config, "classifier");
    Map<String, Double> weights = new LinkedHashMap<>();
    part(classifier, "groupWeights")
        .members()
        .forEach((group, weight) -> weights.put(group, weight.asNumber()));
    Json.Obj thresholds = part(classifier, "scoreThresholds");
    return new KayentaConfig(
        metrics,
        weights,
        number(thresholds, "pass", PASS),
        number(thresholds, "marginal", MARGINAL));
  }

  private static Metric metric(Json.Obj metric) {
    String name = metric.text("name");
    Json.Obj canary = part(part(metric, "analysisConfigurations"), "canary");
    List<String> groups = new ArrayList<>();
    Json written = metric.find("groups");
    if (written != null) {
      metric.array("groups").forEach(group -> groups.add(group.asText()));
    }
    String direction = canary.findText("direction");
    Json.Obj effect = part(canary, "effectSize");
    return new Metric(
        name,
        groups,
        direction(direction == null ? "either" : direction, name),
        truth(canary, "critical"),
        truth(canary, "mustHave"),
        "replace".equals(canary.findText("nanStrategy")),
        new Bounds(number(effect, "allowedIncrease", 1), number(effect, "allowedDecrease", 1)),
        new Bounds(
            number(effect, "criticalIncrease", Double.NaN),
            number(effect, "criticalDecrease", Double.NaN)));
  }

  private static Direction direction(String text, String metric) {
    try {
      return Direction.valueOf(text.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException unknown) {
      throw JsonException.of(
          "the direction of '" + metric + "' is '" + text + "', not increase, decrease or either");
    }
  }

  private static Json.Obj part(Json.Obj of, String name) {
    Json found = of.find(name);
    return found == null ? Json.object().build() : found.asObject();
  }

  private static double number(Json.Obj of, String name, double otherwise) {
    Json found = of.find(name);
    return found == null ? otherwise : found.asNumber();
  }

  private static boolean truth(Json.Obj of, String name) {
    Json found = of.find(name);
    return found instanceof Json.Bool bool && bool.value();
  }

  /**
   * {@code metrics}, each with values of its {@code control} and {@code experiment}, to a {@code
   * score} and its {@code classification}.
   */
  Json.Obj judge(Json.Obj question) {
    Json.Obj given = question.object("metrics");
    given.members().keySet().stream()
        .filter(name -> metrics.stream().noneMatch(metric -> metric.name().equals(name)))
        .findFirst()
        .ifPresent(name -> {
          throw JsonException.of("the configuration has no metric '" + name + "'");
        });
    List<Graded> graded = new ArrayList<>();
    List<Json> told = new ArrayList<>();
    for (Metric metric : metrics) {
      Json.Obj values = part(given, metric.name());
      double[] control = values(values, "control", metric.zeros());
      double[] experiment = values(values, "experiment", metric.zeros());
      Graded one = graded(metric, control, experiment);
      graded.add(one);
      told.add(told(metric, one, control, experiment));
    }
    KayentaScore score = KayentaScore.of(graded, weights);
    Json.Builder groups = Json.object();
    score.groups().forEach((group, of) -> groups.put(group, Series.number(of)));
    return Json.object()
        .put("score", Series.number(score.score()))
        .put("classification", classification(score))
        .put("groups", groups.build())
        .put("metrics", Json.array(told))
        .build();
  }

  private static double[] values(Json.Obj of, String name, boolean zeros) {
    double[] values = of.find(name) == null ? new double[0] : Series.values(of, name);
    return Arrays.stream(values)
        .map(value -> zeros && Double.isNaN(value) ? 0 : value)
        .filter(Double::isFinite)
        .toArray();
  }

  private static Graded graded(Metric metric, double[] control, double[] experiment) {
    Classification found = KayentaJudge.classify(control, experiment, metric.direction());
    double ratio = ratio(control, experiment);
    boolean small =
        found == Classification.HIGH && ratio < metric.allowed().rise()
            || found == Classification.LOW && ratio > metric.allowed().fall();
    boolean fatal =
        found == Classification.HIGH && ratio >= metric.fatal().rise()
            || found == Classification.LOW && ratio <= metric.fatal().fall();
    return new Graded(
        metric.groups(),
        metric.critical() && (found != Classification.NODATA || metric.mustHave()) || fatal,
        small ? Classification.PASS : found,
        metric.mustHave());
  }

  private static double ratio(double[] control, double[] experiment) {
    return Arrays.stream(experiment).average().orElse(Double.NaN)
        / Arrays.stream(control).average().orElse(Double.NaN);
  }

  private static Json told(Metric metric, Graded graded, double[] control, double[] experiment) {
    boolean lower = metric.direction() != Direction.DECREASE;
    return Json.object()
        .put("name", metric.name())
        .put("classification", graded.classification().name().toLowerCase(Locale.ROOT))
        .put("critical", graded.critical())
        .put("ratio", Series.number(ratio(control, experiment)))
        .put(
            "verdict",
            StatsAnswers.words(
                new CanaryJudge(lower, CanaryJudge.PRACTICAL_LIMIT)
                    .judge(control, experiment)
                    .answer()))
        .build();
  }

  private String classification(KayentaScore score) {
    if (!score.measured()) {
      return "nodata";
    }
    return score.score() >= pass ? "pass" : score.score() >= marginal ? "marginal" : "fail";
  }
}
