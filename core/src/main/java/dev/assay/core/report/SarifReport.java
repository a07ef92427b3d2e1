package dev.assay.core.report;

import dev.assay.api.evidence.Attempt;
import dev.assay.api.evidence.EvidenceCodec;
import dev.assay.api.evidence.Finding;
import dev.assay.api.evidence.Outcome;
import dev.assay.api.json.Json;
import dev.assay.api.json.JsonWriter;
import dev.assay.api.ledger.LedgerEntry.Ending;
import dev.assay.api.verdict.Decision;
import dev.assay.api.verdict.Reason;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A run as SARIF 2.1.0 (OASIS), which code hosts show beside the code: its findings, the outcomes
 * that failed and the expectations that were not met. What says a file and a line has it as its
 * place; all else is of the workspace file, as hosts refuse what has none. At most {@value #MOST}
 * results, the gravest first.
 */
public final class SarifReport {

  /** GitHub takes 25,000 results and shows 5,000 (docs, "SARIF support for code scanning"). */
  static final int MOST = 5_000;

  private static final String SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";
  private static final String WORKSPACE = "assay.yaml";
  private static final String FAILED = "outcome.failed";
  private static final String UNMET = "expectation.unmet";
  private static final int LONGEST = 4_000;
  private static final Pattern PLACE = Pattern.compile("(.+?):(\\d{1,9})(?::(\\d{1,9}))?");

  private final Map<String, Rule> rules = new LinkedHashMap<>();
  private final List<Json> errors = new ArrayList<>();
  private final List<Json> others = new ArrayList<>();
  private long results;

  /** What a result is about, and which place that has in the list. */
  private record Rule(int index, String title) {}

  private SarifReport() {}

  /** The document, to be stored as UTF-8. */
  public static String write(RunReport run) {
    return JsonWriter.pretty(new SarifReport().log(run)) + "\n";
  }

  private Json log(RunReport run) {
    for (CheckReport check : run.checks()) {
      check.against().forEach(reason -> unmet(check, reason));
      check.evidence().outcomes().forEach(outcome -> failed(check, outcome));
      check.evidence().findings().forEach(this::found);
    }
    run.services().forEach(service -> service.evidence().findings().forEach(this::found));
    errors.addAll(others.subList(0, Math.min(others.size(), MOST - errors.size())));
    return Json.object()
        .put("$schema", SCHEMA)
        .put("version", "2.1.0")
        .put("runs", Json.array(List.of(run(run))))
        .build();
  }

  private Json run(RunReport run) {
    Json driver =
        Json.object()
            .put("name", "Assay")
            .put("version", run.version().isEmpty() ? "unknown" : run.version())
            .put("rules", Json.array(rules.entrySet().stream().map(SarifReport::rule).toList()))
            .build();
    Json.Builder invocation =
        Json.object()
            .put("executionSuccessful", run.ending() == Ending.COMPLETED)
            .put("startTimeUtc", run.summary().opened().toString());
    if (run.closed() != null) {
      invocation.put("endTimeUtc", run.closed().toString());
    }
    return Json.object()
        .put("tool", Json.object().put("driver", driver).build())
        .put("invocations", Json.array(List.of(invocation.build())))
        .put(
            "automationDetails",
            Json.object().put("id", "assay/" + run.summary().workspace() + "/" + run.id()).build())
        .put("columnKind", "utf16CodeUnits")
        .put("results", Json.array(errors))
        .put(
            "properties",
            Json.object()
                .put("decision", run.decision().name())
                .put("because", run.because())
                .put("left", results - errors.size())
                .build())
        .build();
  }

  private static Json rule(Map.Entry<String, Rule> rule) {
    return Json.object()
        .put("id", rule.getKey())
        .put("shortDescription", text(rule.getValue().title()))
        .build();
  }

  private void unmet(CheckReport check, Reason reason) {
    add(
        UNMET,
        "What was found is not as the workspace expects it",
        reason.decision() == Decision.FAIL ? "error" : "warning",
        check.id() + ": " + reason.sentence(),
        EvidenceCodec.sha256(check.id() + "\n" + reason.expectation()),
        null,
        check.id());
  }

  private void failed(CheckReport check, Outcome outcome) {
    if (!outcome.result().failure()) {
      return;
    }
    Attempt last = outcome.attempts().getLast();
    String name =
        outcome.suite().isEmpty() ? outcome.name() : outcome.suite() + " " + outcome.name();
    String file = outcome.labels().get("file");
    String line = outcome.labels().get("line");
    add(
        FAILED,
        "A test or a step failed",
        "error",
        name + ": " + Objects.requireNonNullElse(last.message(), "it failed"),
        EvidenceCodec.sha256(check.id() + "\n" + outcome.suite() + "\n" + outcome.name()),
        file == null || line == null ? file : file + ":" + line,
        check.id());
  }

  private void found(Finding finding) {
    add(
        finding.rule(),
        finding.rule(),
        switch (finding.severity()) {
          case NOTE -> "note";
          case WARNING -> "warning";
          case ERROR, INVALID -> "error";
        },
        finding.message(),
        finding.fingerprint(),
        finding.place(),
        finding.check());
  }

  private void add(
      String rule,
      String title,
      String level,
      String message,
      String fingerprint,
      @Nullable String place,
      String check) {
    results++;
    List<Json> room = level.equals("error") ? errors : others;
    if (room.size() >= MOST) {
      return;
    }
    Rule of = rules.computeIfAbsent(rule, _ -> new Rule(rules.size(), title));
    room.add(
        Json.object()
            .put("ruleId", rule)
            .put("ruleIndex", of.index())
            .put("level", level)
            .put("message", text(message.isEmpty() ? rule : message))
            .put("locations", Json.array(List.of(location(place))))
            .put("partialFingerprints", Json.object().put("assay/v1", fingerprint).build())
            .put("properties", Json.object().put("check", check).build())
            .build());
  }

  private static Json text(String text) {
    return Json.object().put("text", Words.cut(text, LONGEST)).build();
  }

  private static Json location(@Nullable String place) {
    Matcher said = PLACE.matcher(place == null ? "" : place);
    String uri = place == null ? null : uri(said.matches() ? said.group(1) : place);
    Json.Builder physical =
        Json.object()
            .put(
                "artifactLocation",
                Json.object().put("uri", uri == null ? WORKSPACE : uri).build());
    Json.Builder region = Json.object().put("startLine", 1);
    if (uri != null && said.matches()) {
      region = Json.object().put("startLine", Math.max(1, Long.parseLong(said.group(2))));
      String column = said.group(3);
      if (column != null) {
        region.put("startColumn", Math.max(1, Long.parseLong(column)));
      }
    }
    Json.Builder location =
        Json.object().put("physicalLocation", physical.put("region", region.build()).build());
    if (place != null && uri == null) {
      location.put(
          "logicalLocations", Json.array(List.of(Json.object().put("name", place).build())));
    }
    return location.build();
  }

  /** A file of the repository as a relative reference; null for what is none. */
  private static @Nullable String uri(String file) {
    String plain = file.replace('\\', '/');
    boolean looksLikeOne = plain.matches("[^:?#\\s][^:?#\\n]*\\.[A-Za-z0-9]{1,10}");
    try {
      return looksLikeOne && !plain.startsWith("/")
          ? new URI(null, null, plain, null).toString()
          : null;
    } catch (URISyntaxException none) {
      return null;
    }
  }
}
