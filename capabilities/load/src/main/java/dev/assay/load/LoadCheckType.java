package dev.assay.load;

import dev.assay.api.problem.Problem;
import dev.assay.api.spi.Check;
import dev.assay.api.spi.CheckType;
import dev.assay.api.spi.Metric;
import dev.assay.api.spi.Reference;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The check type {@code load}. */
public final class LoadCheckType implements CheckType<LoadConfiguration> {

  /** The longest phase. */
  static final Duration LONGEST_RUN = Duration.ofDays(7);

  /** Does no work. */
  public LoadCheckType() {}

  @Override
  public String name() {
    return "load";
  }

  @Override
  public String summary() {
    return "Brings users at a rate or in a number, and measures latency from the intended start.";
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
    Implied requests = new Implied("requests", "> 0", true);
    // Rates that are too high are part of a search; what must hold at each is in its 'meets'.
    return configuration.capacity() == null
        ? List.of(requests, new Implied("errors", "< 1 %", false))
        : List.of(requests, new Implied("capacity", "> 0", false));
  }

  /** What steps save, and every column of a feeder: {@code people.*}. */
  @Override
  public Set<String> defines(LoadConfiguration configuration) {
    Set<String> names = new LinkedHashSet<>();
    configuration.feeders().keySet().forEach(feeder -> names.add(feeder + ".*"));
    PlanCompiler.flows(configuration).values().forEach(steps -> saved(steps, names));
    return names;
  }

  private static void saved(List<LoadStep> steps, Set<String> names) {
    for (LoadStep step : steps) {
      names.addAll(step.save().keySet());
      saved(step.steps(), names);
    }
  }

  @Override
  public List<Reference> references(LoadConfiguration configuration) {
    LoadThrough through = configuration.through();
    return through == null ? List.of() : through.references();
  }

  @Override
  public Optional<LoadConfiguration> lasting(LoadConfiguration configuration, Duration duration) {
    boolean recorded =
        configuration.trace() != null
            || configuration.phases().stream().anyMatch(phase -> phase.trace() != null);
    return configuration.capacity() != null || recorded
        ? Optional.empty()
        : Optional.of(configuration.lasting(duration));
  }

  @Override
  public boolean repeatable(LoadConfiguration configuration) {
    return true; // it sends its requests many times as it is
  }

  @Override
  public boolean wantsMachine() {
    return true;
  }

  @Override
  public void validate(LoadConfiguration configuration, Consumer<Problem> problems) {
    new LoadValidation(configuration, problems).validate();
  }

  @Override
  public Check prepare(LoadConfiguration configuration) {
    return new LoadCheck(configuration);
  }
}
