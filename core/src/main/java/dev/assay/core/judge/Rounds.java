package dev.assay.core.judge;

import dev.assay.api.evidence.Artifact;
import dev.assay.api.evidence.Event;
import dev.assay.api.evidence.Evidence;
import dev.assay.api.evidence.Finding;
import dev.assay.api.evidence.Measurement;
import dev.assay.api.evidence.Outcome;
import java.util.List;
import java.util.Map;

/**
 * The rounds of a check that was carried out once more in its run, to confirm that something became
 * worse. Evidence of the second round has a label; that of the first has none.
 *
 * @param first of the first round
 * @param second of the second; empty where there was none
 */
public record Rounds(List<Evidence> first, List<Evidence> second) {

  /** The label of evidence of the second round. */
  public static final String LABEL = "round";

  /** Its value. */
  public static final String SECOND = "2";

  /** Copies the lists. */
  public Rounds {
    first = List.copyOf(first);
    second = List.copyOf(second);
  }

  /** Tells the rounds of evidence apart. */
  public static Rounds of(List<Evidence> evidence) {
    if (evidence.stream().noneMatch(Rounds::again)) {
      return new Rounds(evidence, List.of());
    }
    return new Rounds(
        evidence.stream().filter(fact -> !again(fact)).toList(),
        evidence.stream().filter(Rounds::again).toList());
  }

  /** Whether there was a second. */
  public boolean two() {
    return !second.isEmpty();
  }

  private static boolean again(Evidence fact) {
    return SECOND.equals(labels(fact).get(LABEL));
  }

  private static Map<String, String> labels(Evidence fact) {
    return switch (fact) {
      case Measurement one -> one.labels();
      case Outcome one -> one.labels();
      case Finding one -> one.labels();
      case Event one -> one.labels();
      case Artifact _ -> Map.of();
    };
  }
}
