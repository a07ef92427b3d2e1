package dev.assay.cli;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonException;
import dev.assay.stats.Interval;
import dev.assay.stats.anomaly.AnomalyDetector;
import dev.assay.stats.canary.CanaryJudge;
import dev.assay.stats.canary.Judgement;
import dev.assay.stats.canary.KayentaJudge;
import dev.assay.stats.canary.KayentaJudge.Direction;
import dev.assay.stats.change.ChangePoint;
import dev.assay.stats.change.ChangePoints;
import dev.assay.stats.compare.Better;
import dev.assay.stats.compare.Comparison;
import dev.assay.stats.compare.RunComparison;
import dev.assay.stats.forecast.Forecast;
import dev.assay.stats.forecast.Forecaster;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/** What the doors of {@code assay stats} answer; see {@code docs/stats-doors.md}. */
final class StatsAnswers {

  private StatsAnswers() {}

  /** {@code values}, or {@code series} of several columns, to {@code changepoints}. */
  static Json.Obj changePoints(Json.Obj question) {
    List<ChangePoint> found =
        question.find("series") == null
            ? ChangePoints.find(Series.values(question, "values"))
            : ChangePoints.find(Series.columns(question, "series"));
    return Json.object()
        .put(
            "changepoints",
            Json.array(found.stream().map(point -> Json.of(point.index())).toList()))
        .put("details", Json.array(found.stream().map(StatsAnswers::detail).toList()))
        .build();
  }

  private static Json detail(ChangePoint point) {
    return Json.object()
        .put("index", point.index())
        .put("earliest", point.earliest())
        .put("latest", point.latest())
        .put("kind", point.kind().name().toLowerCase(Locale.ROOT))
        .put("before", Series.number(point.before()))
        .put("after", Series.number(point.after()))
        .put("effect", Series.number(point.change().estimate()))
        .put("interval", interval(point.change()))
        .put("confidence", Series.number(point.confidence()))
        .build();
  }

  /** Runs of a {@code baseline} and a {@code candidate} to a {@code verdict}. */
  static Json.Obj compare(Json.Obj question) {
    Json metric = question.find("metric");
    Better better = metric == null ? Better.LOWER : better(metric.asObject());
    Json limit = question.find("limit");
    String order = question.findText("order");
    Comparison found =
        new RunComparison(better, limit == null ? RunComparison.PRACTICAL_LIMIT : limit.asNumber())
            .compare(
                Series.columns(question, "baseline"),
                Series.columns(question, "candidate"),
                order == null ? "" : order);
    return Json.object()
        .put("verdict", words(found.answer()))
        .put("effect", Series.number(found.effect().estimate()))
        .put("interval", interval(found.effect()))
        .put("part", words(found.of()))
        .put("probability", Series.number(found.probability()))
        .put("warmup", found.warmUp())
        .put("furtherPairs", found.furtherPairs())
        .build();
  }

  /** Which values are better, by the member {@code direction}. */
  private static Better better(Json.Obj of) {
    String direction = of.findText("direction");
    return switch (direction == null ? "lower" : direction) {
      // Kayenta says in which direction a metric fails
      case "lower", "increase" -> Better.LOWER;
      case "higher", "decrease" -> Better.HIGHER;
      default ->
          throw JsonException.of(
              "'direction' says which values are better, \"lower\" or \"higher\", not \""
                  + direction
                  + "\"");
    };
  }

  /** Samples of a {@code control} and an {@code experiment} so far to a {@code verdict}. */
  static Json.Obj canary(Json.Obj question) {
    boolean either = "either".equals(question.findText("direction"));
    boolean lower = either || better(question) == Better.LOWER;
    Json limit = question.find("limit");
    double[] control = Series.values(question, "control");
    double[] experiment = Series.values(question, "experiment");
    Judgement found =
        new CanaryJudge(lower, limit == null ? CanaryJudge.PRACTICAL_LIMIT : limit.asNumber())
            .judge(control, experiment);
    boolean changed = either && found.answer() == Judgement.Answer.BETTER;
    Direction fails = lower ? Direction.INCREASE : Direction.DECREASE;
    return Json.object()
        .put("verdict", words(changed ? Judgement.Answer.WORSE : found.answer()))
        .put("effect", Series.number(found.effect().estimate()))
        .put("interval", interval(found.effect()))
        .put("evidence", Series.number(found.evidence()))
        .put("events", found.events())
        .put("total", found.total())
        .put("share", Series.number(found.share()))
        .put(
            "kayenta",
            words(KayentaJudge.classify(control, experiment, either ? Direction.EITHER : fails)))
        .build();
  }

  /** {@code timestamps} and {@code values} to {@code scores}. */
  static Json.Obj anomalies(Json.Obj question) {
    double[] values = Series.values(question, "values");
    double[] times = Series.times(question, "timestamps", values.length);
    AnomalyDetector detector = new AnomalyDetector();
    double[] scores = new double[values.length];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = detector.score(times[i], values[i]);
    }
    return Json.object().put("scores", Series.numbers(scores)).build();
  }

  /** {@code values} with a {@code season} to the next {@code horizon} ones. */
  static Json.Obj forecast(Json.Obj question) {
    Json season = question.find("season");
    Json limit = question.find("limit");
    Forecast found =
        new Forecaster(season == null ? 1 : Math.toIntExact(season.asWhole()))
            .forecast(
                Series.values(question, "values"), Math.toIntExact(question.whole("horizon")));
    Json.Builder answer =
        Json.object()
            .put("mean", Series.numbers(found.mean()))
            .put("lower", Series.numbers(found.lower()))
            .put("upper", Series.numbers(found.upper()))
            .put("methods", Json.array(found.methods().stream().map(Json::of).toList()));
    if (limit != null) {
      double[] values = Series.values(question, "values");
      double last = Arrays.stream(values).filter(Double::isFinite).reduce((_, b) -> b).orElse(0);
      Forecast.Reach reach =
          last <= limit.asNumber() ? found.rise(limit.asNumber()) : found.fall(limit.asNumber());
      answer
          .put("reaches", steps(reach.likely()))
          .put(
              "reachesBetween",
              Json.array(List.of(steps(reach.earliest()), steps(reach.latest()))));
    }
    return answer.build();
  }

  private static Json steps(OptionalInt ahead) {
    return ahead.isPresent() ? Json.of(ahead.getAsInt()) : Json.Null.VALUE;
  }

  static String words(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static Json interval(Interval interval) {
    return Json.array(List.of(Series.number(interval.low()), Series.number(interval.high())));
  }
}
