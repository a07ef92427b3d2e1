package dev.assay.core.run;

import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.api.spi.ChangedFiles;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a plan is carried out.
 *
 * @param environment the environment's name, or null for the first
 * @param only the checks to run, with those they need; empty for all
 * @param seed the seed of everything random
 * @param parallel how many checks may run at once, at least 1
 * @param run the id of the new run; ignored when resuming
 * @param resumed the interrupted run to go on with, or null
 * @param version the version of Assay
 * @param changed the files that changed since the checks last ran, or null where nobody watches
 */
public record RunOptions(
    @Nullable String environment,
    Set<String> only,
    long seed,
    int parallel,
    String run,
    @Nullable RunSummary resumed,
    String version,
    @Nullable ChangedFiles changed) {

  /** Copies the set, checks the range. */
  public RunOptions {
    only = Set.copyOf(only);
    if (parallel < 1) {
      throw new IllegalArgumentException("at least one check at once");
    }
  }

  /** Options of a run that nobody watches files for. */
  public RunOptions(
      @Nullable String environment,
      Set<String> only,
      long seed,
      int parallel,
      String run,
      @Nullable RunSummary resumed,
      String version) {
    this(environment, only, seed, parallel, run, resumed, version, null);
  }
}
