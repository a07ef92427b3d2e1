package dev.assay.load;

import dev.assay.api.problem.Problem;
import dev.assay.api.spi.Check;
import dev.assay.api.spi.CheckType;
import dev.assay.api.spi.Metric;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** The check type {@code load}. */
public final class LoadCheckType implements CheckType<LoadConfiguration> {

  private static final Duration LONGEST_RUN = Duration.ofHours(24);
  private static final Duration LONGEST_TIMEOUT = Duration.ofHours(1);
  private static final int MOST_CONNECTIONS = 1_000_000;
  private static final int MOST_WAITING = 10_000_000;
  private static final double MOST_ARRIVALS = 1e10;

  /** Does no work. */
  public LoadCheckType() {}

  @Override
  public String name() {
    return "load";
  }

  @Override
  public String summary() {
    return "Sends requests at a constant rate and measures latency from the intended start.";
  }

  @Override
  public Class<LoadConfiguration> configuration() {
    return LoadConfiguration.class;
  }

  @Override
  public List<Metric> metrics() {
    return LoadMetrics.all();
  }

  @Override
  public List<Implied> implied(LoadConfiguration configuration) {
    return List.of(new Implied("requests", "> 0", true), new Implied("errors", "< 1 %", false));
  }

  @Override
  public boolean wantsMachine() {
    return true;
  }

  @Override
  public void validate(LoadConfiguration configuration, Consumer<Problem> problems) {
    ranges(configuration, problems);
    if (configuration.flow().isEmpty()) {
      problems.accept(
          LoadProblems.NO_FLOW.at(
              configuration.place(),
              "the flow has no step",
              "add one, such as 'flow: [ { get: / } ]'"));
    }
    for (LoadStep step : configuration.flow()) {
      step(step, problems);
    }
  }

  private static void ranges(LoadConfiguration of, Consumer<Problem> problems) {
    length(of, "for", of.duration(), false, LONGEST_RUN, problems);
    length(of, "warm up", of.warmUp(), true, LONGEST_RUN, problems);
    length(of, "timeout", of.timeout(), false, LONGEST_TIMEOUT, problems);
    number(of, "connections", of.connections(), 1, MOST_CONNECTIONS, problems);
    number(of, "max waiting", of.maxWaiting(), 0, MOST_WAITING, problems);
    double arrivals = of.rate().perSecond() * of.duration().toNanos() / 1e9;
    if (arrivals < 0.5 || arrivals > MOST_ARRIVALS) {
      problems.accept(
          LoadProblems.RANGE.at(
              of.place(),
              of.rate() + " for " + of.duration() + " gives " + arrivals + " arrivals",
              "choose rate and 'for' so that there are 1 to 10 billion arrivals"));
    }
  }

  private static void length(
      LoadConfiguration of,
      String key,
      Duration value,
      boolean mayBeZero,
      Duration most,
      Consumer<Problem> problems) {
    boolean low = value.isNegative() || value.isZero() && !mayBeZero;
    if (low || value.compareTo(most) > 0) {
      problems.accept(
          LoadProblems.RANGE.at(
              of.place(),
              "'" + key + "' is " + value.toNanos() / 1e9 + " s",
              "make it " + (mayBeZero ? "0s" : "more than 0s") + " to " + most.toHours() + "h"));
    }
  }

  private static void number(
      LoadConfiguration of,
      String key,
      int value,
      int least,
      int most,
      Consumer<Problem> problems) {
    if (value < least || value > most) {
      problems.accept(
          LoadProblems.RANGE.at(
              of.place(), "'" + key + "' is " + value, "make it " + least + " to " + most));
    }
  }

  private static void step(LoadStep step, Consumer<Problem> problems) {
    List<LoadStep.Call> calls = step.calls();
    if (calls.size() != 1) {
      String what =
          calls.isEmpty()
              ? "the step has no method"
              : "the step has the methods "
                  + String.join(", ", calls.stream().map(LoadStep.Call::method).toList());
      problems.accept(
          LoadProblems.METHOD.at(
              step.place(), what, "name exactly one of get, post, put, patch, delete, head"));
    }
    if (step.json() != null && step.body() != null) {
      problems.accept(
          LoadProblems.BODIES.at(
              step.place(), "the step has both 'json' and 'body'", "remove one of them"));
    }
    if (AcceptedStatuses.of(step.expect()).isEmpty()) {
      problems.accept(
          LoadProblems.STATUS.at(
              step.place(),
              "no status meets the expectation of 'status'",
              "write a status (201), a class (2xx), a bound (< 400) or a pattern (~ ^20)"));
    }
  }

  @Override
  public Check prepare(LoadConfiguration configuration) {
    return new LoadCheck(configuration);
  }
}
