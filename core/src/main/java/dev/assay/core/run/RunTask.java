package dev.assay.core.run;

import dev.assay.api.ledger.LedgerEntry;
import dev.assay.api.plan.CheckPlan;
import dev.assay.api.plan.Environment;
import dev.assay.api.plan.Plan;
import dev.assay.api.plan.Subject;
import dev.assay.api.spi.ChangedFiles;
import dev.assay.api.spi.SharedQuarantine;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run has to do, with every choice made.
 *
 * @param id the run's id
 * @param plan the workspace
 * @param environment where it runs
 * @param subject what it is about
 * @param stages the checks to run
 * @param seed the seed of everything random
 * @param parallel how many checks may run at once
 * @param resumption what an interrupted part of it left
 * @param resumed whether there was one
 * @param version the version of Assay
 * @param changed the files that changed since the checks last ran, or null where nobody watches
 * @param labels what kind of run it is, where it is no plain one
 * @param quarantine the tests in quarantine that a server keeps, or null
 */
record RunTask(
    String id,
    Plan plan,
    Environment environment,
    Subject subject,
    List<List<CheckPlan<?>>> stages,
    long seed,
    int parallel,
    Resumption resumption,
    boolean resumed,
    String version,
    @Nullable ChangedFiles changed,
    Map<String, String> labels,
    @Nullable SharedQuarantine quarantine) {

  /** The folder .assay. */
  Path folder() {
    return plan.folder().resolve(".assay");
  }

  /** The run's own folder. */
  Path runFolder() {
    return folder().resolve("runs").resolve(id);
  }

  boolean nothingToRun() {
    return stages.stream().allMatch(List::isEmpty);
  }

  LedgerEntry.RunOpened opened(Instant at) {
    List<LedgerEntry.Planned> planned = new ArrayList<>();
    for (int stage = 0; stage < stages.size(); stage++) {
      for (CheckPlan<?> check : stages.get(stage)) {
        planned.add(
            new LedgerEntry.Planned(check.id(), check.type().name(), check.digest(), stage));
      }
    }
    return new LedgerEntry.RunOpened(
        at, plan.workspace(), plan.digest(), subject, seed, version, planned, labels);
  }
}
