package dev.assay.core.report.telemetry;

import dev.assay.api.json.Json;
import dev.assay.core.report.CheckReport;
import dev.assay.core.report.RunReport;
import dev.assay.core.report.Words;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** That a run ended, as the body of Datadog's {@code POST /api/v1/events}. */
final class DatadogEvent {

  private static final int LONGEST_TITLE = 100;
  private static final int LONGEST_TEXT = 3_900;

  private DatadogEvent() {}

  /** The body; {@code url} is where people look at the run, null where nobody can. */
  static Json.Obj of(RunReport run, @Nullable String url) {
    List<String> tags = new ArrayList<>(DatadogSeries.tags(run));
    tags.add(DatadogSeries.tag("run", run.id()));
    String commit = run.subject().commit();
    if (commit != null) {
      tags.add(DatadogSeries.tag("version", commit));
    }
    Instant ended = Objects.requireNonNullElse(run.closed(), run.summary().opened());
    return Json.object()
        .put("title", Words.cut(run.headline() + ": " + run.summary().workspace(), LONGEST_TITLE))
        .put("text", Words.cut(text(run, url), LONGEST_TEXT))
        .put("date_happened", ended.getEpochSecond())
        .put(
            "alert_type",
            switch (run.decision()) {
              case PASS -> "success";
              case FAIL -> "error";
              case INCONCLUSIVE, STALE, NOT_RUN -> "warning";
            })
        .put("aggregation_key", Words.cut("assay " + run.id(), LONGEST_TITLE))
        .put("tags", Json.array(tags.stream().map(Json::of).toList()))
        .build();
  }

  private static String text(RunReport run, @Nullable String url) {
    StringBuilder text = new StringBuilder(run.because());
    for (CheckReport check : run.checks()) {
      text.append("\n- ").append(check.id()).append(": ").append(check.decision().word());
      text.append(", ").append(check.because());
    }
    return url == null ? text.toString() : url + "\n" + text;
  }
}
