package dev.assay.server.hook;

import dev.assay.api.evidence.EvidenceCodec;
import dev.assay.api.json.Json;
import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.api.ledger.LedgerEntry;
import dev.assay.api.verdict.Decision;
import dev.assay.server.hook.HookEvent.Kind;
import dev.assay.server.project.ProjectRuns;
import dev.assay.server.project.RunFilter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What there is to tell of a run that ended. */
final class RunEvents {

  /** How far back the run before it on its branch is looked for. */
  private static final int PAGE = 200;

  private static final String CDEVENTS = "0.4.1";
  private static final String FINISHED = "dev.cdevents.testsuiterun.finished.0.2.0";
  private static final String SILENT = "dev.assay.run.silent.1";
  private static final String CHANGED = "dev.assay.verdict.changed.1";

  private RunEvents() {}

  static List<HookEvent> of(String project, String source, ProjectRuns runs, RunSummary run) {
    Instant closed = run.closed();
    if (closed == null) {
      return List.of();
    }
    List<HookEvent> events = new ArrayList<>();
    events.add(finished(project, source, run, closed));
    RunSummary before = before(runs, run);
    if (before != null && before.decision() != run.decision()) {
      events.add(
          new HookEvent(
              Kind.VERDICT_CHANGED,
              id(project, run, CHANGED),
              CHANGED,
              run.id(),
              closed,
              Json.object()
                  .put("run", run(source, run))
                  .put("before", run(source, before))
                  .build()));
    }
    return events;
  }

  /** That nothing is heard of a run any more; when it falls silent again, that is another event. */
  static HookEvent silent(
      String project, String source, RunSummary run, Instant silentSince, Instant now) {
    return new HookEvent(
        Kind.RUN_SILENT,
        id(project, run, SILENT + "\n" + silentSince.toEpochMilli()),
        SILENT,
        run.id(),
        now,
        Json.object()
            .put("run", run(source, run))
            .put("silentSince", silentSince.toString())
            .build());
  }

  private static String id(String project, RunSummary run, String type) {
    return EvidenceCodec.sha256(project + "\n" + run.id() + "\n" + type).substring(0, 32);
  }

  /** The run before it of the same workspace, environment and branch. */
  private static @Nullable RunSummary before(ProjectRuns runs, RunSummary run) {
    RunFilter filter = new RunFilter(null, run.subject().branch(), null, run.id(), PAGE);
    for (RunSummary other : runs.page(filter).runs()) {
      if (other.closed() != null
          && other.workspace().equals(run.workspace())
          && other.subject().environment().equals(run.subject().environment())
          && Objects.equals(other.subject().branch(), run.subject().branch())) {
        return other;
      }
    }
    return null;
  }

  private static Json.Obj run(String source, RunSummary run) {
    return Json.object()
        .put("id", run.id())
        .put("url", source + "/runs/" + run.id())
        .put("workspace", run.workspace())
        .put("environment", run.subject().environment())
        .putIfPresent("branch", run.subject().branch())
        .putIfPresent("commit", run.subject().commit())
        .put("decision", run.decision().word())
        .put("opened", run.opened().toString())
        .putIfPresent("closed", run.closed() == null ? null : run.closed().toString())
        .build();
  }

  /** A test suite's run that finished, as CDEvents has it, with the whole truth as custom data. */
  private static HookEvent finished(String project, String source, RunSummary run, Instant closed) {
    String id = id(project, run, FINISHED);
    Json.Obj data =
        Json.object()
            .put(
                "context",
                Json.object()
                    .put("version", CDEVENTS)
                    .put("id", id)
                    .put("source", source)
                    .put("type", FINISHED)
                    .put("timestamp", closed.toString())
                    .build())
            .put(
                "subject",
                Json.object()
                    .put("id", run.id())
                    .put("source", source)
                    .put("type", "testSuiteRun")
                    .put(
                        "content",
                        Json.object()
                            .put("outcome", outcome(run))
                            .put(
                                "environment",
                                Json.object().put("id", run.subject().environment()).build())
                            .put(
                                "testSuite",
                                Json.object()
                                    .put("id", run.workspace())
                                    .put("name", run.workspace())
                                    .build())
                            .build())
                    .build())
            .put("customDataContentType", "application/json")
            .put("customData", run(source, run))
            .build();
    return new HookEvent(Kind.RUN_FINISHED, id, FINISHED, run.id(), closed, data);
  }

  private static String outcome(RunSummary run) {
    if (run.ending() == LedgerEntry.Ending.CANCELLED) {
      return "cancel";
    }
    return run.decision() == Decision.PASS
        ? "pass"
        : run.decision() == Decision.FAIL ? "fail" : "error";
  }
}
