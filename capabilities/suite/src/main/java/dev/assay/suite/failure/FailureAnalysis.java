package dev.assay.suite.failure;

import dev.assay.api.evidence.Attempt.Result;
import dev.assay.api.evidence.Outcome;
import dev.assay.api.ledger.Ledger;
import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.suite.flaky.Classification;
import dev.assay.suite.flaky.FlakyClassifier;
import dev.assay.suite.git.CodeOwners;
import dev.assay.suite.git.Commit;
import dev.assay.suite.git.Git;
import dev.assay.suite.git.ProjectCode;
import dev.assay.suite.trace.Language;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Explains what failed in a run, with the ledger's other runs and the repository. Not thread-safe.
 */
public final class FailureAnalysis {

  private static final int MOST_RUNS = 100;
  private static final long MOST_OUTCOMES = 200_000;
  private static final int MOST_FAILURES = 2_000;
  private static final int MOST_DIAGNOSED = 30;
  private static final int MOST_SIMILAR = 3;
  private static final int ENOUGH_RUNS = 8;

  private final Ledger ledger;
  private final Path root;
  private final Optional<Git> git;
  private final ProjectCode code;
  private final Optional<CodeOwners> owners;
  private final IdentityHashMap<Outcome, Failure> read = new IdentityHashMap<>();

  /**
   * For a workspace.
   *
   * @param folder the workspace's folder
   */
  public FailureAnalysis(Ledger ledger, Path folder) {
    this.ledger = ledger;
    this.git = Git.at(folder);
    this.root = git.map(Git::root).orElse(folder);
    this.code = ProjectCode.in(folder, git);
    this.owners = CodeOwners.of(root);
  }

  /** Whether there is a repository to ask for commits. */
  public boolean knowsCommits() {
    return git.isPresent();
  }

  /** The project's files. */
  public ProjectCode code() {
    return code;
  }

  /** The folder that the paths of the code are relative to. */
  public Path root() {
    return root;
  }

  /**
   * Explains the failures of a run, the largest cluster first.
   *
   * @param only only this test; null for all that failed
   */
  public List<Diagnosis> of(RunSummary run, @Nullable TestId only) {
    return of(run, PastRun.read(ledger, run), only);
  }

  private List<Diagnosis> of(RunSummary run, PastRun now, @Nullable TestId only) {
    List<Failure> failures = new ArrayList<>();
    now.tests()
        .forEach((test, seen) -> {
          Outcome outcome = seen.outcome();
          if (outcome != null && seen.result().failure() && failures.size() < MOST_FAILURES) {
            failures.add(failure(outcome));
          }
        });
    if (failures.isEmpty()) {
      return List.of();
    }
    List<Cluster> clusters =
        Cluster.of(failures).stream()
            .filter(cluster -> only == null || cluster.tests().contains(only))
            .limit(MOST_DIAGNOSED)
            .toList();
    List<PastRun> past = PastRun.newest(ledger, run, MOST_RUNS, MOST_OUTCOMES);
    Suspects suspects = new Suspects(git);
    List<Failure> earlier = failuresOf(past);
    return clusters.stream()
        .map(cluster -> diagnose(cluster, now, past, earlier, suspects))
        .toList();
  }

  /** What an outcome that is a failure failed with. */
  public Failure failureOf(Outcome outcome) {
    return failure(outcome);
  }

  /** The command that runs a test alone, by an outcome of it; empty where it is not known. */
  public Optional<Steps.Command> command(TestId test, Outcome outcome) {
    Steps steps = new Steps(root, code);
    return outcome.attempts().stream().anyMatch(attempt -> attempt.result().failure())
        ? steps.command(failure(outcome))
        : steps.command(test, outcome.labels(), Language.UNKNOWN, "");
  }

  /**
   * How much likelier each commit broke a test than a commit of which nothing is known.
   *
   * @param failure what the test failed with; null where that is not known
   */
  public double[] weights(List<Commit> commits, @Nullable Failure failure) {
    return commits.stream()
        .mapToDouble(commit ->
            failure == null ? 1 : Suspects.weight(commit, failure, Map.of(), new ArrayList<>()))
        .toArray();
  }

  private Failure failure(Outcome outcome) {
    return read.computeIfAbsent(outcome, one -> Failure.of(one, code));
  }

