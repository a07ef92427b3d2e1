package dev.assay.server.overview;

import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.api.verdict.Decision;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some runs that ended, in numbers. Immutable.
 *
 * @param runs how many
 * @param passed how many passed
 * @param failed how many failed
 * @param undecided how many were neither
 * @param medianMillis how long half of them took at the most; null where nobody said how long
 * @param mostMillis how long nine of ten took at the most; null likewise
 * @param tookMillis how long, all together
 * @param vainMillis how long those that did not pass took
 */
public record Totals(
    int runs,
    int passed,
    int failed,
    int undecided,
    @Nullable Long medianMillis,
    @Nullable Long mostMillis,
    long tookMillis,
    long vainMillis) {

  /** Of runs that ended. */
  static Totals of(List<RunSummary> runs) {
    int passed = 0;
    int failed = 0;
    long vain = 0;
    for (RunSummary run : runs) {
      passed += run.decision() == Decision.PASS ? 1 : 0;
      failed += run.decision() == Decision.FAIL ? 1 : 0;
      vain += run.decision() == Decision.PASS ? 0 : took(run);
    }
    // what another tool reported says not always how long it took
    long[] took = runs.stream().mapToLong(Totals::took).filter(each -> each > 0).sorted().toArray();
    long all = 0;
    for (long each : took) {
      all += each;
    }
    return new Totals(
        runs.size(),
        passed,
        failed,
        runs.size() - passed - failed,
        rank(took, 0.5),
        rank(took, 0.9),
        all,
        vain);
  }

  private static long took(RunSummary run) {
    Instant closed = run.closed();
    return closed == null ? 0 : Math.max(0, Duration.between(run.opened(), closed).toMillis());
  }

  /** By the nearest rank. */
  private static @Nullable Long rank(long[] sorted, double share) {
    return sorted.length == 0 ? null : (Long) sorted[(int) Math.ceil(share * sorted.length) - 1];
  }

  /** The share that passed, of those that were decided; null where none was. */
  public @Nullable Double passRate() {
    int decided = passed + failed;
    return decided == 0 ? null : (Double) ((double) passed / decided);
  }
}
