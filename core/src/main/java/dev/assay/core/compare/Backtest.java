package dev.assay.core.compare;

import dev.assay.api.evidence.Evidence;
import dev.assay.api.ledger.Ledger;
import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.api.ledger.LedgerEntry.Ending;
import dev.assay.api.plan.CheckPlan;
import dev.assay.api.plan.Expectation;
import dev.assay.api.plan.Plan;
import dev.assay.api.spi.ServiceObserver;
import dev.assay.api.verdict.Decision;
import dev.assay.api.verdict.Reason;
import dev.assay.api.verdict.Verdict;
import dev.assay.core.judge.Case;
import dev.assay.core.judge.Judge;
import dev.assay.core.judge.Policy;
import dev.assay.core.judge.Rounds;
import dev.assay.core.parse.CheckMetrics;
import dev.assay.core.parse.IncidentFile.Incident;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Replays a policy over the runs of a ledger: what it would have decided of each, had it been the
 * policy then. The judge is a pure function, so that is what it would have been, to the byte;
 * baselines are those that the policy itself would have had. For one use, by one thread.
 */
public final class Backtest {

  /** How many runs back a baseline is looked for. */
  private static final int FARTHEST = 80;

  private final Plan policy;
  private final Collection<? extends ServiceObserver<?>> observers;
  private final Map<String, Lane> lanes = new LinkedHashMap<>();
  private final Set<String> otherTypes = new LinkedHashSet<>();

  /** One check over all runs, which knows nothing of the other checks; for a thread at a time. */
  private record Lane(Judge judge, Deque<Past> pasts) {}

  /** A check of a run that is to be judged. */
  private record Due(CheckPlan<?> check, StoredCheck stored, Lane lane) {}

  /** What the policy made of a check in an earlier run. */
  private record Past(RunSummary run, String digest, List<Evidence> evidence) {}

  /**
   * Of a policy.
   *
   * @param policy a workspace, of which the expectations count
   */
  public Backtest(Plan policy, Collection<? extends ServiceObserver<?>> observers) {
    this.policy = policy;
    this.observers = observers;
    for (CheckPlan<?> check : policy.checks()) {
      lanes.put(check.id(), new Lane(Judge.remembering(), new ArrayDeque<>()));
    }
  }

  /**
   * One run, judged again. Immutable.
   *
   * @param run the run
   * @param decision what the policy says of it
   * @param reason the gravest reason against it, with its check; empty where it passes
   * @param took how long the checks took that the policy has
   * @param incidents what it caused
   */
  public record Release(
      RunSummary run, Decision decision, String reason, Duration took, List<Incident> incidents) {
    /** Copies the list. */
    public Release {
      incidents = List.copyOf(incidents);
    }

    /** Whether the policy would have kept it back. */
    public boolean stopped() {
      return decision != Decision.PASS;
    }

    /** Whether it should have been kept back. */
    public boolean bad() {
      return !incidents.isEmpty();
    }
  }

  /**
   * What came out. Immutable.
   *
   * @param releases oldest first
   * @param unmatched incidents that belong to no run
   * @param notes what was not replayed, and why
   */
  public record Result(List<Release> releases, List<Incident> unmatched, List<String> notes) {
    /** Copies the lists. */
    public Result {
      releases = List.copyOf(releases);
      unmatched = List.copyOf(unmatched);
      notes = List.copyOf(notes);
    }

    /** How many it would have stopped. */
    public long stopped() {
      return releases.stream().filter(Release::stopped).count();
    }

    /** How many caused incidents. */
    public long bad() {
      return releases.stream().filter(Release::bad).count();
    }

    /** How many of those it would have stopped. */
    public long caught() {
      return releases.stream().filter(release -> release.bad() && release.stopped()).count();
    }

    /** How long all checks took. */
    public Duration took() {
      return releases.stream().map(Release::took).reduce(Duration.ZERO, Duration::plus);
    }

    /** How long the incidents lasted that it would have spared. */
    public Duration spared() {
      return releases.stream()
          .filter(Release::stopped)
          .flatMap(release -> release.incidents().stream())
          .map(Incident::lasted)
          .reduce(Duration.ZERO, Duration::plus);
    }
  }

  /**
   * Replays.
   *
   * @param runs oldest first, of one environment, each ended
   */
  public Result replay(Ledger ledger, List<RunSummary> runs, List<Incident> incidents) {
    List<Incident> unmatched = new ArrayList<>();
    Map<String, List<Incident>> caused = caused(runs, incidents, unmatched);
    List<Release> releases = new ArrayList<>();
    Set<String> seen = new LinkedHashSet<>();
    try (ReadAhead ahead = new ReadAhead(ledger, runs)) {
      for (RunSummary run : runs) {
        Map<String, StoredCheck> checks = ahead.next();
        seen.addAll(checks.keySet());
        Release release = release(run, checks, caused.getOrDefault(run.id(), List.of()));
        if (release != null) {
          releases.add(release);
        }
      }
    }
    return new Result(releases, unmatched, notes(seen, runs.size() - releases.size()));
  }

