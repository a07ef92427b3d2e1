package dev.assay.core.judge;

import dev.assay.api.evidence.Evidence;
import dev.assay.api.ledger.LedgerEntry.Ending;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a check when it is judged. Immutable.
 *
 * @param ending how the check ended
 * @param problem why it did not complete, one sentence; null where it did
 * @param evidence all of it, in any order
 * @param refused how much evidence could not be taken
 * @param stale why the evidence is of another subject or too old; null where it is not
 * @param baselines by the name that expectations use; absent where there is none
 */
public record Case(
    Ending ending,
    @Nullable String problem,
    List<Evidence> evidence,
    long refused,
    @Nullable String stale,
    Map<String, Baseline> baselines) {

  /** Copies the collections. */
  public Case {
    evidence = List.copyOf(evidence);
    baselines = Map.copyOf(baselines);
  }

  /**
   * What a comparison is made with.
   *
   * @param run the run it is of
   * @param evidence the evidence of the same check in that run
   * @param history the evidence of the check in the runs up to that one, which is the last; tells
   *     how much runs scatter
   */
  public record Baseline(String run, List<Evidence> evidence, List<List<Evidence>> history) {
    /** Copies the lists. */
    public Baseline {
      evidence = List.copyOf(evidence);
      history = history.stream().map(List::copyOf).toList();
    }

    /** A baseline of which no history is known. */
    public Baseline(String run, List<Evidence> evidence) {
      this(run, evidence, List.of(evidence));
    }
  }
}
