package dev.assay.api.evidence;

import dev.assay.api.json.Instants;
import dev.assay.api.json.Json;
import dev.assay.api.json.JsonException;
import dev.assay.api.json.JsonWriter;
import dev.assay.api.value.Unit;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The one canonical encoding of evidence: a JSON object that says its own kind and version ({@code
 * "evidence":"outcome/1"}). Equal evidence has equal bytes, and {@code decode(encode(e))} equals
 * {@code e}.
 *
 * <p>One thing is not kept: a lone surrogate in a text, which UTF-8 cannot say, is U+FFFD in the
 * encoding. Refusing it would lose evidence over a broken character in somebody's test output; the
 * {@link #id} of the evidence is the same before and after.
 */
public final class EvidenceCodec {

  private static final String KIND = "evidence";

  private EvidenceCodec() {}

  /** Encodes. */
  public static Json.Obj encode(Evidence evidence) {
    return switch (evidence) {
      case Outcome outcome -> outcome(outcome);
      case Measurement measurement -> measurement(measurement);
      case Finding finding -> finding(finding);
      case Event event -> event(event);
      case Artifact artifact -> artifact(artifact);
    };
  }

  /**
   * Decodes.
   *
   * @throws JsonException if it is not evidence of a version known here
   */
  public static Evidence decode(Json json) {
    Json.Obj object = json.asObject();
    String kind = object.text(KIND);
    try {
      return switch (kind) {
        case "outcome/1" -> outcome(object);
        case "measurement/1" -> measurement(object);
        case "finding/1" -> finding(object);
        case "event/1" -> event(object);
        case "artifact/1" -> artifact(object);
        default ->
            throw new IllegalArgumentException("'" + kind + "' is not evidence this version knows");
      };
    } catch (IllegalArgumentException | DateTimeException wrong) {
      throw JsonException.of(String.valueOf(wrong.getMessage()));
    }
  }

  /**
   * The identity of evidence: the first 16 hexadecimal digits of the SHA-256 of its canonical
   * bytes.
   */
  public static String id(Evidence evidence) {
    return sha256(JsonWriter.canonical(encode(evidence))).substring(0, 16);
  }

  /** SHA-256 of a text in UTF-8, as 64 hexadecimal digits. */
  public static String sha256(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return String.format("%064x", new BigInteger(1, digest));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }

  private static Json.Builder start(String kind, Evidence evidence) {
    return Json.object()
        .put(KIND, kind)
        .put("check", evidence.check())
        .put("at", evidence.at().toString());
  }

  private static Json.Obj outcome(Outcome outcome) {
    List<Json> attempts = new ArrayList<>();
    for (Attempt attempt : outcome.attempts()) {
      attempts.add(
          Json.object()
              .put("result", attempt.result().name())
              .put("took", attempt.took().toNanos())
              .putIfPresent("type", attempt.type())
              .putIfPresent("message", attempt.message())
              .putIfPresent("detail", attempt.detail())
              .build());
    }
    return start("outcome/1", outcome)
        .put("suite", outcome.suite())
        .put("name", outcome.name())
        .put("attempts", Json.array(attempts))
        .put("labels", Json.texts(outcome.labels()))
        .build();
  }

  private static Outcome outcome(Json.Obj object) {
    List<Attempt> attempts = new ArrayList<>();
    for (Json item : object.array("attempts")) {
      Json.Obj attempt = item.asObject();
      attempts.add(
          new Attempt(
              Attempt.Result.valueOf(attempt.text("result")),
              Duration.ofNanos(attempt.whole("took")),
              attempt.findText("type"),
              attempt.findText("message"),
              attempt.findText("detail")));
    }
    return new Outcome(
        object.text("check"),
        at(object, "at"),
        object.text("suite"),
        object.text("name"),
        attempts,
        labels(object));
  }

  private static Json.Obj measurement(Measurement measurement) {
    return start("measurement/1", measurement)
        .put("metric", measurement.metric())
        .put("unit", measurement.unit().code())
        .put("from", measurement.from().toString())
        .put("labels", Json.texts(measurement.labels()))
        .put("value", measured(measurement.value()))
        .build();
  }

  private static Json measured(Measured value) {
    return switch (value) {
      case Measured.Scalar scalar -> Json.object().put("scalar", scalar(scalar.value())).build();
      case Measured.Count count -> Json.object().put("count", count.value()).build();
      case Measured.Proportion share ->
          Json.object().put("hits", share.hits()).put("total", share.total()).build();
      case Measured.Distribution distribution ->
          Json.object()
              .put("count", distribution.count())
              .put("encoding", "hdr-v2-deflate-base64")
              .put("histogram", distribution.histogram())
              .build();
    };
  }

  private static Json scalar(double value) {
    return Double.isFinite(value) ? Json.of(value) : Json.of(Double.toString(value));
  }

  private static Measurement measurement(Json.Obj object) {
    return new Measurement(
        object.text("check"),
        object.text("metric"),
        Unit.of(object.text("unit")),
        at(object, "from"),
        at(object, "at"),
        labels(object),
        measured(object.object("value")));
  }

  private static Measured measured(Json.Obj value) {
    Json scalar = value.find("scalar");
    if (scalar != null) {
      return new Measured.Scalar(
          scalar instanceof Json.Text text ? unsayable(text.value()) : scalar.asNumber());
    }
    if (value.find("hits") != null) {
      return new Measured.Proportion(value.whole("hits"), value.whole("total"));
    }
    String histogram = value.findText("histogram");
    return histogram == null
        ? new Measured.Count(value.whole("count"))
        : new Measured.Distribution(value.whole("count"), histogram);
  }

  private static double unsayable(String value) {
    return switch (value) {
      case "NaN" -> Double.NaN;
      case "Infinity" -> Double.POSITIVE_INFINITY;
      case "-Infinity" -> Double.NEGATIVE_INFINITY;
      default -> throw new IllegalArgumentException("'" + value + "' is no scalar");
    };
  }

  private static Json.Obj finding(Finding finding) {
    return start("finding/1", finding)
        .put("rule", finding.rule())
        .put("severity", finding.severity().name())
        .putIfPresent("place", finding.place())
        .put("message", finding.message())
        .put("fingerprint", finding.fingerprint())
        .put("labels", Json.texts(finding.labels()))
        .build();
  }

  private static Finding finding(Json.Obj object) {
    return new Finding(
        object.text("check"),
        at(object, "at"),
        object.text("rule"),
        Finding.Severity.valueOf(object.text("severity")),
        object.findText("place"),
        object.text("message"),
        object.text("fingerprint"),
        labels(object));
  }

  private static Json.Obj event(Event event) {
    return start("event/1", event)
        .put("kind", event.kind())
        .put("message", event.message())
        .put("labels", Json.texts(event.labels()))
        .build();
  }

  private static Event event(Json.Obj object) {
    return new Event(
        object.text("check"),
        at(object, "at"),
        object.text("kind"),
        object.text("message"),
        labels(object));
  }

  private static Json.Obj artifact(Artifact artifact) {
    return start("artifact/1", artifact)
        .put("name", artifact.name())
        .put("mediaType", artifact.mediaType())
        .put("size", artifact.size())
        .put("sha256", artifact.sha256())
        .build();
  }

  private static Artifact artifact(Json.Obj object) {
    return new Artifact(
        object.text("check"),
        at(object, "at"),
        object.text("name"),
        object.text("mediaType"),
        object.whole("size"),
        object.text("sha256"));
  }

  private static Instant at(Json.Obj object, String name) {
    return Instants.parse(object.text(name));
  }

  private static Map<String, String> labels(Json.Obj object) {
    Map<String, String> labels = new LinkedHashMap<>();
    Json json = object.find("labels");
    if (json != null) {
      json.asObject().members().forEach((name, value) -> labels.put(name, value.asText()));
    }
    return labels;
  }
}
