package dev.assay.suite.failure;

import dev.assay.suite.flaky.Classification;
import dev.assay.suite.git.CodeOwners;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of why a cluster of tests failed.
 *
 * @param cluster the failures
 * @param since since when its first test fails
 * @param sinceText the same for people
 * @param owners who owns the code where it failed; empty where nothing says so
 * @param suspects the most suspect first
 * @param suspectsNote why there are no suspects, or how they were found
 * @param similar failures of the past, the newest first
 * @param again how to run one of its tests alone; empty where it is not known
 * @param suggestions what its text suggests
 * @param flakiness what the past of its first test says; null where it has none
 */
public record Diagnosis(
    Cluster cluster,
    Since since,
    String sinceText,
    Optional<CodeOwners.Owners> owners,
    List<Suspect> suspects,
    String suspectsNote,
    List<Similar> similar,
    Optional<Steps.Command> again,
    List<Suggestion> suggestions,
    @Nullable Classification flakiness) {
  /** Copies the lists. */
  public Diagnosis {
    suspects = List.copyOf(suspects);
    similar = List.copyOf(similar);
    suggestions = List.copyOf(suggestions);
  }
}