  /** The failures of earlier runs, each test and fingerprint once, the newest. */
  private List<Failure> failuresOf(List<PastRun> past) {
    Map<String, Failure> newest = new LinkedHashMap<>();
    for (PastRun run : past.reversed()) {
      run.tests()
          .forEach((test, seen) -> {
            Outcome outcome = seen.outcome();
            if (outcome != null && seen.result().failure() && newest.size() < MOST_FAILURES) {
              Failure failure = failure(outcome);
              newest.putIfAbsent(test + "\n" + failure.fingerprint(), failure);
            }
          });
    }
    return List.copyOf(newest.values());
  }

  private Diagnosis diagnose(
      Cluster cluster, PastRun now, List<PastRun> past, List<Failure> earlier, Suspects suspects) {
    // the test that began to fail last has the shortest list of suspects
    Failure first = cluster.example();
    Since since = Since.of(first.test(), now.run(), past);
    for (Failure failure : cluster.failures().stream().limit(50).toList()) {
      Since of = Since.of(failure.test(), now.run(), past);
      boolean later = of.lastPass() != null && of.failures() < since.failures();
      if (later || since.lastPass() == null && of.lastPass() != null) {
        since = of;
        first = failure;
      }
    }
    List<PastRun> all = new ArrayList<>(past);
    all.add(now);
    Classification flakiness = FlakyClassifier.classify(Histories.of(first.test(), all));
    Suspects.Found found = suspects.of(cluster.example(), since);
    return new Diagnosis(
        cluster,
        since,
        since.text(),
        owner(cluster.example()),
        found.suspects(),
        found.note(),
        similar(cluster, now, past, earlier, suspects),
        new Steps(root, code).command(first),
        Suggestions.of(cluster.example(), code),
        tells(first.test(), all, since) ? flakiness : null);
  }

  /** Whether there is enough of a past to say more than what is thought of any test. */
  private static boolean tells(TestId test, List<PastRun> runs, Since since) {
    long known = runs.stream().filter(run -> run.tests().containsKey(test)).count();
    return known >= ENOUGH_RUNS || since.sameCode();
  }

  private Optional<CodeOwners.Owners> owner(Failure failure) {
    return owners.flatMap(rules ->
        failure.place().map(Placed::path).filter(path -> !path.isEmpty()).flatMap(rules::of));
  }

  // ---- the past

  private List<Similar> similar(
      Cluster cluster, PastRun now, List<PastRun> past, List<Failure> earlier, Suspects suspects) {
    List<Similar> similar = new ArrayList<>();
    List<String> prints = cluster.failures().stream().map(Failure::fingerprint).distinct().toList();
    for (Failure failure : earlier) {
      boolean same = prints.contains(failure.fingerprint());
      boolean like = same || Cluster.of(List.of(cluster.example(), failure)).size() == 1;
      if (like) {
        ended(failure, same, now, past, suspects).ifPresent(similar::add);
      }
    }
    similar.sort(
        Comparator.comparing((Similar one) -> one.mendedBy().isEmpty())
            .thenComparing(one -> !one.same()));
    return similar.stream().limit(MOST_SIMILAR).toList();
  }

  /** The failure as a story that is over; empty where it goes on into the run of now. */
  private Optional<Similar> ended(
      Failure failure, boolean same, PastRun now, List<PastRun> past, Suspects suspects) {
    PastRun red = null;
    PastRun green = null;
    for (PastRun run : past) {
      PastRun.Seen seen = run.sameEnvironment(now.run()) ? run.tests().get(failure.test()) : null;
      if (seen == null || seen.result() == Result.SKIPPED) {
        continue;
      }
      Outcome outcome = seen.outcome();
      if (seen.result().failure()) {
        boolean thisOne =
            outcome != null && failure(outcome).fingerprint().equals(failure.fingerprint());
        if (thisOne) {
          red = run;
          green = null;
        }
      } else if (red != null && green == null) {
        green = run;
      }
    }
    if (red == null || green == null) {
      return Optional.empty();
    }
    String from = red.run().subject().commit();
    String to = green.run().subject().commit();
    boolean unchanged =
        from != null && from.equals(to) && red.commit() != null && green.commit() != null;
    return Optional.of(
        new Similar(
            failure.test(),
            red.run().id(),
            failure.title(),
            same,
            green.run().id(),
            from == null || to == null ? List.of() : suspects.mending(from, to, failure),
            unchanged));
  }
}
