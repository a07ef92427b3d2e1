package dev.assay.core.run;

import dev.assay.api.evidence.EvidenceCodec;
import dev.assay.api.ledger.Ledger;
import dev.assay.api.ledger.LedgerEntry;
import dev.assay.api.ledger.LedgerEntry.Ending;
import dev.assay.api.plan.CheckPlan;
import dev.assay.api.plan.Environment;
import dev.assay.api.plan.Plan;
import dev.assay.api.plan.Subject;
import dev.assay.api.problem.Problem;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.problem.Where;
import dev.assay.api.spi.CancelledException;
import dev.assay.api.spi.Clock;
import dev.assay.api.spi.UndoJournal;
import dev.assay.api.value.Template;
import dev.assay.api.verdict.Decision;
import dev.assay.core.parse.PlanProblems;
import dev.assay.core.report.RunListener;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Carries out plans. The caller holds the workspace's lock and owns the ledger. A runner runs one
 * plan at a time; {@link #cancel} may be called from any thread.
 */
public final class Runner {

  private final Ledger ledger;
  private final RunListener listener;
  private final Clock clock;
  private final Map<String, String> processEnvironment;
  private final CancellationSource cancellation = new CancellationSource();

  /**
   * A runner.
   *
   * @param processEnvironment the environment variables of this process
   */
  public Runner(
      Ledger ledger, RunListener listener, Clock clock, Map<String, String> processEnvironment) {
    this.ledger = ledger;
    this.listener = listener;
    this.clock = clock;
    this.processEnvironment = Map.copyOf(processEnvironment);
  }

  /**
   * Asks the run to stop; it then ends its checks and services in order and closes as cancelled.
   */
  public void cancel() {
    cancellation.request();
  }

  /**
   * Carries out a plan.
   *
   * @throws ProblemException if it could not even begin
   */
  public RunResult run(Plan plan, RunOptions options) {
    Environment environment = environment(plan, options.environment());
    Subject subject = new SubjectReader(processEnvironment).read(plan.folder(), environment.name());
    Resumption resumption =
        options.resumed() == null
            ? Resumption.NONE
            : Resumption.read(ledger, options.resumed(), plan, subject);
    String run = options.resumed() == null ? options.run() : options.resumed().id();
    long seed = options.resumed() == null ? options.seed() : resumption.seed();
    List<List<CheckPlan<?>>> stages = stages(plan, options.only());
    Path folder = plan.folder().resolve(".assay");
    Path runFolder = folder.resolve("runs").resolve(run);
    createFolders(runFolder.resolve("services"));
    Ports ports = new Ports();
    Variables variables =
        new Variables(
            plan,
            environment,
            ports,
            processEnvironment,
            Map.of("run", run, "seed", Long.toString(seed), "folder", plan.folder().toString()));
    resumption.saved().forEach(variables::save);
    Redactor redactor = new Redactor(variables.secrets());
    RunLog log = new RunLog(ledger, run, cancellation::request);
    try (ports;
        log;
        FileUndoJournal journal = FileUndoJournal.open(folder, run)) {
      List<Problem> problems = new ArrayList<>();
      Map<String, Decision> decisions = new LinkedHashMap<>();
      // Until they are masked or removed, these files may hold secrets; a crash must not leave
      // them.
      List<UndoJournal.Entry> raw = new ArrayList<>();
      raw.add(removal(journal, runFolder.resolve("scratch")));
      if (!redactor.idle()) {
        raw.add(removal(journal, runFolder.resolve("services")));
      }
      open(log, plan, options, subject, seed, stages);
      Ending ending = Ending.COMPLETED;
      try (ProcessLauncher launcher = new ProcessLauncher(journal, clock, processEnvironment)) {
        RunSink serviceSink = new RunSink("services", log, ledger, redactor, clock);
        ServiceSupervisor services =
            new ServiceSupervisor(
                plan,
                variables,
                ports,
                launcher,
                runFolder.resolve("services"),
                clock,
                cancellation,
                listener,
                serviceSink::emit,
                redactor::redact);
        StageRunner stageRunner =
            new StageRunner(
                plan,
                ledger,
                log,
                listener,
                clock,
                cancellation,
                variables,
                redactor,
                launcher,
                journal,
                new Baselines(ledger, run, environment.name()),
                runFolder,
                target(environment, variables),
                seed,
                options.parallel(),
                resumption);
        try (services) {
          if (stages.stream().anyMatch(stage -> !stage.isEmpty())) {
            services.start();
          }
          stageRunner.run(stages);
        } catch (ProblemException broken) {
          problems.addAll(broken.problems());
          ending = Ending.BROKEN;
        } catch (CancelledException stopped) {
          ending = Ending.CANCELLED;
        }
        keepLogs(services, serviceSink, problems);
        if (ending != Ending.COMPLETED || cancellation.requested()) {
          stageRunner.closeRest(stages, reason(problems));
        }
        decisions.putAll(stageRunner.decisions());
        problems.addAll(stageRunner.problems());
      } catch (ProblemException notEnded) {
        problems.addAll(notEnded.problems());
      }
      if (cancellation.requested() && log.failure() == null) {
        ending = Ending.CANCELLED;
      }
      removeScratch(runFolder);
      strikeOut(raw);
      return close(log, run, ending, decisions, problems);
    } finally {
      removeScratch(runFolder);
    }
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

  private static @Nullable String reason(List<Problem> problems) {
    return problems.isEmpty() ? null : problems.getFirst().what();
  }

  private RunResult close(
      RunLog log,
      String run,
      Ending ending,
      Map<String, Decision> decisions,
      List<Problem> problems) {
    Decision decision = Decision.combine(decisions.values());
    if (ending != Ending.COMPLETED && decision == Decision.PASS) {
      decision = Decision.NOT_RUN;
    }
    ProblemException failure = log.failure();
    if (failure != null) {
      List<Problem> all = new ArrayList<>(failure.problems());
      all.addAll(problems);
      return new RunResult(
          run, decision == Decision.PASS ? Decision.NOT_RUN : decision, Ending.BROKEN, all);
    }
    LedgerEntry.RunClosed closed = new LedgerEntry.RunClosed(clock.now(), ending, decision);
    log.appendDurably(closed);
    listener.runClosed(closed);
    return new RunResult(run, decision, ending, problems);
  }

  private void open(
      RunLog log,
      Plan plan,
      RunOptions options,
      Subject subject,
      long seed,
      List<List<CheckPlan<?>>> stages) {
    List<LedgerEntry.Planned> planned = new ArrayList<>();
    for (int stage = 0; stage < stages.size(); stage++) {
      for (CheckPlan<?> check : stages.get(stage)) {
        planned.add(
            new LedgerEntry.Planned(check.id(), check.type().name(), check.digest(), stage));
      }
    }
    LedgerEntry.RunOpened opened =
        new LedgerEntry.RunOpened(
            clock.now(),
            plan.workspace(),
            plan.digest(),
            subject,
            seed,
            options.version(),
            planned);
    if (options.resumed() == null) {
      log.appendDurably(opened);
    } else {
      log.appendDurably(new LedgerEntry.RunResumed(clock.now()));
    }
    listener.runOpened(opened);
  }

  private static Environment environment(Plan plan, @Nullable String name) {
    if (name == null) {
      return plan.environments().values().iterator().next();
    }
    Environment environment = plan.environments().get(name);
    if (environment == null) {
      throw PlanProblems.unknownEnvironment(plan.file(), name, plan.environments().keySet());
    }
    return environment;
  }

  /** The checks to run by stage; with {@code --only}, those named and all that they need. */
  private static List<List<CheckPlan<?>>> stages(Plan plan, Set<String> only) {
    Set<String> wanted = new LinkedHashSet<>();
    List<String> open = new ArrayList<>(only);
    while (!open.isEmpty()) {
      String id = open.removeLast();
      if (plan.checks().stream().noneMatch(check -> check.id().equals(id))) {
        throw PlanProblems.unknownCheck(
            plan.file(), id, plan.checks().stream().map(CheckPlan::id).toList());
      }
      if (wanted.add(id)) {
        open.addAll(plan.check(id).needs());
      }
    }
    List<List<CheckPlan<?>>> stages = new ArrayList<>();
    for (List<String> stage : plan.stages()) {
      List<CheckPlan<?>> checks = new ArrayList<>();
      for (String id : stage) {
        if (only.isEmpty() || wanted.contains(id)) {
          checks.add(plan.check(id));
        }
      }
      stages.add(checks);
    }
    return Collections.unmodifiableList(stages);
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

  private static void createFolders(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException broken) {
      throw RunProblems.NOT_WRITABLE.failure(
          Where.named(folder.toString()),
          "the folder '" + folder + "' cannot be created: " + broken.getMessage(),
          "make the workspace's folder writable and leave room on its disk");
    }
  }

  private static void keepLogs(ServiceSupervisor services, RunSink sink, List<Problem> problems) {
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

  private static void removeScratch(Path runFolder) {
    try {
      Folders.delete(runFolder.resolve("scratch"));
    } catch (IOException leftBehind) {
      // scratch files of a run are below .assay/runs and harm nobody
    }
  }

  /** The seed of one check: the same for the same run seed and id. */
  static long seed(long seed, String check) {
    return Long.parseUnsignedLong(EvidenceCodec.sha256(seed + "/" + check).substring(0, 16), 16);
  }
}
