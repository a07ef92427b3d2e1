package dev.assay.api.ledger;

import dev.assay.api.evidence.EvidenceCodec;
import dev.assay.api.json.Instants;
import dev.assay.api.json.Json;
import dev.assay.api.json.JsonException;
import dev.assay.api.ledger.LedgerEntry.CheckClosed;
import dev.assay.api.ledger.LedgerEntry.CheckOpened;
import dev.assay.api.ledger.LedgerEntry.Ending;
import dev.assay.api.ledger.LedgerEntry.Judged;
import dev.assay.api.ledger.LedgerEntry.Planned;
import dev.assay.api.ledger.LedgerEntry.Recorded;
import dev.assay.api.ledger.LedgerEntry.RunClosed;
import dev.assay.api.ledger.LedgerEntry.RunErased;
import dev.assay.api.ledger.LedgerEntry.RunOpened;
import dev.assay.api.ledger.LedgerEntry.RunResumed;
import dev.assay.api.plan.Subject;
import dev.assay.api.verdict.Decision;
import dev.assay.api.verdict.Reason;
import dev.assay.api.verdict.Verdict;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The canonical encoding of ledger entries and verdicts; says its own kind and version as evidence
 * does.
 */
public final class LedgerCodec {

  private static final String KIND = "entry";

  private LedgerCodec() {}

  /** Encodes. */
  public static Json.Obj encode(LedgerEntry entry) {
    return switch (entry) {
      case RunOpened opened -> runOpened(opened);
      case RunResumed resumed -> start("run-resumed/1").put("at", resumed.at().toString()).build();
      case CheckOpened opened ->
          start("check-opened/1")
              .put("at", opened.at().toString())
              .put("check", opened.check())
              .build();
      case Recorded recorded ->
          start("recorded/1").put("fact", EvidenceCodec.encode(recorded.evidence())).build();
      case CheckClosed closed ->
          start("check-closed/1")
              .put("at", closed.at().toString())
              .put("check", closed.check())
              .put("ending", closed.ending().name())
              .putIfPresent("problem", closed.problem())
              .put("saved", Json.texts(closed.saved()))
              .build();
      case Judged judged ->
          start("judged/1")
              .put("check", judged.check())
              .put("verdict", encode(judged.verdict()))
              .build();
      case RunClosed closed ->
          start("run-closed/1")
              .put("at", closed.at().toString())
              .put("ending", closed.ending().name())
              .put("decision", closed.decision().name())
              .build();
      case RunErased erased -> runErased(erased);
    };
  }

  /**
   * Decodes.
   *
   * @throws JsonException if it is not an entry of a version known here
   */
  public static LedgerEntry decode(Json json) {
    Json.Obj object = json.asObject();
    String kind = object.text(KIND);
    try {
      return switch (kind) {
        case "run-opened/1" -> runOpened(object);
        case "run-resumed/1" -> new RunResumed(at(object));
        case "check-opened/1" -> new CheckOpened(at(object), object.text("check"));
        case "recorded/1" -> new Recorded(EvidenceCodec.decode(object.get("fact")));
        case "check-closed/1" ->
            new CheckClosed(
                at(object),
                object.text("check"),
                Ending.valueOf(object.text("ending")),
                object.findText("problem"),
                texts(object.object("saved")));
        case "judged/1" -> new Judged(object.text("check"), verdict(object.object("verdict")));
        case "run-closed/1" ->
            new RunClosed(
                at(object),
                Ending.valueOf(object.text("ending")),
                Decision.valueOf(object.text("decision")));
        case "run-erased/1" ->
            new RunErased(
                at(object),
                object.text("why"),
                object.whole("entries"),
                object.text("hashes"),
                object.find("closed") == null ? null : object.whole("closed"));
        default ->
            throw new IllegalArgumentException("'" + kind + "' is not an entry this version knows");
      };
    } catch (IllegalArgumentException | DateTimeException | ArithmeticException wrong) {
      throw JsonException.of(String.valueOf(wrong.getMessage()));
    }
  }

  private static Json.Obj runErased(RunErased erased) {
    Json.Builder builder =
        start("run-erased/1")
            .put("at", erased.at().toString())
            .put("why", erased.why())
            .put("entries", erased.entries())
            .put("hashes", erased.hashes());
    Long closed = erased.closed();
    return closed == null ? builder.build() : builder.put("closed", closed).build();
  }

