package dev.assay.server.facts;

import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.core.compare.BaselineChoice;
import dev.assay.core.compare.ComparedRuns;
import dev.assay.core.compare.RunsComparison;
import dev.assay.server.Refusal;
import dev.assay.server.project.Project;
import dev.assay.server.project.ProjectRuns;
import dev.assay.server.project.Projects;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;

/** Compares runs, as {@code assay compare} does. Thread-safe; one comparison at a time. */
@Component
public final class ComparedSides {

  /** What is compared is held in memory. */
  private static final long MOST_ENTRIES = 500_000;

  private static final int MOST_RUNS = 20;

  private final Projects projects;
  private final ProjectFacts facts;
  private final java.util.concurrent.locks.ReentrantLock one =
      new java.util.concurrent.locks.ReentrantLock();

  /** Made by Spring. */
  ComparedSides(Projects projects, ProjectFacts facts) {
    this.projects = projects;
    this.facts = facts;
  }

  /**
   * Compares.
   *
   * @param candidate ids of runs
   * @param baseline ids of others
   */
  public ComparedRuns of(Project project, List<String> candidate, List<String> baseline) {
    ProjectRuns runs = projects.runs(project);
    List<RunSummary> after = found(runs, candidate);
    List<RunSummary> before = found(runs, baseline);
    if (candidate.stream().anyMatch(baseline::contains)) {
      throw refused(
          "a run cannot be compared with itself", "choose another run to compare it with");
    }
    long entries =
        Stream.concat(after.stream(), before.stream()).mapToLong(RunSummary::entries).sum();
    if (entries > MOST_ENTRIES) {
      throw refused(
          "these runs have " + entries + " entries, and the server compares up to " + MOST_ENTRIES,
          "run 'assay compare' beside their ledger");
    }
    one.lock();
    try {
      return new RunsComparison(runs.ledger(), facts.catalog(), RunsComparison.Wanted.ALL)
          .compare(before, after, order(before, after));
    } finally {
      one.unlock();
    }
  }

  private static Refusal refused(String what, String mend) {
    return new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, what, mend);
  }

  private static List<RunSummary> found(ProjectRuns runs, List<String> ids) {
    if (ids.isEmpty() || ids.size() > MOST_RUNS) {
      throw refused(
          "one side has " + ids.size() + " runs", "name 1 to " + MOST_RUNS + " runs on each side");
    }
    List<RunSummary> found = new ArrayList<>();
    for (String id : ids) {
      RunSummary run =
          runs.find(id)
              .orElseThrow(() ->
                  new ResponseStatusException(
                      HttpStatus.NOT_FOUND, "there is no run '" + id + "'"));
      if (run.closed() == null) {
        throw refused("run " + id + " has not ended", "wait until it has, or choose another");
      }
      found.add(run);
    }
    found.sort(java.util.Comparator.comparing(RunSummary::opened));
    return found;
  }

  /** Runs that were made as pairs of one comparison are still pairs later. */
  private static String order(List<RunSummary> before, List<RunSummary> after) {
    List<String> pairs =
        Stream.concat(before.stream(), after.stream())
            .map(run -> run.labels().getOrDefault(BaselineChoice.PAIR, "").replaceAll("/.*", ""))
            .distinct()
            .toList();
    return pairs.size() == 1 && !pairs.getFirst().isEmpty()
        ? RunsComparison.order(before, after)
        : "";
  }
}
