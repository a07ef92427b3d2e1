package dev.assay.core.run;

import dev.assay.api.ledger.LedgerEntry;
import dev.assay.api.ledger.LedgerEntry.Ending;
import dev.assay.api.plan.Environment;
import dev.assay.api.plan.SectionPlan;
import dev.assay.api.problem.IoReason;
import dev.assay.api.problem.Problem;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.problem.Where;
import dev.assay.api.spi.CancelledException;
import dev.assay.api.spi.UndoJournal;
import dev.assay.api.value.Template;
import dev.assay.api.verdict.Decision;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One run from its first entry in the ledger to its last. Owns its ports, processes, undo journal
 * and log, and gives them all back. For one use, by one thread.
 */
final class RunSession {

  private final RunTools tools;
  private final RunTask task;
  private final Ports ports = new Ports();
  private final Variables variables;
  private final Redactor redactor;
  private final List<Problem> problems = new ArrayList<>();
  private Ending ending = Ending.COMPLETED;

  /**
   * Prepares a run; nothing is started or written yet.
   *
   * @throws ProblemException if a secret is missing
   */
  RunSession(RunTools tools, RunTask task) {
    this.tools = tools;
    this.task = task;
    this.variables =
        new Variables(
            task.plan(),
            task.environment(),
            ports,
            tools.environment(),
            Map.of(
                "run",
                task.id(),
                "seed",
                Long.toString(task.seed()),
                "folder",
                task.plan().folder().toString()));
    task.resumption().saved().forEach(variables::save);
    this.redactor = new Redactor(variables.secrets());
  }

  private static @Nullable URI target(Environment environment, Variables variables) {
    Template url = environment.url();
    if (url == null) {
      return null;
    }
    String text = variables.fill(url, environment.place());
    try {
      URI uri = URI.create(text);
      if (uri.getHost() != null
          && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
        return uri;
      }
    } catch (IllegalArgumentException wrong) {
      // said below
    }
    throw RunProblems.NO_TARGET.failure(
        environment.place(),
        "the url of environment '" + environment.name() + "' is '" + text + "'",
        "write an absolute address such as http://127.0.0.1:8080");
  }

  /** Carries the run out and closes it. */
  RunResult carryOut() {
    createFolder(task.runFolder().resolve("services"));
    try (ports;
        RunLog log = new RunLog(tools.ledger(), task.id(), tools.cancellation()::request);
        FileUndoJournal journal =
            FileUndoJournal.open(task.folder(), task.id(), tools.clock(), tools.watchdog())) {
      List<UndoJournal.Entry> raw = rawFiles(journal);
      open(log);
      List<Decision> decisions = work(log, journal);
      removeScratch();
      strikeOut(raw);
      return close(log, Decision.combine(decisions));
    } finally {
      removeScratch();
    }
  }

  /**
   * Until they are masked or removed, these files may hold secrets; a crash must not leave them.
   */
  private List<UndoJournal.Entry> rawFiles(UndoJournal journal) {
    List<UndoJournal.Entry> raw = new ArrayList<>();
    raw.add(removal(journal, task.runFolder().resolve("scratch")));
    if (!redactor.idle()) {
      raw.add(removal(journal, task.runFolder().resolve("services")));
    }
    return raw;
  }

  private static UndoJournal.Entry removal(UndoJournal journal, Path folder) {
    return journal.before("delete", Map.of("path", folder.toString()));
  }

  private static void strikeOut(List<UndoJournal.Entry> done) {
    try {
      done.forEach(UndoJournal.Entry::done);
    } catch (ProblemException diskIsFull) {
      // then the next run removes them
    }
  }

  private void open(RunLog log) {
    LedgerEntry.RunOpened opened = task.opened(tools.clock().now());
    log.appendDurably(task.resumed() ? new LedgerEntry.RunResumed(opened.at()) : opened);
    tools.listener().runOpened(opened);
  }

