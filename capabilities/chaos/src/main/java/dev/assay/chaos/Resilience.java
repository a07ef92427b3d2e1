package dev.assay.chaos;

import java.time.Duration;
import java.util.List;

/**
 * The resilience score: {@code 50 · held / watched + 50 · mean(1 − min(1, recovery / allowed))},
 * and 0 where the experiment was aborted or a recovery did not come. A system that never left its
 * steady state has 100; one that was down for all of the time that it had to recover has 0.
 */
final class Resilience {

  private Resilience() {}

  /**
   * The score.
   *
   * @param held seconds, from the first fault until recovery, at which the steady state held
   * @param watched all these seconds
   * @param recoveries of each disturbance
   * @param allowed how long a recovery may take
   */
  static double score(long held, long watched, List<Duration> recoveries, Duration allowed) {
    double stayed = watched == 0 ? 1 : (double) held / watched;
    double returned =
        recoveries.stream()
            .mapToDouble(one -> 1 - Math.min(1, (double) one.toNanos() / allowed.toNanos()))
            .average()
            .orElse(1);
    return 50 * stayed + 50 * returned;
  }
}
