package dev.assay.core.run;

import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.api.ledger.LedgerEntry;
import dev.assay.api.ledger.LedgerEntry.Ending;
import dev.assay.api.plan.CheckPlan;
import dev.assay.api.plan.Environment;
import dev.assay.api.problem.IoReason;
import dev.assay.api.problem.Problem;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.problem.Where;
import dev.assay.api.spi.Clock;
import dev.assay.api.spi.EnvironmentRules;
import dev.assay.api.spi.EvidenceSink;
import dev.assay.api.spi.LiveChecks;
import dev.assay.api.spi.Processes;
import dev.assay.api.verdict.Decision;
import dev.assay.api.verdict.Verdict;
import dev.assay.core.compare.BaselineChoice;
import dev.assay.core.judge.Case;
import dev.assay.core.judge.Judge;
import dev.assay.core.report.RunListener;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Runs the checks of each stage, as many at once as allowed, each after those it needs; a check
 * that measures time finely runs alone. A stage begins only when everything before it passed.
 * Judges each check as it ends.
 */
final class StageRunner {

  private final RunTools tools;
  private final RunTask task;
  private final RunLog log;
  private final RunListener listener;
  private final Clock clock;
  private final CancellationSource cancellation;
  private final Variables variables;
  private final Redactor redactor;
  private final ProcessLauncher launcher;
  private final FileUndoJournal journal;
  private final ServiceSupervisor services;
  private final Parts parts;
  private final OutputFollower output;
  private @Nullable URI target;
  private final Baselines baselines;
  private final Judge judge = new Judge();
  private final Confirmation confirmation;
  private final Semaphore room;
  private final Map<String, Decision> decisions = new LinkedHashMap<>();
  private final List<Problem> problems = new ArrayList<>();

  StageRunner(
      RunTools tools,
      RunTask task,
      RunLog log,
      Variables variables,
      Redactor redactor,
      ProcessLauncher launcher,
      FileUndoJournal journal,
      ServiceSupervisor services,
      Parts parts,
      OutputFollower output) {
    this.tools = tools;
    this.task = task;
    this.log = log;
    this.listener = tools.listener();
    this.clock = tools.clock();
    this.cancellation = tools.cancellation();
    this.variables = variables;
    this.redactor = redactor;
    this.launcher = launcher;
    this.journal = journal;
    this.services = services;
    this.parts = parts;
    this.output = output;
    this.baselines =
        new Baselines(
            tools.ledger(),
            task.id(),
            task.environment().name(),
            task.labels().get(RunSummary.MONITOR));
    this.confirmation = new Confirmation(judge);
    this.room = new Semaphore(task.parallel(), true);
  }

  /** The decisions so far, by check. */
  synchronized Map<String, Decision> decisions() {
    return Map.copyOf(decisions);
  }

  /** What kept checks from completing. */
  synchronized List<Problem> problems() {
    return List.copyOf(problems);
  }

  /**
   * Runs all stages.
   *
   * @param target the environment's address, or null where it has none
   */
  void run(@Nullable URI target) {
    this.target = target;
    List<List<CheckPlan<?>>> stages = task.stages();
    Map<String, CompletableFuture<Decision>> ends = new LinkedHashMap<>();
    for (int i = 0; i < stages.size(); i++) {
      List<CheckPlan<?>> stage = stages.get(i);
      String held = heldBy(ends);
      if (held != null) {
        int number = i + 1;
        stage.forEach(check ->
            ends.put(
                check.id(),
                CompletableFuture.completedFuture(
                    skip(check, "stage " + number + " waits for " + held))));
        continue;
      }
      stage.forEach(check -> ends.put(check.id(), new CompletableFuture<>()));
      runStage(stage, ends);
    }
  }

  private static @Nullable String heldBy(Map<String, CompletableFuture<Decision>> ends) {
    List<String> held = new ArrayList<>();
    ends.forEach((id, end) -> {
      Decision decision = end.join();
      if (decision != Decision.PASS) {
        held.add("'" + id + "' (" + decision.word() + ")");
      }
    });
    return held.isEmpty() ? null : String.join(", ", held);
  }

