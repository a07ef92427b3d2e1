package dev.assay.chaos;

import dev.assay.api.evidence.Evidence;
import dev.assay.api.evidence.Outcome;
import dev.assay.api.problem.Place;
import dev.assay.api.spi.EvidenceSink;
import dev.assay.api.spi.LiveChecks;
import dev.assay.api.verdict.Decision;
import dev.assay.api.verdict.Reason;
import dev.assay.api.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * The steady state: that the expectations of a check which goes on meanwhile hold on a window of
 * its evidence. Evidence that is too thin is not steady. Thread-safe.
 */
final class SteadyState implements AutoCloseable {

  private final String check;
  private final LiveChecks.LiveCheck live;
  private final Duration window;
  private final Place place;

  private SteadyState(String check, LiveChecks.LiveCheck live, Duration window, Place place) {
    this.check = check;
    this.live = live;
    this.window = window;
    this.place = place;
  }

  /** Begins the check. */
  static SteadyState begin(
      LiveChecks checks,
      String check,
      Duration window,
      Duration atMost,
      EvidenceSink sink,
      Place place) {
    return new SteadyState(
        check, checks.begin(check, atMost, one -> forward(one, sink)), window, place);
  }

  /** A request that fails while something is broken is no failed test of the experiment. */
  private static void forward(Evidence one, EvidenceSink sink) {
    if (!(one instanceof Outcome)) {
      sink.offer(one);
    }
  }

  String check() {
    return check;
  }

  Duration window() {
    return window;
  }

  /** Whether it held on the window that ended then. */
  boolean holds(Instant to) {
    return verdict(to).decision() == Decision.PASS;
  }

  /** Why it did not, in one sentence. */
  String why(Instant to) {
    return verdict(to).reasons().stream()
        .filter(reason -> reason.decision() != Decision.PASS)
        .findFirst()
        .map(Reason::sentence)
        .orElse("there is no evidence");
  }

  private Verdict verdict(Instant to) {
    return live.judge(to.minus(window), to);
  }

  /** Whether all of these held on the window that ended then. */
  boolean met(Map<String, String> conditions, Instant to) {
    return conditions.entrySet().stream()
        .allMatch(one ->
            live.judge(one.getKey(), one.getValue(), to.minus(window), to).decision()
                == Decision.PASS);
  }

  /**
   * Makes sure that it goes on.
   *
   * @throws dev.assay.api.problem.ProblemException if it ended
   */
  void ensureLive() {
    if (live.ended()) {
      throw ExperimentProblems.NOT_LIVE.failure(
          place, "check '" + check + "' ended by itself", "see why in its own run");
    }
  }

  @Override
  public void close() {
    live.close();
  }
}
