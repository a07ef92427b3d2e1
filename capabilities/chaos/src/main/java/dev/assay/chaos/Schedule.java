package dev.assay.chaos;

import dev.assay.chaos.fault.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is to happen when, drawn once from the seed. Immutable.
 *
 * @param timed by their begin
 * @param triggered in the order of the file
 * @param length of the method
 */
record Schedule(List<Planned> timed, List<Planned> triggered, Duration length) {

  /**
   * One happening of a fault.
   *
   * @param name its name in outcomes, events and labels, unique in the experiment
   * @param fault what is broken
   * @param begin from the start of the method; zero where it is triggered
   * @param length how long it lasts
   * @param intensity how strong it is
   * @param when what must hold for it to begin; empty where it has a time
   */
  record Planned(
      String name,
      Fault fault,
      Duration begin,
      Duration length,
      Intensity intensity,
      Map<String, String> when) {

    Duration end() {
      return begin.plus(length);
    }
  }

  Schedule {
    timed = List.copyOf(timed);
    triggered = List.copyOf(triggered);
  }

  /**
   * Draws it.
   *
   * @param faults makes a fault of what is written
   */
  static Schedule of(
      ChaosConfiguration configuration, Function<TimedFault, Fault> faults, long seed) {
    Draft draft = new Draft(faults);
    for (TimedFault one : configuration.faults()) {
      for (int i = 0; i < one.times(); i++) {
        Duration every = one.every() == null ? Duration.ZERO : one.every();
        draft.add(one, one.begin().plus(every.multipliedBy(i)));
      }
    }
    ChaosConfiguration.RandomFaults random = configuration.random();
    if (random != null) {
      draft.draw(random, new SplittableRandom(seed));
    }
    return draft.finish(configuration.lasts());
  }

  /** Every fault of it. */
  List<Planned> all() {
    List<Planned> all = new ArrayList<>(timed);
    all.addAll(triggered);
    return all;
  }

  private static final class Draft {

    private final Function<TimedFault, Fault> faults;
    private final List<Planned> timed = new ArrayList<>();
    private final List<Planned> triggered = new ArrayList<>();
    private final Map<String, Integer> names = new HashMap<>();

    Draft(Function<TimedFault, Fault> faults) {
      this.faults = faults;
    }

    void add(TimedFault written, Duration begin) {
      Fault fault = faults.apply(written);
      int number = names.merge(fault.what(), 1, Integer::sum);
      Planned planned =
          new Planned(
              number == 1 ? fault.what() : fault.what() + " (" + number + ")",
              fault,
              written.triggered() ? Duration.ZERO : begin,
              written.length(),
              written.intensity() == null ? Intensity.FULL : Intensity.parse(written.intensity()),
              written.when());
      (written.triggered() ? triggered : timed).add(planned);
    }

    /** Uniform times; a target that is still broken is left alone until it is whole again. */
    void draw(ChaosConfiguration.RandomFaults random, SplittableRandom source) {
      List<TimedFault> drawn = new ArrayList<>();
      List<Duration> begins = new ArrayList<>();
      for (int i = 0; i < random.faults(); i++) {
        TimedFault one = random.of().get(source.nextInt(random.of().size()));
        long room = Math.max(1, random.within().minus(one.length()).toMillis());
        drawn.add(one);
        begins.add(Duration.ofMillis(source.nextLong(room)));
      }
      List<Duration> sorted = begins.stream().sorted().toList();
      Map<String, Duration> free = new HashMap<>();
      for (int i = 0; i < drawn.size(); i++) {
        Fault fault = faults.apply(drawn.get(i));
        Duration begin = sorted.get(i);
        for (String target : fault.targets()) {
          Duration whole = free.getOrDefault(target, Duration.ZERO);
          begin = whole.compareTo(begin) > 0 ? whole : begin;
        }
        Duration end = begin.plus(drawn.get(i).length());
        fault.targets().forEach(target -> free.put(target, end));
        add(drawn.get(i), begin);
      }
    }

    Schedule finish(@Nullable Duration atLeast) {
      timed.sort(Comparator.comparing(Planned::begin));
      Duration length =
          timed.stream().map(Planned::end).max(Comparator.naturalOrder()).orElse(Duration.ZERO);
      return new Schedule(
          timed, triggered, atLeast != null && atLeast.compareTo(length) > 0 ? atLeast : length);
    }
  }
}