  private List<String> notes(Set<String> seen, int without) {
    List<String> notes = new ArrayList<>();
    policy.checks().stream()
        .map(CheckPlan::id)
        .filter(id -> !seen.contains(id))
        .forEach(id -> notes.add("No run had the check '" + id + "'."));
    otherTypes.forEach(id -> notes.add("'" + id + "' was of another type in some runs."));
    if (without > 0) {
      notes.add(without + " runs had none of the policy's checks and are left out.");
    }
    return notes;
  }

  private @Nullable Release release(
      RunSummary run, Map<String, StoredCheck> checks, List<Incident> incidents) {
    List<Due> all = due(checks);
    Duration took = Duration.ZERO;
    Decision decision = Decision.PASS;
    String why = "";
    // as many at once as there are processors; what comes out does not depend on it
    List<Verdict> verdicts = all.parallelStream().map(each -> judged(run, each)).toList();
    for (int i = 0; i < all.size(); i++) {
      Verdict verdict = verdicts.get(i);
      took = took.plus(all.get(i).stored().took());
      Decision both = Decision.combine(List.of(decision, verdict.decision()));
      if (both != decision || why.isEmpty() && verdict.decision() != Decision.PASS) {
        why = all.get(i).check().id() + ": " + against(verdict);
      }
      decision = both;
    }
    return all.isEmpty() ? null : new Release(run, decision, why, took, incidents);
  }

  private List<Due> due(Map<String, StoredCheck> checks) {
    List<Due> due = new ArrayList<>();
    for (CheckPlan<?> check : policy.checks()) {
      StoredCheck stored = checks.get(check.id());
      Lane lane = lanes.get(check.id());
      if (stored != null && !stored.type().equals(check.type().name())) {
        otherTypes.add(check.id());
      } else if (stored != null && lane != null) {
        due.add(new Due(check, stored, lane));
      }
    }
    return due;
  }

  private static String against(Verdict verdict) {
    return verdict.reasons().stream()
        .filter(reason -> reason.decision() != Decision.PASS)
        .map(Reason::sentence)
        .findFirst()
        .orElse(verdict.decision().word());
  }

  private Verdict judged(RunSummary run, Due due) {
    CheckPlan<?> check = due.check();
    StoredCheck stored = due.stored();
    Policy asked =
        new Policy(check.id(), CheckMetrics.of(check.type(), observers), check.expectations());
    Case given =
        new Case(
            Objects.requireNonNullElse(stored.ending(), Ending.BROKEN),
            stored.ending() == null ? "the run was interrupted" : stored.problem(),
            stored.evidence(),
            0,
            null,
            baselines(run, due));
    Verdict verdict = due.lane().judge().judge(asked, given);
    if (BaselineChoice.usable(verdict)) {
      Deque<Past> past = due.lane().pasts();
      past.addFirst(new Past(run, stored.digest(), Rounds.of(stored.evidence()).first()));
      if (past.size() > FARTHEST) {
        past.removeLast();
      }
    }
    return verdict;
  }

  private static Map<String, Case.Baseline> baselines(RunSummary run, Due due) {
    Map<String, Case.Baseline> found = new LinkedHashMap<>();
    for (Expectation expectation : due.check().expectations()) {
      if (expectation.rule() instanceof Expectation.NoWorseThan rule) {
        List<Past> named =
            due.lane().pasts().stream()
                .filter(past ->
                    past.digest.equals(due.stored().digest())
                        && BaselineChoice.named(
                            past.run, run.subject().environment(), rule.baseline()))
                .limit(BaselineChoice.HISTORY)
                .toList();
        if (!named.isEmpty()) {
          found.put(
              rule.baseline(),
              new Case.Baseline(
                  named.getFirst().run.id(),
                  named.getFirst().evidence,
                  named.reversed().stream().map(Past::evidence).toList()));
        }
      }
    }
    return found;
  }

  /** By run: that of the incident's commit, else the last that ended before it began. */
  private static Map<String, List<Incident>> caused(
      List<RunSummary> runs, List<Incident> incidents, List<Incident> unmatched) {
    Map<String, List<Incident>> caused = new LinkedHashMap<>();
    for (Incident incident : incidents) {
      RunSummary culprit = null;
      for (RunSummary run : runs) {
        culprit = causes(run, incident) ? run : culprit;
      }
      if (culprit == null) {
        unmatched.add(incident);
      } else {
        caused.computeIfAbsent(culprit.id(), _ -> new ArrayList<>()).add(incident);
      }
    }
    return caused;
  }

  private static boolean causes(RunSummary run, Incident incident) {
    String commit = incident.commit();
    if (commit != null) {
      return Objects.requireNonNullElse(run.subject().commit(), "").startsWith(commit);
    }
    return incident.at() != null
        && run.closed() != null
        && !Objects.requireNonNull(run.closed()).isAfter(incident.at());
  }
}
