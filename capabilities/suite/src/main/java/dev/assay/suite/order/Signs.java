package dev.assay.suite.order;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the past says of a test, as several probabilities of its next failure, each by another sign.
 * Some signs are averages of the test itself. The others are situations that tests share, and how
 * often tests failed in them. Not thread-safe.
 */
final class Signs {

  /**
   * What was read of one test.
   *
   * @param probabilities what each sign says
   * @param situations in which situation the test is, for each sign that has situations
   * @param average the decayed failure average with a memory of some eight runs
   * @param longAverage the same of some forty
   * @param observed how often tests with such an average failed; this one is no guess
   * @param lastFailure the cycle of the last failure, or -1
   * @param kind 0 for a test that never ran, 1 where it passed last, 2 where it failed
   * @param changed whether it changed
   */
  record Reading(
      double[] probabilities,
      int[] situations,
      double average,
      double longAverage,
      double observed,
      int lastFailure,
      int kind,
      boolean changed) {}

  /** How many kinds of tests {@link Reading#kind} tells. */
  static final int KINDS = 3;

  private static final int AVERAGES = 5;
  private static final int OBSERVED = AVERAGES + 6;
  private static final double FIRST_GUESS = 0.05;
  private static final double FIRST_GUESS_IF_CHANGED = 0.15;
  private static final double MOST_BY_CHANGE = 100;
  private static final int PATTERN = 5;
  private static final int STEPS = 12;
  private static final int COUNTS = 6;
  private static final int LEVELS = 24;

  private final Map<String, Track> tracks = new HashMap<>();
  private final Map<String, Track> groups = new HashMap<>();
  private final Frequency byChange = new Frequency(2, FIRST_GUESS, FIRST_GUESS_IF_CHANGED);
  private final Frequency all = new Frequency(1, FIRST_GUESS);
  private final Frequency[] shared = {
    new Frequency((PATTERN + 1) << PATTERN, FIRST_GUESS), // the last results
    new Frequency(STEPS * COUNTS, FIRST_GUESS), // cycles since the last failure, and how many
    new Frequency(
        STEPS * KINDS * 2, FIRST_GUESS, FIRST_GUESS_IF_CHANGED), // runs, and whether it changed
    new Frequency(STEPS * KINDS, FIRST_GUESS), // cycles since it last ran
    new Frequency(STEPS * KINDS, FIRST_GUESS), // how much failed in the last cycle
    new Frequency(STEPS * KINDS, FIRST_GUESS), // cycles since a failure in its group
    new Frequency(LEVELS * STEPS, FIRST_GUESS), // the average, and runs
    new Frequency(LEVELS * KINDS, FIRST_GUESS), // the long average
  };
  private int cycle;
  private double lastShare;

  /** How many probabilities are read of a test. */
  int count() {
    return AVERAGES + shared.length;
  }

  /** The decayed mean duration of a test, or NaN where none is known. */
  double seconds(String test) {
    Track track = tracks.get(test);
    return track == null ? Double.NaN : track.seconds();
  }

  /** Reads what is known of a test before the coming cycle. */
  Reading read(String test, boolean changed) {
    @Nullable Track track = tracks.get(test);
    @Nullable Track group = groups.get(groupOf(test));
    double overall = all.of(0);
    double base = group == null ? overall : group.average(2, overall, 10);
    int kind = track == null || track.runs() == 0 ? 0 : track.lastFailed() ? 2 : 1;
    int[] situations = situations(track, group, base, kind, changed);
    double[] said = new double[count()];
    for (int i = 0; i < shared.length; i++) {
      said[AVERAGES + i] = shared[i].of(situations[i]);
    }
    said[0] = overall;
    if (track == null || kind == 0) {
      said[1] = said[2] = said[3] = said[4] = base;
      double asNew = shared[2].of(situations[2]);
      return new Reading(said, situations, asNew, asNew, said[OBSERVED], -1, kind, changed);
    }
    said[1] = track.average(0, base, 0.5);
    said[2] = track.average(1, base, 0.5);
    said[3] = track.average(2, base, 0.5);
    said[4] = track.afterLast(base, 1);
    return new Reading(
        said,
        situations,
        Math.min(1, track.average(1, base, 1) * byChange(changed)),
        Math.min(1, track.average(2, base, 1) * byChange(changed)),
        said[OBSERVED],
        track.lastFailure(),
        kind,
        changed);
  }

