package dev.assay.core.report;

import dev.assay.api.evidence.Evidence;
import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.api.ledger.LedgerEntry;
import dev.assay.api.ledger.LedgerEntry.CheckClosed;
import dev.assay.api.ledger.LedgerEntry.CheckOpened;
import dev.assay.api.ledger.LedgerEntry.Judged;
import dev.assay.api.ledger.LedgerEntry.Planned;
import dev.assay.api.ledger.LedgerEntry.Recorded;
import dev.assay.api.ledger.LedgerEntry.RunClosed;
import dev.assay.api.ledger.LedgerEntry.RunErased;
import dev.assay.api.ledger.LedgerEntry.RunOpened;
import dev.assay.api.ledger.LedgerEntry.RunResumed;
import dev.assay.api.verdict.Decision;
import dev.assay.api.verdict.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Collects the entries of one run. Not for use by several threads. */
final class RunFold {

  private static final String SERVICE = "service:";

  private final Map<String, CheckFold> checks = new LinkedHashMap<>();
  private final Map<String, EvidenceFold> services = new TreeMap<>();
  private @Nullable RunOpened opened;
  private @Nullable RunClosed closed;
  private int resumed;
  private final EvidenceRoom room;

  /** Holds all evidence. */
  RunFold() {
    this(EvidenceRoom.ALL);
  }

  /**
   * Holds some of the outcomes, findings and events, and counts the others.
   *
   * @param most how many of each sort
   */
  RunFold(int most) {
    this.room = new EvidenceRoom(most);
  }

  void add(LedgerEntry entry) {
    switch (entry) {
      case RunOpened run -> {
        opened = run;
        run.checks().forEach(planned -> checks.put(planned.id(), new CheckFold(planned, room)));
      }
      case RunResumed _ -> {
        resumed++;
        closed = null;
      }
      case CheckOpened check -> check(check.check()).open(check.at());
      case Recorded recorded -> record(recorded.evidence());
      case CheckClosed check -> check(check.check()).closed = check;
      case Judged judged -> check(judged.check()).verdict = judged.verdict();
      case RunClosed run -> closed = run;
      case RunErased _ -> {
        // there is nothing left to show
      }
    }
  }

  private void record(Evidence evidence) {
    String owner = evidence.check();
    CheckFold check = checks.get(owner);
    if (check != null) {
      check.evidence.add(evidence);
    } else {
      services.computeIfAbsent(service(owner), _ -> new EvidenceFold(room)).add(evidence);
    }
  }

  /** What evidence is about that is of no check. */
  static String service(String owner) {
    return owner.startsWith(SERVICE) ? owner.substring(SERVICE.length()) : owner;
  }

  private CheckFold check(String id) {
    return checks.computeIfAbsent(id, _ -> new CheckFold(new Planned(id, "", "", 0), room));
  }

  RunReport report(RunSummary summary) {
    List<CheckReport> judged = new ArrayList<>();
    checks.values().forEach(check -> judged.add(check.report()));
    List<ServiceReport> processes = new ArrayList<>();
    services.forEach((name, fold) -> processes.add(new ServiceReport(name, fold.report())));
    RunOpened start = opened;
    RunClosed end = closed;
    return new RunReport(
        summary,
        start == null ? "" : start.version(),
        start == null ? 0 : start.seed(),
        end == null ? null : end.at(),
        end == null ? null : end.ending(),
        end == null ? Decision.NOT_RUN : end.decision(),
        resumed,
        judged,
        processes);
  }

  private static final class CheckFold {
    private final Planned planned;
    private final EvidenceRoom room;
    private EvidenceFold evidence;
    private @Nullable Instant opened;
    private @Nullable CheckClosed closed;
    private @Nullable Verdict verdict;

    CheckFold(Planned planned, EvidenceRoom room) {
      this.planned = planned;
      this.room = room;
      this.evidence = new EvidenceFold(room);
    }

    void open(Instant at) {
      opened = at;
      evidence.drop();
      evidence = new EvidenceFold(room);
      closed = null;
      verdict = null;
    }

    CheckReport report() {
      CheckClosed end = closed;
      return new CheckReport(
          planned.id(),
          planned.type(),
          planned.digest(),
          planned.stage(),
          opened,
          end == null ? null : end.at(),
          end == null ? null : end.ending(),
          end == null ? null : end.problem(),
          end == null ? List.of() : end.saved().keySet().stream().sorted().toList(),
          verdict,
          evidence.report());
    }
  }
}
