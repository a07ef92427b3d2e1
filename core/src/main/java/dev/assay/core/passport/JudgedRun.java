package dev.assay.core.passport;

import dev.assay.api.evidence.EvidenceCodec;
import dev.assay.api.json.Json;
import dev.assay.api.json.JsonWriter;
import dev.assay.api.plan.Subject;
import dev.assay.api.verdict.Decision;
import dev.assay.api.verdict.Verdict;
import dev.assay.core.report.CheckReport;
import dev.assay.core.report.RunReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A run and what it decided, as a ruling names it. Immutable.
 *
 * @param project of which project of the server
 * @param id the run's id
 * @param workspace its workspace
 * @param environment where it ran
 * @param decision its verdict
 * @param verdict the digest of all that was decided, see {@link #digest}
 * @param subjects what was tested, as {@code gitCommit:…} or {@code sha256:…}, by name; empty where
 *     nothing names it
 */
public record JudgedRun(
    String project,
    String id,
    String workspace,
    String environment,
    Decision decision,
    String verdict,
    Map<String, String> subjects) {

  /** Copies the map. */
  public JudgedRun {
    subjects = Map.copyOf(subjects);
  }

  /** That of a project. */
  public static JudgedRun of(String project, RunReport run) {
    Map<String, String> subjects = new LinkedHashMap<>();
    for (Statements.Subject subject : Statements.Subject.of(run)) {
      subjects.put(subject.name(), subject.algorithm() + ":" + subject.digest());
    }
    return new JudgedRun(
        project,
        run.id(),
        run.summary().workspace(),
        run.subject().environment(),
        run.decision(),
        digest(run),
        subjects);
  }

  /**
   * The SHA-256 of what a run decided: its id, workspace file, subject and end, and of each check
   * the decision with the digests of its policy and its evidence. The same wherever the run's
   * entries are, whatever chain they are in.
   */
  public static String digest(RunReport run) {
    Subject subject = run.subject();
    List<Json> checks = new ArrayList<>();
    for (CheckReport check : run.checks()) {
      Verdict verdict = check.verdict();
      checks.add(
          Json.object()
              .put("id", check.id())
              .put("decision", check.decision().name())
              .putIfPresent("policy", verdict == null ? null : verdict.policy())
              .putIfPresent("evidence", verdict == null ? null : verdict.evidence())
              .build());
    }
    return EvidenceCodec.sha256(
        JsonWriter.canonical(
            Json.object()
                .put("run", run.id())
                .put("workspace", run.summary().workspace())
                .put("digest", run.summary().digest())
                .put("environment", subject.environment())
                .putIfPresent("commit", subject.commit())
                .putIfPresent("artifact", subject.artifact())
                .put("dirty", subject.dirty())
                .put("decision", run.decision().name())
                .putIfPresent("ending", run.ending() == null ? null : run.ending().name())
                .put("checks", Json.array(checks))
                .build()));
  }
}