  private int[] situations(
      @Nullable Track track, @Nullable Track group, double base, int kind, boolean changed) {
    int ofCycle = steps(lastShare * 1000) * KINDS + kind;
    int ofGroup = group == null || group.failures() == 0 ? 0 : steps(cycle - group.lastFailure());
    if (track == null || kind == 0) {
      return new int[] {0, 0, changed ? 1 : 0, 0, ofCycle, ofGroup * KINDS, 0, 0};
    }
    return new int[] {
      pattern(track),
      track.failures() == 0
          ? 0
          : Math.min(STEPS - 1, 1 + steps(cycle - track.lastFailure())) * COUNTS
              + Math.min(COUNTS - 1, steps(track.failures())),
      steps(track.runs()) * KINDS * 2 + kind * 2 + (changed ? 1 : 0),
      steps(cycle - track.lastRun()) * KINDS + kind,
      ofCycle,
      ofGroup * KINDS + kind,
      level(track.average(1, base, 1)) * STEPS + steps(track.runs()),
      level(track.average(2, base, 1)) * KINDS + kind,
    };
  }

  /** How many times more often tests fail that changed. */
  private double byChange(boolean changed) {
    return changed ? Math.clamp(byChange.of(1) / byChange.of(0), 1, MOST_BY_CHANGE) : 1;
  }

  /** Learns a result of what was read. First all of a cycle are read, then all are learned. */
  void learn(Reading reading, boolean fails) {
    all.add(0, fails);
    if (reading.kind() != 0) {
      byChange.add(reading.changed() ? 1 : 0, fails);
    }
    for (int i = 0; i < shared.length; i++) {
      shared[i].add(reading.situations()[i], fails);
    }
  }

  /** Notes a result in the past of the test; after all of a cycle are read. */
  void note(String test, boolean fails) {
    tracks.computeIfAbsent(test, name -> new Track()).add(cycle, fails);
    String group = groupOf(test);
    if (!group.isEmpty()) {
      groups.computeIfAbsent(group, name -> new Track()).add(cycle, fails);
    }
  }

  /** Notes a duration. */
  void took(String test, double seconds) {
    tracks.computeIfAbsent(test, name -> new Track()).took(seconds);
  }

  /** Ends a cycle of which that share of tests failed. */
  void end(double shareFailed) {
    lastShare = shareFailed;
    cycle++;
  }

  private static int pattern(Track track) {
    int known = Math.min(track.runs(), PATTERN);
    return known << PATTERN | track.pattern() & (1 << known) - 1;
  }

  /** 0, 1, 2 to 3, 4 to 7 …, as a number from 0 to 11. */
  private static int steps(double value) {
    return value < 1 ? 0 : Math.min(STEPS - 1, 1 + Math.getExponent(value));
  }

  /** Half powers of two, down to one in some three thousand. */
  private static int level(double probability) {
    double level = -2 * Math.log(probability) / Math.log(2);
    return (int) Math.clamp(level, 0, LEVELS - 1);
  }

  /**
   * What a name has before its last part: the class of a method, the package of a class, the folder
   * of a file; empty where the name has one part.
   */
  static String groupOf(String test) {
    for (int i = test.length() - 1; i > 0; i--) {
      if (".#/:\\$>".indexOf(test.charAt(i)) >= 0) {
        return test.substring(0, i);
      }
    }
    return "";
  }
}
