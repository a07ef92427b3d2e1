package dev.assay.core.run;

import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.api.spi.ChangedFiles;
import dev.assay.api.spi.SharedQuarantine;
import java.util.Map;
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
 * @param labels what kind of run it is, where it is no plain one
 * @param quarantine the tests in quarantine that a server keeps, or null
 */
public record RunOptions(
    @Nullable String environment,
    Set<String> only,
    long seed,
    int parallel,
    String run,
    @Nullable RunSummary resumed,
    String version,
    @Nullable ChangedFiles changed,
    Map<String, String> labels,
    @Nullable SharedQuarantine quarantine) {

  /** Without a quarantine of a server. */
  public RunOptions(
      @Nullable String environment,
      Set<String> only,
      long seed,
      int parallel,
      String run,
      @Nullable RunSummary resumed,
      String version,
      @Nullable ChangedFiles changed,
      Map<String, String> labels) {
    this(environment, only, seed, parallel, run, resumed, version, changed, labels, null);
  }

  /** Of a plain run. */
  public RunOptions(
      @Nullable String environment,
      Set<String> only,
      long seed,
      int parallel,
      String run,
      @Nullable RunSummary resumed,
      String version) {
    this(environment, only, seed, parallel, run, resumed, version, null, Map.of());
  }

  /** Copies the collections, checks the range. */
  public RunOptions {
    only = Set.copyOf(only);
    labels = Map.copyOf(labels);
    if (parallel < 1) {
      throw new IllegalArgumentException("at least one check at once");
    }
  }
}