  private static Json.Builder start(String kind) {
    return Json.object().put(KIND, kind);
  }

  private static Instant at(Json.Obj object) {
    return Instants.parse(object.text("at"));
  }

  private static Json.Obj runOpened(RunOpened opened) {
    List<Json> checks = new ArrayList<>();
    for (Planned planned : opened.checks()) {
      checks.add(
          Json.object()
              .put("id", planned.id())
              .put("type", planned.type())
              .put("digest", planned.digest())
              .put("stage", planned.stage())
              .build());
    }
    Json.Builder builder =
        start("run-opened/1")
            .put("at", opened.at().toString())
            .put("workspace", opened.workspace())
            .put("digest", opened.digest())
            .put("subject", encode(opened.subject()))
            .put("seed", opened.seed())
            .put("version", opened.version())
            .put("checks", Json.array(checks));
    return opened.labels().isEmpty()
        ? builder.build()
        : builder.put("labels", Json.texts(opened.labels())).build();
  }

  private static RunOpened runOpened(Json.Obj object) {
    List<Planned> checks = new ArrayList<>();
    for (Json item : object.array("checks")) {
      Json.Obj check = item.asObject();
      checks.add(
          new Planned(
              check.text("id"),
              check.text("type"),
              check.text("digest"),
              Math.toIntExact(check.whole("stage"))));
    }
    return new RunOpened(
        at(object),
        object.text("workspace"),
        object.text("digest"),
        subject(object.object("subject")),
        object.whole("seed"),
        object.text("version"),
        checks,
        object.find("labels") instanceof Json.Obj labels ? texts(labels) : Map.of());
  }

  /** Encodes a subject. */
  public static Json.Obj encode(Subject subject) {
    return Json.object()
        .put("environment", subject.environment())
        .putIfPresent("commit", subject.commit())
        .putIfPresent("branch", subject.branch())
        .put("dirty", subject.dirty())
        .putIfPresent("artifact", subject.artifact())
        .build();
  }

  private static Subject subject(Json.Obj object) {
    return new Subject(
        object.text("environment"),
        object.findText("commit"),
        object.findText("branch"),
        object.get("dirty").asBool(),
        object.findText("artifact"));
  }

  /** Encodes a verdict. */
  public static Json.Obj encode(Verdict verdict) {
    List<Json> reasons = new ArrayList<>();
    for (Reason reason : verdict.reasons()) {
      Map<String, Json> numbers = new LinkedHashMap<>();
      reason.numbers().forEach((name, value) -> numbers.put(name, Json.of(value)));
      reasons.add(
          Json.object()
              .put("decision", reason.decision().name())
              .put("expectation", reason.expectation())
              .put("sentence", reason.sentence())
              .put("numbers", new Json.Obj(numbers))
              .put("evidence", Json.array(reason.evidence().stream().map(Json::of).toList()))
              .build());
    }
    return Json.object()
        .put("decision", verdict.decision().name())
        .put("reasons", Json.array(reasons))
        .put("policy", verdict.policy())
        .put("evidence", verdict.evidence())
        .build();
  }

  private static Verdict verdict(Json.Obj object) {
    List<Reason> reasons = new ArrayList<>();
    for (Json item : object.array("reasons")) {
      Json.Obj reason = item.asObject();
      Map<String, Double> numbers = new LinkedHashMap<>();
      reason
          .object("numbers")
          .members()
          .forEach((name, value) -> numbers.put(name, value.asNumber()));
      reasons.add(
          new Reason(
              Decision.valueOf(reason.text("decision")),
              reason.text("expectation"),
              reason.text("sentence"),
              numbers,
              reason.array("evidence").stream().map(Json::asText).toList()));
    }
    return new Verdict(
        Decision.valueOf(object.text("decision")),
        reasons,
        object.text("policy"),
        object.text("evidence"));
  }

  private static Map<String, String> texts(Json.Obj object) {
    Map<String, String> texts = new LinkedHashMap<>();
    object.members().forEach((name, value) -> texts.put(name, value.asText()));
    return texts;
  }
}
