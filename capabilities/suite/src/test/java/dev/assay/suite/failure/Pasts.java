package dev.assay.suite.failure;

import dev.assay.api.evidence.Attempt;
import dev.assay.api.evidence.Outcome;
import dev.assay.api.ledger.Ledger;
import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.api.ledger.LedgerEntry;
import dev.assay.api.plan.Subject;
import dev.assay.api.verdict.Decision;
import dev.assay.store.MemoryLedger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A ledger with runs of tests, for tests. */
public final class Pasts {

  private final Ledger ledger;
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private int runs;

  public Pasts(Path folder) {
    this.ledger = new MemoryLedger(folder);
  }

  public Ledger ledger() {
    return ledger;
  }

  /** A test that passed. */
  public static Outcome passed(String suite, String name) {
    return outcome(suite, name, Attempt.passed(Duration.ofMillis(10)));
  }

  /** A test that failed. */
  public static Outcome failed(
      String suite, String name, String type, String message, String detail) {
    return outcome(suite, name, Attempt.failed(Duration.ofMillis(10), type, message, detail));
  }

  public static Outcome outcome(String suite, String name, Attempt... attempts) {
    return new Outcome(
        "unit",
        Instant.EPOCH,
        suite,
        name,
        List.of(attempts),
        Map.of("report", "target/surefire-reports/TEST-" + suite + ".xml"));
  }

  /** A run that ended, an hour after the one before. */
  public RunSummary run(@Nullable String commit, Outcome... outcomes) {
    String id = String.format("run-%03d", ++runs);
    now = now.plus(Duration.ofHours(1));
    boolean failed = List.of(outcomes).stream().anyMatch(outcome -> outcome.result().failure());
    List<LedgerEntry> entries = new ArrayList<>();
    entries.add(
        new LedgerEntry.RunOpened(
            now,
            "shop",
            "0".repeat(64),
            new Subject("local", commit, "main", false, null),
            1,
            "test",
            List.of(new LedgerEntry.Planned("unit", "suite", "d", 0))));
    entries.add(new LedgerEntry.CheckOpened(now, "unit"));
    List.of(outcomes).forEach(outcome -> entries.add(new LedgerEntry.Recorded(outcome)));
    entries.add(
        new LedgerEntry.CheckClosed(now, "unit", LedgerEntry.Ending.COMPLETED, null, Map.of()));
    entries.add(
        new LedgerEntry.RunClosed(
            now.plusSeconds(60),
            LedgerEntry.Ending.COMPLETED,
            failed ? Decision.FAIL : Decision.PASS));
    entries.forEach(entry -> ledger.append(id, entry).join());
    return ledger.find(id).orElseThrow();
  }
}
