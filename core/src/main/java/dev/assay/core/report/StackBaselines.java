package dev.assay.core.report;

import dev.assay.api.evidence.Artifact;
import dev.assay.api.ledger.Ledger;
import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.api.ledger.LedgerEntry;
import dev.assay.api.verdict.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the earlier run whose stacks a check's are compared with: the newest of the same
 * environment in which the same check, configured the same way, did not fail and recorded some; of
 * another commit if there is one among the last.
 */
final class StackBaselines {

  private static final int FARTHEST = 200;
  private static final int MOST_READ = 20;

  private final Ledger ledger;
  private final RunReport run;

  StackBaselines(Ledger ledger, RunReport run) {
    this.ledger = ledger;
    this.run = run;
  }

  /**
   * What was found.
   *
   * @param name the run, for people
   * @param artifacts those of the check in it
   */
  record Found(String name, List<Artifact> artifacts) {}

  Optional<Found> of(CheckReport check) {
    Found sameCommit = null;
    int read = 0;
    for (RunSummary summary :
        ledger.runs(FARTHEST, past -> Objects.equals(past.monitor(), run.summary().monitor()))) {
      if (!candidate(summary)) {
        continue;
      }
      if (++read > MOST_READ) {
        break;
      }
      Story story = new Story(check.id());
      ledger.read(summary.id(), stored -> story.add(stored.entry()));
      if (story.usable(check.digest())) {
        Found found = new Found(name(summary), story.artifacts);
        if (run.subject().commit() == null
            || !Objects.equals(summary.subject().commit(), run.subject().commit())) {
          return Optional.of(found);
        }
        sameCommit = sameCommit == null ? found : sameCommit;
      }
    }
    return Optional.ofNullable(sameCommit);
  }

  private boolean candidate(RunSummary summary) {
    return summary.closed() != null
        && summary.opened().isBefore(run.summary().opened())
        && summary.workspace().equals(run.summary().workspace())
        && summary.subject().environment().equals(run.subject().environment());
  }

  static String name(RunSummary summary) {
    String commit = summary.subject().commit();
    return commit == null
        ? "run " + summary.id()
        : "run "
            + summary.id()
            + " of commit "
            + Words.brief(commit)
            + (summary.subject().dirty() ? " with changes" : "");
  }

  /** What one run's entries say of one check. */
  private static final class Story {

    private final String check;
    private final List<Artifact> artifacts = new ArrayList<>();
    private @Nullable String digest;
    private @Nullable Decision decision;

    Story(String check) {
      this.check = check;
    }

    void add(LedgerEntry entry) {
      switch (entry) {
        case LedgerEntry.RunOpened opened ->
            opened.checks().stream()
                .filter(planned -> planned.id().equals(check))
                .forEach(planned -> digest = planned.digest());
        case LedgerEntry.CheckOpened opened -> {
          if (opened.check().equals(check)) {
            artifacts.clear();
          }
        }
        case LedgerEntry.Recorded recorded -> {
          if (recorded.evidence() instanceof Artifact artifact
              && artifact.check().equals(check)
              && Attached.stacks(artifact)) {
            artifacts.add(artifact);
          }
        }
        case LedgerEntry.Judged judged -> {
          if (judged.check().equals(check)) {
            decision = judged.verdict().decision();
          }
        }
        default -> {}
      }
    }

    boolean usable(String wanted) {
      return !artifacts.isEmpty()
          && wanted.equals(digest)
          && (decision == Decision.PASS || decision == Decision.INCONCLUSIVE);
    }
  }
}
