package dev.assay.chaos;

import dev.assay.api.problem.Place;
import dev.assay.api.problem.Problem;
import dev.assay.api.value.Comparison;
import dev.assay.chaos.fault.Faults;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Says what the types of an experiment's components cannot. */
final class ExperimentValidation {

  private static final Duration SHORTEST_WINDOW = Duration.ofSeconds(1);
  private static final Duration LONGEST_WINDOW = Duration.ofMinutes(5);
  private static final Duration LONGEST = Duration.ofHours(24);
  private static final int MOST = 1000;

  private final Consumer<Problem> problems;
  private boolean sound = true;

  ExperimentValidation(Consumer<Problem> problems) {
    this.problems =
        problem -> {
          sound = false;
          problems.accept(problem);
        };
  }

  void validate(ChaosConfiguration configuration) {
    Place place = configuration.place();
    if (configuration.experiment() != null) {
      boolean more =
          configuration.steady() != null
              || configuration.newConnections() != null
              || !configuration.everyFault().isEmpty()
              || !configuration.abort().isEmpty();
      if (more) {
        wrong(
            place,
            "there is an experiment of the Chaos Toolkit and one beside it",
            "write 'experiment', or 'steady' and 'faults'");
      }
      return;
    }
    if (configuration.steady() == null) {
      wrong(place, "the experiment has no steady state", "write 'steady: CHECK'");
    }
    if (configuration.steady() != null
        && configuration.steady().equals(configuration.newConnections())) {
      wrong(
          place,
          "'new connections' is the steady check itself",
          "name a check that opens a connection for each request");
    }
    if (configuration.everyFault().isEmpty()) {
      wrong(place, "nothing is broken", "write 'faults' or 'random'");
    }
    range(place, "window", configuration.window(), SHORTEST_WINDOW, LONGEST_WINDOW);
    range(place, "recover within", configuration.recoverWithin(), configuration.window(), LONGEST);
    conditions(place, configuration.abort());
    configuration.everyFault().forEach(this::fault);
    random(configuration);
    length(configuration);
    if (sound) {
      radius(configuration);
    }
  }

  private void fault(TimedFault fault) {
    Faults.validate(fault.fault(), problems);
    Place place = fault.place();
    if (fault.triggered() && (fault.at() != null || fault.every() != null || fault.times() != 1)) {
      wrong(place, "a fault has a time and a condition", "write 'at' or 'when'");
    }
    if (fault.at() != null && (fault.at().isNegative() || fault.at().compareTo(LONGEST) > 0)) {
      wrong(place, "the fault begins at " + fault.at(), "write 0s to 24h");
    }
    range(place, "for", fault.length(), Duration.ofMillis(1), LONGEST);
    if (fault.times() < 1 || fault.times() > MOST) {
      wrong(place, "the fault happens " + fault.times() + " times", "write 1 to 1000");
    }
    Duration every = fault.every();
    if ((fault.times() > 1) != (every != null)) {
      wrong(place, "'every' and 'times' belong together", "write both, as in every: 30s, times: 4");
    } else if (every != null && every.compareTo(fault.length()) <= 0) {
      wrong(
          place,
          "the fault lasts longer than the time from one begin to the next",
          "make 'every' longer than 'for'");
    }
    conditions(place, fault.when());
    String intensity = fault.intensity();
    if (intensity != null) {
      try {
        var _ = Intensity.parse(intensity);
      } catch (IllegalArgumentException unreadable) {
        wrong(place, String.valueOf(unreadable.getMessage()), "write it like 0..100 % in 5 steps");
      }
    }
  }

  private void conditions(Place place, Map<String, String> conditions) {
    conditions.forEach((metric, comparison) -> {
      try {
        if (!comparison.strip().matches("(?s)[<>=!].*")) {
          throw new IllegalArgumentException("it compares with nothing");
        }
        var _ = Comparison.parse(comparison);
      } catch (IllegalArgumentException unreadable) {
        wrong(
            place,
            "'" + metric + ": " + comparison + "': " + unreadable.getMessage(),
            "write it like errors: \"> 5 %\"");
      }
    });
  }

  private void random(ChaosConfiguration configuration) {
    ChaosConfiguration.RandomFaults random = configuration.random();
    if (random == null) {
      return;
    }
    if (random.faults() < 1 || random.faults() > MOST) {
      wrong(random.place(), random.faults() + " random faults", "write 1 to 1000");
    }
    if (random.of().isEmpty()) {
      wrong(random.place(), "there is nothing to draw from", "write faults under 'of'");
    }
    range(random.place(), "within", random.within(), Duration.ofMillis(1), LONGEST);
    for (TimedFault one : random.of()) {
      if (one.at() != null || one.triggered() || one.times() != 1) {
        wrong(one.place(), "a drawn fault has a time of its own", "write only 'for'");
      }
      if (one.length().compareTo(random.within()) > 0) {
        wrong(one.place(), "a drawn fault lasts longer than 'within'", "make it shorter");
      }
    }
  }

  private void length(ChaosConfiguration configuration) {
    Duration lasts = configuration.lasts();
    if (lasts != null) {
      range(configuration.place(), "lasts", lasts, Duration.ofMillis(1), LONGEST);
    }
    boolean timed =
        configuration.random() != null
            || configuration.faults().stream().anyMatch(one -> !one.triggered());
    if (!timed && lasts == null && !configuration.faults().isEmpty()) {
      wrong(
          configuration.place(),
          "every fault waits for a condition, so nobody knows when the experiment ends",
          "write 'lasts: 2m'");
    }
  }

  private void radius(ChaosConfiguration configuration) {
    ChaosConfiguration.BlastRadius radius = configuration.blastRadius();
    if (radius == null) {
      return;
    }
    Set<String> targets = new TreeSet<>();
    for (TimedFault one : configuration.everyFault()) {
      targets.addAll(Faults.of(one.fault()).targets());
    }
    if (targets.size() > radius.targets()) {
      List<String> names = new ArrayList<>(targets);
      problems.accept(
          ExperimentProblems.TOO_WIDE.at(
              radius.place(),
              "the faults touch " + targets.size() + " targets: " + String.join(", ", names),
              "name at most " + radius.targets() + ", or raise 'blast radius'"));
    }
  }

  private void range(Place place, String key, Duration value, Duration least, Duration most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      wrong(
          place,
          "'" + key + "' is " + value.toMillis() + " ms",
          "write " + least.toMillis() + "ms to " + most.toSeconds() + "s");
    }
  }

  private void wrong(Place place, String what, String mend) {
    problems.accept(ExperimentProblems.WRONG.at(place, what, mend));
  }
}
