package dev.assay.chaos.toolkit;

import dev.assay.api.json.Json;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.spi.CancelledException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One run of an experiment, by the course of chaostoolkit-lib's {@code run.py}: the steady state as
 * a gate, the method, the steady state again, the rollbacks. What native functions changed
 * elsewhere is then put back, whatever happened. Used once, by one thread.
 */
public final class ToolkitRun {

  private static final double NANOS = 1e9;

  private final Experiment experiment;
  private final RunSettings settings;
  private final Surroundings surroundings;
  private final RunSettings.Strategy strategy;
  private final ToolkitJournal journal;
  private final Hypothesis hypothesis;
  private final Activities activities;
  private final Activities unstoppable;
  private final Http http;
  private final Http restorer;
  private final Restoration restoration;
  private final CountDownLatch methodEnded = new CountDownLatch(1);

  /**
   * A run of a valid experiment; probes that give values of its configuration are run now.
   *
   * @throws CancelledException if it is asked to stop meanwhile
   */
  public static ToolkitRun of(
      Experiment experiment, RunSettings settings, Surroundings surroundings) {
    try {
      return new ToolkitRun(experiment, settings, surroundings);
    } catch (Interrupted stopped) {
      throw new CancelledException(String.valueOf(stopped.getMessage()));
    }
  }

  private ToolkitRun(Experiment experiment, RunSettings settings, Surroundings surroundings) {
    this.experiment = experiment;
    this.settings = settings;
    this.surroundings = surroundings;
    this.strategy = settings.hypothesis() == null ? experiment.strategy() : settings.hypothesis();
    this.http = new Http(surroundings.cancellation());
    this.restorer = new Http(RequestUndo.never());
    this.restoration = new Restoration(surroundings, restorer);
    Map<String, String> environment = new ConcurrentHashMap<>();
    Programs programs = new Programs(surroundings, environment);
    Map<String, Json> configuration = new LinkedHashMap<>(experiment.configuration());
    dynamic(configuration, programs, environment);
    Substitution values = new Substitution(configuration, experiment.secrets());
    Call call = new Call(surroundings, http, restoration, configuration, environment);
    Providers providers = new Providers(call, programs, values);
    this.activities = new Activities(experiment, providers, values, surroundings, settings.dry());
    // rollbacks that were asked for are finished although the run was asked to stop
    Surroundings calm = surroundings.unstoppable();
    this.unstoppable =
        new Activities(
            experiment,
            new Providers(
                new Call(calm, restorer, restoration, configuration, environment),
                new Programs(calm, environment),
                values),
            values,
            calm,
            settings.dry());
    this.hypothesis =
        new Hypothesis(
            experiment, activities, new Tolerance(values, providers::run), settings.dry());
    Json.Builder titled = Json.object();
    experiment.source().members().forEach(titled::put);
    titled.put("title", values.text(experiment.title()));
    this.journal = new ToolkitJournal(titled.build(), surroundings.clock().now());
  }

  /** Values that probes give once, before anything else; one that fails gives none. */
  private void dynamic(
      Map<String, Json> configuration, Programs programs, Map<String, String> environment) {
    experiment
        .dynamic()
        .forEach((name, probe) -> {
          Substitution values = new Substitution(configuration, experiment.secrets());
          Call call = new Call(surroundings, http, restoration, configuration, environment);
          try {
            Json output = new Providers(call, programs, values).run(probe.source());
            Json value = dynamicValue(probe.provider().text("type"), output);
            if (value != null) {
              configuration.put(name, value);
            }
          } catch (ActivityFailed | Unforeseen failed) {
            surroundings
                .log()
                .accept("Failed to load configuration '" + name + "': " + failed.getMessage());
          }
        });
  }

  private static @Nullable Json dynamicValue(String provider, Json output) {
    if (provider.equals("python")) {
      return output;
    }
    Json.Obj result = output.asObject();
    if (provider.equals("http")) {
      return result.members().get("body");
    }
    return result.whole("status") == 0 ? Json.of(result.text("stdout").strip()) : null;
  }

  /** Runs it; comes back when nothing of it runs any more. */
  public ToolkitJournal run() {
    long from = surroundings.clock().nanos();
    experiment.warnings().forEach(surroundings.log());
    surroundings.log().accept("Running experiment: " + experiment.title());
    try {
      boolean rollbacks = course();
      RunSettings.Rollbacks wanted =
          settings.rollbacks() == null ? experiment.rollbackStrategy() : settings.rollbacks();
      if (rollbacks && wanted.play(journal.status(), journal.deviated())) {
        rollbacks();
      }
    } finally {
      restoration.restore();
      http.close();
      restorer.close();
    }
    journal.end(surroundings.clock().now(), (surroundings.clock().nanos() - from) / NANOS);
    surroundings
        .log()
        .accept(
            "Experiment ended with status: "
                + (journal.deviated() ? "deviated" : journal.status()));
    return journal;
  }