  /** Runs services and checks; the decisions of all checks, also of those that never began. */
  private List<Decision> work(RunLog log, FileUndoJournal journal) {
    StageRunner stages = null;
    RunSink sink =
        new RunSink("services", log, tools.ledger(), redactor, tools.clock(), tools.listener());
    try (OutputFollower output = new OutputFollower(tools.output(), tools.clock(), redactor);
        Parts parts = new Parts();
        ProcessLauncher launcher =
            new ProcessLauncher(journal, tools.clock(), tools.environment())) {
      ServiceSupervisor services =
          new ServiceSupervisor(
              tools, task, variables, ports, launcher, output, sink::emit, redactor::redact);
      stages =
          new StageRunner(
              tools, task, log, variables, redactor, launcher, journal, services, parts, output);
      run(services, stages, () -> parts.open(sections(), partContext(journal, sink, parts)));
      keepLogs(services, sink);
    } catch (ProblemException notEnded) {
      problems.addAll(notEnded.problems());
    }
    if (stages == null) {
      return List.of();
    }
    if (ending != Ending.COMPLETED || tools.cancellation().requested()) {
      stages.closeRest(problems.isEmpty() ? null : problems.getFirst().what());
    }
    problems.addAll(stages.problems());
    return List.copyOf(stages.decisions().values());
  }

  private List<SectionPlan<?>> sections() {
    return task.nothingToRun() ? List.of() : task.plan().sections();
  }

  private Parts.Context partContext(FileUndoJournal journal, RunSink sink, Parts parts) {
    return new Parts.Context(
        tools.clock(),
        task.seed(),
        task.plan().folder(),
        ports,
        variables,
        journal,
        sink::emit,
        redactor,
        parts);
  }

  private void run(ServiceSupervisor services, StageRunner stages, Runnable before) {
    try (services) {
      before.run();
      if (!task.nothingToRun()) {
        services.start();
      }
      stages.run(target(task.environment(), variables));
    } catch (ProblemException broken) {
      problems.addAll(broken.problems());
      ending = Ending.BROKEN;
    } catch (CancelledException stopped) {
      ending = Ending.CANCELLED;
    }
  }

  private void keepLogs(ServiceSupervisor services, RunSink sink) {
    services
        .startedLogs()
        .forEach((name, log) -> {
          try {
            if (Files.exists(log) && Files.size(log) > 0) {
              sink.attach("services/" + name + ".log", "text/plain", log);
              sink.mask(log);
            }
          } catch (IOException | ProblemException broken) {
            sink.forget(log);
            problems.add(
                RunProblems.NOT_WRITABLE.at(
                    Where.named(log.toString()),
                    "the log cannot be kept: " + broken.getMessage(),
                    "leave room on the disk"));
          }
        });
  }

  private RunResult close(RunLog log, Decision combined) {
    ProblemException failure = log.failure();
    if (failure != null) {
      problems.addAll(0, failure.problems());
      ending = Ending.BROKEN;
    } else if (tools.cancellation().requested()) {
      ending = Ending.CANCELLED;
    }
    // Whatever has passed, a run that did not end in its own way proves nothing as a whole.
    Decision decision =
        ending != Ending.COMPLETED && combined == Decision.PASS ? Decision.NOT_RUN : combined;
    if (failure == null) {
      LedgerEntry.RunClosed closed =
          new LedgerEntry.RunClosed(tools.clock().now(), ending, decision);
      log.appendDurably(closed);
      tools.listener().runClosed(closed);
    }
    return new RunResult(task.id(), decision, ending, problems);
  }

  private static void createFolder(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException broken) {
      throw RunProblems.NOT_WRITABLE.failure(
          Where.named(folder.toString()),
          "the folder '" + folder + "' cannot be created: " + IoReason.of(broken),
          "make the workspace's folder writable and leave room on its disk");
    }
  }

  private void removeScratch() {
    try {
      Folders.delete(task.runFolder().resolve("scratch"));
    } catch (IOException leftBehind) {
      // the journal still names it, and the next run removes it
    }
  }
}
