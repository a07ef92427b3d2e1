package dev.assay.testkit;

import dev.assay.api.evidence.Artifact;
import dev.assay.api.evidence.Attempt;
import dev.assay.api.evidence.Event;
import dev.assay.api.evidence.Finding;
import dev.assay.api.evidence.Measured;
import dev.assay.api.evidence.Measurement;
import dev.assay.api.evidence.Outcome;
import dev.assay.api.ledger.Ledger.StoredArtifact;
import dev.assay.api.ledger.LedgerEntry;
import dev.assay.api.ledger.LedgerEntry.CheckClosed;
import dev.assay.api.ledger.LedgerEntry.CheckOpened;
import dev.assay.api.ledger.LedgerEntry.Ending;
import dev.assay.api.ledger.LedgerEntry.Judged;
import dev.assay.api.ledger.LedgerEntry.Planned;
import dev.assay.api.ledger.LedgerEntry.Recorded;
import dev.assay.api.ledger.LedgerEntry.RunClosed;
import dev.assay.api.ledger.LedgerEntry.RunOpened;
import dev.assay.api.ledger.LedgerEntry.RunResumed;
import dev.assay.api.plan.Subject;
import dev.assay.api.value.Unit;
import dev.assay.api.verdict.Decision;
import dev.assay.api.verdict.Reason;
import dev.assay.api.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Entries to fill a ledger with. */
public final class LedgerEntries {

  /** When everything here happened. */
  public static final Instant AT = Instant.parse("2026-03-01T12:00:00.123456789Z");

  private LedgerEntries() {}

  /** The begin of a run. */
  public static RunOpened opened() {
    return new RunOpened(
        AT,
        "shop",
        "a".repeat(64),
        new Subject("local", "0123abc", "main", true, null),
        Long.MIN_VALUE,
        "0.1.0",
        List.of(new Planned("smoke", "http", "b".repeat(64), 0)));
  }

  /** The end of a run. */
  public static RunClosed closed(Ending ending, Decision decision) {
    return new RunClosed(AT.plusSeconds(60), ending, decision);
  }

  /** A fact that no other number gives. */
  public static Recorded fact(long number) {
    return new Recorded(
        new Event("smoke", AT.plusNanos(number), "noted", "number " + number, Map.of()));
  }

  /** The fact that a file was kept. */
  public static Recorded kept(StoredArtifact artifact) {
    return new Recorded(
        new Artifact("smoke", AT, "page.html", "text/html", artifact.size(), artifact.sha256()));
  }

  /** A whole run in which every kind of entry and evidence occurs. */
  public static List<LedgerEntry> everyKind() {
    return List.of(
        opened(),
        new CheckOpened(AT, "smoke"),
        new Recorded(
            new Outcome(
                "smoke",
                AT,
                "suite \u00e4\u20ac\ud83d\ude00",
                "case \"quoted\"\n\u0000",
                List.of(
                    Attempt.failed(Duration.ofNanos(7), "Timeout", "too late", "at line 1"),
                    Attempt.passed(Duration.ofDays(400))),
                Map.of("file", "A.java", "module", "m"))),
        measured("seen", new Measured.Count(Long.MAX_VALUE)),
        measured("ratio", new Measured.Scalar(0.1)),
        measured("missing", new Measured.Scalar(Double.NaN)),
        measured("errors", new Measured.Proportion(1, 3)),
        measured("latency", new Measured.Distribution(2, "SGlzdG9ncmFt")),
        new Recorded(
            new Finding(
                "smoke",
                AT,
                "rule.id",
                Finding.Severity.INVALID,
                null,
                "a message",
                "fingerprint",
                Map.of())),
        fact(1),
        new Recorded(new Artifact("smoke", AT, "empty", "text/plain", 0, EMPTY_SHA256)),
        new CheckClosed(AT, "smoke", Ending.BROKEN, "ASSAY-HTTP-001 broken", Map.of("id", "7")),
        new RunResumed(AT),
        new CheckClosed(AT, "smoke", Ending.COMPLETED, null, Map.of()),
        new Judged("smoke", verdict()),
        closed(Ending.COMPLETED, Decision.FAIL));
  }

  /** SHA-256 of nothing. */
  public static final String EMPTY_SHA256 =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

  private static Recorded measured(String metric, Measured value) {
    return new Recorded(
        new Measurement(
            "smoke", metric, Unit.NONE, AT, AT.plusSeconds(1), Map.of("step", "get"), value));
  }

  private static Verdict verdict() {
    return new Verdict(
        Decision.FAIL,
        List.of(
            new Reason(
                Decision.FAIL,
                "latency.p95 < 150 ms",
                "latency.p95 was 200 ms.",
                Map.of("latency.p95", 200.5),
                List.of("0123456789abcdef"))),
        "c".repeat(64),
        "d".repeat(64));
  }
}
