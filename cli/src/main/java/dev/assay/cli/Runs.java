package dev.assay.cli;

import dev.assay.api.ledger.Ledger;
import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.api.problem.Where;
import java.util.List;

/** Finds runs as people name them. */
final class Runs {

  private Runs() {}

  /** The run of that id, of that unique beginning of an id, or the newest for {@code latest}. */
  static RunSummary find(Ledger ledger, String name) {
    if (name.equals("latest")) {
      List<RunSummary> newest = ledger.runs(1);
      if (newest.isEmpty()) {
        throw CliProblems.NO_RUN.failure(
            Where.named("the ledger"),
            "there is no run yet",
            "run the workspace first, with `assay run`");
      }
      return newest.getFirst();
    }
    return ledger
        .find(name)
        .orElseThrow(() ->
            CliProblems.NO_RUN.failure(
                Where.named("the ledger"),
                "no run, or more than one, begins with '" + name + "'",
                "give more of its id; `assay ledger list` shows the runs"));
  }
}
