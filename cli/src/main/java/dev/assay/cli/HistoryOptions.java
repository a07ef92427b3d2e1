package dev.assay.cli;

import dev.assay.api.ledger.Ledger.RunSummary;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which runs of the ledger a command looks back on. */
final class HistoryOptions {

  @Option(
      names = {"-e", "--env"},
      paramLabel = "NAME",
      description = "Only runs of this environment (default: that of the newest run).")
  private @Nullable String environment;

  @Option(names = "--branch", paramLabel = "NAME", description = "Only runs of this branch.")
  private @Nullable String branch;

  @Option(
      names = "--monitor",
      paramLabel = "NAME",
      description = "What this monitor found (default: runs that no monitor began).")
  private @Nullable String monitor;

  @Option(
      names = {"-n", "--limit"},
      defaultValue = "500",
      description = "How many runs at most, the newest (default: ${DEFAULT-VALUE}).")
  private int limit;

  /**
   * Tells the runs that are meant.
   *
   * @param newest gives the newest run, asked for only where no environment is named
   */
  Predicate<RunSummary> like(Supplier<RunSummary> newest) {
    String where = environment == null ? newest.get().subject().environment() : environment;
    String on = branch;
    String by = monitor;
    return run ->
        Objects.equals(run.monitor(), by)
            && run.subject().environment().equals(where)
            && (on == null || on.equals(run.subject().branch()));
  }

  /** How many of them at most. */
  int limit() {
    return Math.max(1, limit);
  }
}
