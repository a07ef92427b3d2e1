package dev.assay.core.run;

import dev.assay.api.evidence.EvidenceCodec;
import dev.assay.api.ledger.Ledger;
import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.api.plan.CheckPlan;
import dev.assay.api.plan.Environment;
import dev.assay.api.plan.Plan;
import dev.assay.api.plan.Subject;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.spi.Clock;
import dev.assay.api.spi.ServiceObserver;
import dev.assay.core.parse.PlanProblems;
import dev.assay.core.report.OutputListener;
import dev.assay.core.report.RunListener;
import java.util.ArrayList;
import java.util.Collections;
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

  private final RunTools tools;

  /**
   * A runner.
   *
   * @param processEnvironment the environment variables of this process
   */
  public Runner(
      Ledger ledger, RunListener listener, Clock clock, Map<String, String> processEnvironment) {
    this(ledger, listener, clock, processEnvironment, List.of(), List.of());
  }

  /**
   * A runner.
   *
   * @param processEnvironment the environment variables of this process
   * @param observers what looks at services while a check measures
   * @param watchdog the words that start a watchdog; empty where there can be none
   */
  public Runner(
      Ledger ledger,
      RunListener listener,
      Clock clock,
      Map<String, String> processEnvironment,
      List<ServiceObserver<?>> observers,
      List<String> watchdog) {
    this(ledger, listener, clock, processEnvironment, observers, watchdog, null);
  }

  /**
   * A runner.
   *
   * @param processEnvironment the environment variables of this process
   * @param observers what looks at services while a check measures
   * @param watchdog the words that start a watchdog; empty where there can be none
   * @param output who hears what services and the programs of checks print; null for nobody
   */
  public Runner(
      Ledger ledger,
      RunListener listener,
      Clock clock,
      Map<String, String> processEnvironment,
      List<ServiceObserver<?>> observers,
      List<String> watchdog,
      @Nullable OutputListener output) {
    this.tools =
        new RunTools(
            ledger,
            listener,
            clock,
            Map.copyOf(processEnvironment),
            List.copyOf(observers),
            new CancellationSource(),
            List.copyOf(watchdog),
            output);
  }

  /**
   * Asks the run to stop; it then ends its checks and services in order and closes as cancelled.
   */
  public void cancel() {
    tools.cancellation().request();
  }

  /**
   * Carries out a plan.
   *
   * @throws ProblemException if it could not even begin
   */
  public RunResult run(Plan plan, RunOptions options) {
    Environment environment = environment(plan, options.environment());
    Subject subject =
        new SubjectReader(tools.environment()).read(plan.folder(), environment.name());
    Resumption resumption =
        options.resumed() == null
            ? Resumption.NONE
            : Resumption.read(tools.ledger(), options.resumed(), plan, subject);
    RunSummary resumed = options.resumed();
    return new RunSession(
            tools,
            new RunTask(
                resumed == null ? options.run() : resumed.id(),
                plan,
                environment,
                subject,
                stages(plan, options.only(), Set.of()),
                resumed == null ? options.seed() : resumption.seed(),
                options.parallel(),
                resumption,
                resumed != null,
                options.version(),
                options.changed(),
                options.labels(),
                options.quarantine()))
        .carryOut();
  }

  /**
   * Finds out what it takes to run checks of an earlier run again.
   *
   * @param wanted the checks; empty for those that failed
   * @throws ProblemException if there are none
   */
  public Reproduction reproduction(Plan plan, RunSummary run, Set<String> wanted) {
    Environment environment = environment(plan, run.subject().environment());
    Subject now = new SubjectReader(tools.environment()).read(plan.folder(), environment.name());
    return Reproduction.read(tools.ledger(), run, plan, wanted, now);
  }

  /**
   * Runs checks of an earlier run again, as a new run: with the same seed, and with the variables
   * that were saved then until a check saves them anew.
   *
   * @param options of which {@code only}, {@code seed}, {@code resumed} and {@code environment} are
   *     not used
   */
  public RunResult reproduce(Plan plan, RunOptions options, Reproduction reproduction) {
    Environment environment = environment(plan, reproduction.run().subject().environment());
    return new RunSession(
            tools,
            new RunTask(
                options.run(),
                plan,
                environment,
                new SubjectReader(tools.environment()).read(plan.folder(), environment.name()),
                stages(
                    plan,
                    new LinkedHashSet<>(reproduction.checks()),
                    reproduction.remembered().keySet()),
                reproduction.seed(),
                options.parallel(),
                new Resumption(
                    reproduction.seed(), reproduction.remembered(), reproduction.saved()),
                false,
                options.version(),
                options.changed(),
                options.labels(),
                options.quarantine()))
        .carryOut();
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

  /**
   * The checks to run by stage; with {@code --only}, those named and all that they need but for
   * those remembered.
   */
  private static List<List<CheckPlan<?>>> stages(
      Plan plan, Set<String> only, Set<String> remembered) {
    Set<String> wanted = new LinkedHashSet<>();
    List<String> open = new ArrayList<>();
    for (String name : only) {
      List<String> named = plan.named(name);
      if (named.isEmpty()) {
        throw PlanProblems.unknownCheck(
            plan.file(), name, plan.checks().stream().map(CheckPlan::id).toList());
      }
      open.addAll(named);
    }
    while (!open.isEmpty()) {
      String id = open.removeLast();
      if (wanted.add(id)) {
        plan.check(id).needs().stream()
            .filter(need -> !remembered.contains(need))
            .forEach(open::add);
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
      checks.forEach(check -> wanted.remove(check.id()));
    }
    if (!wanted.isEmpty()) {
      // parts of other checks, which are in no stage, but asked for by name
      stages.add(wanted.stream().<CheckPlan<?>>map(plan::check).toList());
    }
    return Collections.unmodifiableList(stages);
  }

  /** The seed of one check: the same for the same run seed and id. */
  static long seed(long seed, String check) {
    return Long.parseUnsignedLong(EvidenceCodec.sha256(seed + "/" + check).substring(0, 16), 16);
  }
}
