package dev.assay.suite;

import dev.assay.api.evidence.Attempt;
import dev.assay.api.evidence.Attempt.Result;
import dev.assay.suite.flaky.OnFlaky;
import dev.assay.suite.flaky.Quarantine.Effect;
import dev.assay.suite.flaky.Quarantine.Entry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the attempts of a test count for. Rules never change what was found: they add an attempt of
 * their own that says what they rule, so that the report shows both. Immutable.
 *
 * @param flaky what a test means that failed and then passed
 */
record Ruling(OnFlaky flaky) {

  private static final String FLAKY_FAILS = "assay.flaky-fails";
  private static final String QUARANTINED = "assay.quarantined";
  private static final String EXPIRED = "assay.quarantine-expired";
  private static final String NOT_RUN = "assay.not-run";
  private static final Set<String> OWN = Set.of(FLAKY_FAILS, QUARANTINED, EXPIRED, NOT_RUN);

  /** Whether an attempt was not made, but is what a rule says of the others. */
  static boolean added(Attempt attempt) {
    String type = attempt.type();
    return type != null && OWN.contains(type);
  }

  /**
   * The attempts with what is ruled.
   *
   * @param entry the quarantine that the test is in, or null
   * @param labels takes what there is to say
   */
  List<Attempt> rule(
      List<Attempt> attempts, @Nullable Entry entry, Effect effect, Map<String, String> labels) {
    Result last = attempts.getLast().result();
    if (last == Result.SKIPPED) {
      return attempts;
    }
    if (entry != null && effect == Effect.HELD) {
      labels.put("quarantine", entry.owner());
      return with(
          attempts,
          new Attempt(
              Result.SKIPPED,
              Duration.ZERO,
              QUARANTINED,
              "quarantined until "
                  + entry.expires()
                  + ": "
                  + entry.reason()
                  + " (owner: "
                  + entry.owner()
                  + "); it "
                  + (last.failure() ? "failed" : "passed")
                  + ", which does not count",
              null));
    }
    boolean failedBefore = attempts.stream().anyMatch(attempt -> attempt.result().failure());
    if (flaky == OnFlaky.FAIL && failedBefore && !last.failure()) {
      return with(
          attempts,
          new Attempt(
              Result.FAILED,
              Duration.ZERO,
              FLAKY_FAILS,
              "it failed, and passed when it was tried again; with `flaky: fail` that is a failure",
              null));
    }
    return attempts;
  }

  /** Of a test that was left out. */
  static Attempt notRun(String why) {
    return new Attempt(Result.SKIPPED, Duration.ZERO, NOT_RUN, why, null);
  }

  /** That a quarantine is over. */
  static Attempt expired(Entry entry, String file) {
    return new Attempt(
        Result.FAILED,
        Duration.ZERO,
        EXPIRED,
        "the quarantine of '"
            + entry.test()
            + "' ended on "
            + entry.expires()
            + "; "
            + entry.owner()
            + " mends the test and removes the entry from "
            + file
            + ", or gives it a new day and a reason (it was: "
            + entry.reason()
            + ")",
        null);
  }

  private static List<Attempt> with(List<Attempt> attempts, Attempt more) {
    List<Attempt> all = new ArrayList<>(attempts);
    all.add(more);
    return List.copyOf(all);
  }
}