  private void runStage(List<CheckPlan<?>> stage, Map<String, CompletableFuture<Decision>> ends) {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (CheckPlan<?> check : stage) {
        CompletableFuture<Decision> end = java.util.Objects.requireNonNull(ends.get(check.id()));
        threads.execute(() -> complete(check, end, ends));
      }
    }
  }

  private void complete(
      CheckPlan<?> check,
      CompletableFuture<Decision> end,
      Map<String, CompletableFuture<Decision>> ends) {
    try {
      end.complete(afterNeeds(check, ends));
    } catch (Throwable unforeseen) {
      Problem problem =
          unforeseen instanceof ProblemException known
              ? known.problems().getFirst()
              : RunProblems.UNFORESEEN
                  .at(
                      Where.named("check " + check.id()),
                      "it failed unforeseen: " + unforeseen,
                      "report it")
                  .causedBy(unforeseen);
      synchronized (this) {
        problems.add(problem);
        decisions.put(check.id(), Decision.NOT_RUN);
      }
      end.complete(Decision.NOT_RUN);
    }
  }

  private Decision afterNeeds(CheckPlan<?> check, Map<String, CompletableFuture<Decision>> ends) {
    Verdict kept = task.resumption().kept().get(check.id());
    if (kept != null) {
      synchronized (this) {
        decisions.put(check.id(), kept.decision());
      }
      listener.judged(check.id(), kept);
      return kept.decision();
    }
    for (String needed : check.needs()) {
      CompletableFuture<Decision> need = ends.get(needed);
      Verdict remembered = task.resumption().kept().get(needed);
      Decision decision =
          need != null
              ? need.join()
              : remembered == null ? Decision.NOT_RUN : remembered.decision();
      if (decision != Decision.PASS) {
        return skip(check, "it needs '" + needed + "', whose verdict is " + decision.word());
      }
    }
    int share = check.type().wantsMachine() ? task.parallel() : 1;
    room.acquireUninterruptibly(share);
    try {
      return cancellation.requested()
          ? skip(check, "the run was stopped before it began")
          : carryOut(check);
    } finally {
      room.release(share);
    }
  }

  private Decision carryOut(CheckPlan<?> check) {
    CancellationSource own = new CancellationSource();
    Path scratch = task.runFolder().resolve("scratch").resolve(check.id());
    createScratch(scratch);
    // Processes of a check end with it, whatever the check itself forgets.
    try (ProcessLauncher processes = launcher.forOneCheck()) {
      RunSink sink = new RunSink(check.id(), log, tools.ledger(), redactor, clock, listener);
      LiveCheckRunner live =
          new LiveCheckRunner(
              task,
              tools,
              check.id(),
              sink,
              (part, stopping) -> partContext(part, check, stopping, processes));
      RunContext context = context(check, own, scratch, processes, offers(check, live));
      log.append(new LedgerEntry.CheckOpened(clock.now(), check.id()));
      listener.checkOpened(check.id());
      CheckExecution.End end = observed(check, own, context, sink);
      Map<String, Case.Baseline> compared = baselines.of(check);
      if (confirmed(check, end, sink, compared)) {
        context.progress("worse than its baseline; measured once more to be sure");
        Path again = scratch.resolveSibling(check.id() + "-again");
        createScratch(again);
        RunContext second = context(check, own, again, processes, offers(check, live));
        end = observed(check, own, second, new SecondRoundSink(check.id(), sink));
      }
      return conclude(check, end, sink, context.saved(), compared);
    }
  }

  /** Whether a check is carried out once more to confirm that it became worse. */
  private boolean confirmed(
      CheckPlan<?> check,
      CheckExecution.End end,
      RunSink sink,
      Map<String, Case.Baseline> compared) {
    // the runs of a comparison in pairs are confirmed by further pairs
    return !task.labels().containsKey(BaselineChoice.PAIR)
        && !cancellation.requested()
        && confirmation.wanted(
            check,
            tools.policy(check),
            new Case(end.ending(), null, sink.evidence(), sink.refused(), null, compared));
  }

  /** The context of a check that is carried out as a part of another one. */
  private RunContext partContext(
      CheckPlan<?> part, CheckPlan<?> whole, CancellationSource stopping, Processes processes) {
    Path scratch =
        task.runFolder().resolve("scratch").resolve(whole.id()).resolve("live-" + part.id());
    createScratch(scratch);
    return context(part, stopping, scratch, processes, offers(part, null));
  }

  private CheckOffers offers(CheckPlan<?> check, @Nullable LiveChecks live) {
    Environment environment = task.environment();
    return new CheckOffers(
        services,
        parts,
        new EnvironmentRules(environment.name(), environment.chaos()),
        new LedgerPast(
            tools.ledger(),
            task.id(),
            task.subject(),
            check.id(),
            task.labels().get(RunSummary.MONITOR)),
        task.changed(),
        task.quarantine(),
        live);
  }

  private RunContext context(
      CheckPlan<?> check,
      CancellationSource own,
      Path scratch,
      Processes processes,
      CheckOffers offers) {
    return new RunContext(
        check.id(),
        check.place(),
        clock,
        own,
        Runner.seed(task.seed(), check.id()),
        task.plan().folder(),
        scratch,
        target,
        EnvironmentAddresses.of(task.plan(), tools.environment()),
        variables,
        processes,
        journal,
        listener,
        redactor,
        output,
        offers);
  }

  private CheckExecution.End observed(
      CheckPlan<?> check, CancellationSource own, RunContext context, EvidenceSink sink) {
    // What is observed is evidence of the check, so it is complete before the judge looks.
    try (Observation _ =
        Observation.of(check, tools.observers(), services.running(), context, sink)) {
      return new CheckExecution(check, own, cancellation).carryOut(context, sink);
    }
  }

  private static void createScratch(Path scratch) {
    try {
      Files.createDirectories(scratch);
    } catch (IOException broken) {
      throw RunProblems.NOT_WRITABLE.failure(
          Where.named(scratch.toString()),
          "'" + scratch + "' cannot be created: " + IoReason.of(broken),
          "make the workspace's folder writable and leave room on its disk");
    }
  }

  private Decision conclude(
      CheckPlan<?> check,
      CheckExecution.End end,
      RunSink sink,
      Map<String, String> saved,
      Map<String, Case.Baseline> compared) {
    String problem = problem(check, end);
    close(check, end.ending(), problem, redacted(saved));
    synchronized (this) {
      problems.addAll(end.problems());
    }
    Case given = new Case(end.ending(), problem, sink.evidence(), sink.refused(), null, compared);
    return judged(check, judge.judge(tools.policy(check), given));
  }

  private Map<String, String> redacted(Map<String, String> saved) {
    Map<String, String> masked = new LinkedHashMap<>();
    saved.forEach((name, value) -> masked.put(name, redactor.redact(value)));
    return masked;
  }

  private @Nullable String problem(CheckPlan<?> check, CheckExecution.End end) {
    if (!end.problems().isEmpty()) {
      Problem first = end.problems().getFirst();
      return redactor.redact(first.code() + " " + first.what() + "; " + first.mend());
    }
    return end.ending() == Ending.TIMED_OUT ? CheckExecution.timedOut(check) : null;
  }

  private void close(
      CheckPlan<?> check, Ending ending, @Nullable String problem, Map<String, String> saved) {
    LedgerEntry.CheckClosed closed =
        new LedgerEntry.CheckClosed(clock.now(), check.id(), ending, problem, saved);
    log.append(closed);
    listener.checkClosed(closed);
  }

  private Decision judged(CheckPlan<?> check, Verdict verdict) {
    log.append(new LedgerEntry.Judged(check.id(), verdict));
    listener.judged(check.id(), verdict);
    synchronized (this) {
      decisions.put(check.id(), verdict.decision());
    }
    return verdict.decision();
  }

  private Decision skip(CheckPlan<?> check, String why) {
    close(check, Ending.SKIPPED, why, Map.of());
    Case given = new Case(Ending.SKIPPED, why, List.of(), 0, null, Map.of());
    return judged(check, judge.judge(tools.policy(check), given));
  }

  /** Closes the checks that have no decision because the run ended before them. */
  void closeRest(@Nullable String why) {
    for (List<CheckPlan<?>> stage : task.stages()) {
      for (CheckPlan<?> check : stage) {
        if (!decisions().containsKey(check.id())) {
          skip(check, why == null ? "the run was stopped before it began" : why);
        }
      }
    }
  }
}
