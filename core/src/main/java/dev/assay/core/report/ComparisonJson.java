package dev.assay.core.report;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonWriter;
import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.api.ledger.LedgerCodec;
import dev.assay.core.compare.ComparedMetric;
import dev.assay.core.compare.ComparedRuns;
import dev.assay.core.compare.ComparedTests;
import java.util.List;
import java.util.Locale;

/**
 * Two sets of runs as JSON of the shape {@code "report":"assay-compare/1"}, described in {@code
 * docs/compare.md}. Changes are shares of the baseline, or points where {@code points} is true; an
 * end of an interval that nothing bounds is null.
 */
public final class ComparisonJson {

  private ComparisonJson() {}

  /** The comparison, indented for people, with a line end. */
  public static String write(ComparedRuns compared) {
    return JsonWriter.pretty(json(compared)) + "\n";
  }

  /** The comparison as a value. */
  public static Json.Obj json(ComparedRuns compared) {
    return Json.object()
        .put("report", "assay-compare/1")
        .put("answer", ComparedRuns.word(compared.answer()))
        .put("sentence", compared.sentence())
        .put("furtherPairs", compared.furtherPairs())
        .put("error", compared.error())
        .put("order", compared.order())
        .put("baseline", runs(compared.baseline()))
        .put("candidate", runs(compared.candidate()))
        .put(
            "metrics", Json.array(compared.metrics().stream().map(ComparisonJson::metric).toList()))
        .put("tests", Json.array(compared.tests().stream().map(ComparisonJson::tests).toList()))
        .put("notes", texts(compared.notes()))
        .build();
  }

  /** Runs in a list: what each was about. */
  static Json runs(List<RunSummary> runs) {
    return Json.array(
        runs.stream()
            .map(run ->
                Json.object()
                    .put("run", run.id())
                    .put("opened", run.opened().toString())
                    .put("subject", LedgerCodec.encode(run.subject()))
                    .put("labels", Json.texts(run.labels()))
                    .build())
            .toList());
  }

  private static Json metric(ComparedMetric metric) {
    return Json.object()
        .put("check", metric.check())
        .put("metric", metric.key().text())
        .put("unit", metric.metric().unit().code())
        .put("direction", metric.metric().better().name().toLowerCase(Locale.ROOT))
        .put("before", number(metric.before()))
        .put("after", number(metric.after()))
        .put("change", number(metric.change()))
        .put("interval", Json.array(List.of(number(metric.low()), number(metric.high()))))
        .put("most", number(metric.most()))
        .put("points", metric.points())
        .put("limit", metric.limit())
        .put("answer", ComparedRuns.word(metric.answer()))
        .put("probability", number(metric.probability()))
        .put("furtherPairs", metric.furtherPairs())
        .put("sentence", metric.sentence())
        .build();
  }

  /** A number, or null where JSON has none for it. */
  static Json number(double value) {
    return Double.isFinite(value) ? Json.of(value) : Json.Null.VALUE;
  }

  private static Json tests(ComparedTests tests) {
    return Json.object()
        .put("check", tests.check())
        .put("broken", texts(tests.broken()))
        .put("mended", texts(tests.mended()))
        .put("gone", texts(tests.gone()))
        .build();
  }

  private static Json texts(List<String> texts) {
    return Json.array(texts.stream().map(Json::of).toList());
  }
}