  /** Everything up to the rollbacks; whether these may be run. */
  private boolean course() {
    ExecutorService during = Executors.newVirtualThreadPerTaskExecutor();
    try {
      if (gate()) {
        if (strategy.during() && !experiment.probes().isEmpty()) {
          Future<?> _ = during.submit(this::watch);
        }
        boolean complete = method();
        methodEnded.countDown();
        boolean whole = !List.of("interrupted", "aborted").contains(journal.status());
        if (complete && whole && strategy.after() && !experiment.probes().isEmpty()) {
          deviation();
        }
      }
      return true;
    } catch (Interrupted stopped) {
      journal.status("interrupted", stopped.getMessage());
      return stopped.rollbacks();
    } catch (CancelledException stopped) {
      journal.status("interrupted", "stopped on request");
      return true;
    } catch (Unforeseen | ProblemException failed) {
      abort(failed);
      return true;
    } finally {
      methodEnded.countDown();
      during.close();
    }
  }

  private void abort(RuntimeException failed) {
    String why =
        failed instanceof ProblemException problem
            ? problem.problems().getFirst().what()
            : failed.getMessage();
    journal.status("aborted", why);
    surroundings.log().accept("Experiment ran into an unexpected fatal error: " + why);
  }

  private boolean gate() {
    if (!strategy.before() || experiment.probes().isEmpty()) {
      return true;
    }
    surroundings.log().accept("Steady state hypothesis: " + experiment.hypothesis());
    Json.Obj state = hypothesis.look();
    journal.before(state);
    if (Hypothesis.met(state)) {
      surroundings.log().accept("Steady state hypothesis is met!");
      return true;
    }
    journal.status("failed");
    surroundings.log().accept("Steady state is not in the given tolerance; the method is not run");
    return false;
  }

  private void deviation() {
    surroundings.log().accept("Steady state hypothesis: " + experiment.hypothesis());
    Json.Obj state = hypothesis.look();
    journal.after(state);
    if (!Hypothesis.met(state)) {
      journal.deviate();
      surroundings.log().accept("Steady state is not in the given tolerance after the method");
    }
  }

  /** Looks at the steady state until the method ends. */
  private void watch() {
    try {
      while (methodEnded.getCount() > 0
          && !List.of("failed", "interrupted", "aborted").contains(journal.status())) {
        Json.Obj state = hypothesis.look();
        journal.during(state);
        if (!Hypothesis.met(state) && settings.failFast()) {
          surroundings.log().accept("Terminating the experiment, as the steady state deviated");
          journal.status("failed");
          return;
        }
        if (methodEnded.await(settings.frequency().toNanos(), TimeUnit.NANOSECONDS)) {
          return;
        }
      }
    } catch (Interrupted | CancelledException stopped) {
      journal.status("interrupted", stopped.getMessage());
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    } catch (Unforeseen | ProblemException failed) {
      abort(failed);
    }
  }

  /** Runs the method; false where it was aborted. */
  private boolean method() {
    surroundings.log().accept("Playing your experiment's method now...");
    List<Supplier<Json>> runs = new ArrayList<>();
    boolean complete = true;
    try (ExecutorService background = Executors.newVirtualThreadPerTaskExecutor()) {
      try {
        for (Activity activity : experiment.method()) {
          runs.add(begin(activities, activity, background));
          if (List.of("aborted", "failed", "interrupted").contains(journal.status())) {
            break;
          }
        }
      } catch (Unforeseen | ProblemException failed) {
        abort(failed);
        complete = false;
      }
      // the entries of what ran in the background stand where they were begun
    } finally {
      complete &= keep(runs);
    }
    return complete;
  }

  private static Supplier<Json> begin(
      Activities by, Activity activity, ExecutorService background) {
    if (!activity.background()) {
      Json run = by.execute(activity);
      return () -> run;
    }
    Future<Json> run = background.submit(() -> (Json) by.execute(activity));
    return () -> result(run);
  }

  private static Json result(Future<Json> run) {
    try {
      return run.get();
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof RuntimeException known) {
        throw known;
      }
      throw new Unforeseen(String.valueOf(failed.getCause()));
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      throw Surroundings.stopped();
    }
  }

  private boolean keep(List<Supplier<Json>> runs) {
    List<Json> results = new ArrayList<>();
    boolean complete = true;
    for (Supplier<Json> run : runs) {
      try {
        results.add(run.get());
      } catch (Interrupted | CancelledException stopped) {
        journal.status("interrupted", stopped.getMessage());
      } catch (Unforeseen | ProblemException failed) {
        abort(failed);
        complete = false;
      }
    }
    journal.run(results);
    return complete;
  }

  private void rollbacks() {
    surroundings.log().accept("Let's rollback...");
    List<Supplier<Json>> runs = new ArrayList<>();
    List<Json> results = new ArrayList<>();
    try (ExecutorService background = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Activity activity : experiment.rollbacks()) {
        runs.add(begin(unstoppable, activity, background));
      }
      runs.forEach(run -> results.add(run.get()));
    } catch (Interrupted | CancelledException stopped) {
      journal.status("interrupted", stopped.getMessage());
    } catch (Unforeseen | ProblemException failed) {
      abort(failed);
    }
    journal.rollbacks(results);
  }
}
