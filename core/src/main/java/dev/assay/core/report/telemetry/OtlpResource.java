package dev.assay.core.report.telemetry;

import dev.assay.api.json.Json;
import dev.assay.api.plan.Subject;
import dev.assay.core.report.RunReport;
import dev.assay.core.report.Words;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a trace and metrics of a run say of where they come from, in OTLP's JSON encoding
 * (OpenTelemetry Protocol 1.x, "JSON Protobuf Encoding"): 64-bit integers are texts, ids are
 * hexadecimal. Names are those of OpenTelemetry's semantic conventions for CI/CD and VCS where
 * there are such.
 */
final class OtlpResource {

  /** How many characters of a text are told. */
  static final int LONGEST = 1_000;

  /** How many of a stack trace. */
  static final int LONGEST_STACK = 4_000;

  static final String STACK = "exception.stacktrace";

  private static final Instant LAST = Instant.ofEpochSecond(9_000_000_000L);

  private OtlpResource() {}

  /**
   * That of what many runs have in common. It says nothing of the one run, so that the next goes on
   * with the same lines and does not begin others.
   */
  static Json.Obj ofMany(RunReport run) {
    return Json.object().put("attributes", attributes(common(run))).build();
  }

  private static Map<String, String> common(RunReport run) {
    Subject subject = run.subject();
    Map<String, String> about = new LinkedHashMap<>();
    about.put("service.name", run.summary().workspace());
    about.put("deployment.environment.name", subject.environment());
    if (subject.branch() != null) {
      about.put("vcs.ref.head.name", subject.branch());
    }
    return about;
  }

  /** That of one run; {@code url} is where people look at it, null where nobody can. */
  static Json.Obj ofOne(RunReport run, @Nullable String url) {
    Subject subject = run.subject();
    Map<String, String> about = common(run);
    about.put("cicd.pipeline.name", run.summary().workspace());
    about.put("cicd.pipeline.run.id", run.id());
    if (url != null) {
      about.put("cicd.pipeline.run.url.full", url);
    }
    if (subject.commit() != null) {
      about.put("vcs.ref.head.revision", subject.commit());
    }
    if (subject.artifact() != null) {
      about.put("assay.artifact", subject.artifact());
    }
    return Json.object().put("attributes", attributes(about)).build();
  }

  /** Who tells it. */
  static Json.Obj scope(RunReport run) {
    return Json.object().put("name", "dev.assay").put("version", run.version()).build();
  }

  /** Attributes that are texts, cut where they are long. */
  static Json attributes(Map<String, String> texts) {
    List<Json> all = new ArrayList<>();
    texts.forEach((name, value) ->
        all.add(attribute(name, Words.cut(value, name.equals(STACK) ? LONGEST_STACK : LONGEST))));
    return Json.array(all);
  }

  private static Json attribute(String name, String value) {
    return Json.object()
        .put("key", name)
        .put("value", Json.object().put("stringValue", value).build())
        .build();
  }

  /** A moment as nanoseconds since 1970, in a text; one that these cannot say is the nearest. */
  static String nanos(Instant at) {
    Instant sayable = at.isBefore(Instant.EPOCH) ? Instant.EPOCH : at.isAfter(LAST) ? LAST : at;
    return String.valueOf(sayable.getEpochSecond() * 1_000_000_000L + sayable.getNano());
  }
}
