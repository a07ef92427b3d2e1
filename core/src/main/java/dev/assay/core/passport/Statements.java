package dev.assay.core.passport;

import dev.assay.api.evidence.EvidenceCodec;
import dev.assay.api.json.Json;
import dev.assay.api.json.JsonWriter;
import dev.assay.api.verdict.Decision;
import dev.assay.api.verdict.Reason;
import dev.assay.api.verdict.Verdict;
import dev.assay.core.report.CheckReport;
import dev.assay.core.report.RunReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** The statements of a passport about one run. The same run always gives the same bytes. */
final class Statements {

  static final String STATEMENT = "https://in-toto.io/Statement/v1";
  static final String TEST_RESULT = "https://in-toto.io/attestation/test-result/v0.1";
  static final String SUMMARY = "https://slsa.dev/verification_summary/v1";

  private static final int MOST_REASONS = 20;

  private final RunReport run;
  private final List<Subject> subjects;
  private final String head;

  /**
   * What was tested.
   *
   * @param name for people
   * @param algorithm {@code sha256} or {@code gitCommit}
   * @param digest hexadecimal
   */
  record Subject(String name, String algorithm, String digest) {

    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");

    /** What a run itself names that it tested; empty where that is nothing. */
    static List<Subject> of(RunReport run) {
      List<Subject> subjects = new ArrayList<>();
      String artifact = run.subject().artifact();
      if (artifact != null) {
        String digest = artifact.replaceFirst("^sha256:", "").toLowerCase(Locale.ROOT);
        if (SHA256.matcher(digest).matches()) {
          subjects.add(new Subject("artifact", "sha256", digest));
        }
      }
      String commit = run.subject().commit();
      if (commit != null && !run.subject().dirty() && COMMIT.matcher(commit).matches()) {
        subjects.add(new Subject("commit", "gitCommit", commit));
      }
      return subjects;
    }

    Json json() {
      return Json.object()
          .put("name", name)
          .put("digest", Json.texts(Map.of(algorithm, digest)))
          .build();
    }
  }

  /**
   * Of a run.
   *
   * @param subjects at least one
   * @param head the hash of the ledger's chain at the run's last entry
   */
  Statements(RunReport run, List<Subject> subjects, String head) {
    this.run = run;
    this.subjects = List.copyOf(subjects);
    this.head = head;
  }

  private byte[] statement(String type, Json.Obj predicate) {
    return statement(subjects, type, predicate);
  }

  /** A statement about subjects, at least one. */
  static byte[] statement(List<Subject> subjects, String type, Json.Obj predicate) {
    return JsonWriter.canonicalBytes(
        Json.object()
            .put("_type", STATEMENT)
            .put("subject", Json.array(subjects.stream().map(Subject::json).toList()))
            .put("predicateType", type)
            .put("predicate", predicate)
            .build());
  }

  /** What a statement is about: by name, the algorithm and the digest with a colon between. */
  static Map<String, String> subjects(Json.Obj statement) {
    Map<String, String> subjects = new LinkedHashMap<>();
    for (Json subject : statement.array("subject")) {
      subject
          .asObject()
          .object("digest")
          .members()
          .forEach((algorithm, digest) ->
              subjects.put(subject.asObject().text("name"), algorithm + ":" + digest.asText()));
    }
    return subjects;
  }

  /** Only a pass is one: whatever is not decided has not passed. */
  static String result(Decision decision) {
    return decision == Decision.PASS ? "PASSED" : "FAILED";
  }

  byte[] testResult() {
    return statement(
        TEST_RESULT,
        Json.object()
            .put("result", result(run.decision()))
            .put(
                "configuration", Json.array(List.of(resource("workspace", run.summary().digest()))))
            .put("passedTests", checks(true))
            .put("warnedTests", Json.array(List.of()))
            .put("failedTests", checks(false))
            .put("assay", details())
            .build());
  }

  private Json checks(boolean passed) {
    return Json.array(
        run.checks().stream()
            .filter(check -> (check.decision() == Decision.PASS) == passed)
            .map(check -> Json.of(check.id()))
            .toList());
  }

  private static Json resource(String name, String sha256) {
    return Json.object()
        .put("name", name)
        .put("digest", Json.texts(Map.of("sha256", sha256)))
        .build();
  }

  private Json.Obj details() {
    List<Json> checks = new ArrayList<>();
    for (CheckReport check : run.checks()) {
      Verdict verdict = check.verdict();
      Json.Builder one =
          Json.object()
              .put("id", check.id())
              .put("type", check.type())
              .put("decision", check.decision().name());
      if (verdict != null) {
        one.put("policy", verdict.policy()).put("evidence", verdict.evidence());
      }
      checks.add(
          one.put(
                  "reasons",
                  Json.array(
                      check.against().stream()
                          .limit(MOST_REASONS)
                          .map(Reason::sentence)
                          .map(Json::of)
                          .toList()))
              .build());
    }
    return Json.object()
        .put("run", run.id())
        .put("workspace", run.summary().workspace())
        .put("environment", run.subject().environment())
        .put("decision", run.decision().name())
        .put("opened", run.summary().opened().toString())
        .put("closed", ended().toString())
        .put("version", run.version())
        .put("ledger", head)
        .put("checks", Json.array(checks))
        .build();
  }

  private Instant ended() {
    Instant closed = run.closed();
    return closed == null ? run.summary().opened() : closed;
  }

  /**
   * The summary.
   *
   * @param testResult the other statement, which it rests on
   */
  byte[] summary(byte[] testResult) {
    String workspace = "urn:assay:workspace:" + encoded(run.summary().workspace());
    Decision decision = run.decision();
    return statement(
        SUMMARY,
        Json.object()
            .put(
                "verifier",
                Json.object()
                    .put("id", "urn:assay")
                    .put("version", Json.texts(Map.of("assay", run.version())))
                    .build())
            .put("timeVerified", ended().toString())
            .put("resourceUri", workspace + ":" + encoded(run.subject().environment()))
            .put(
                "policy",
                Json.object()
                    .put("uri", workspace)
                    .put("digest", Json.texts(Map.of("sha256", run.summary().digest())))
                    .build())
            .put(
                "inputAttestations",
                Json.array(
                    List.of(
                        input("urn:assay:run:" + encoded(run.id()), head),
                        input(TEST_RESULT, digest(testResult)))))
            .put("verificationResult", result(decision))
            .put("verifiedLevels", Json.array(List.of(Json.of("ASSAY_" + decision.name()))))
            .put("slsaVersion", "1.0")
            .build());
  }

  /** A name as a part of a URN: every byte that is not unreserved is written in hexadecimal. */
  static String encoded(String name) {
    StringBuilder text = new StringBuilder();
    for (byte one : name.getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
      char character = (char) (one & 0xFF);
      if (character < 128
          && (Character.isLetterOrDigit(character) || "-._~".indexOf(character) >= 0)) {
        text.append(character);
      } else {
        text.append(String.format("%%%02X", one & 0xFF));
      }
    }
    return text.toString();
  }

  private static Json input(String uri, String sha256) {
    return Json.object()
        .put("uri", uri)
        .put("digest", Json.texts(Map.of("sha256", sha256)))
        .build();
  }

  static String digest(byte[] payload) {
    return EvidenceCodec.sha256(new String(payload, java.nio.charset.StandardCharsets.UTF_8));
  }
}
