package dev.assay.cli;

import dev.assay.api.evidence.Attempt;
import dev.assay.api.evidence.Measured;
import dev.assay.api.evidence.Measurement;
import dev.assay.api.evidence.Outcome;
import dev.assay.api.ledger.Ledger.Receipt;
import dev.assay.api.ledger.LedgerEntry;
import dev.assay.api.ledger.LedgerEntry.CheckClosed;
import dev.assay.api.ledger.LedgerEntry.CheckOpened;
import dev.assay.api.ledger.LedgerEntry.Ending;
import dev.assay.api.ledger.LedgerEntry.Judged;
import dev.assay.api.ledger.LedgerEntry.Planned;
import dev.assay.api.ledger.LedgerEntry.Recorded;
import dev.assay.api.ledger.LedgerEntry.RunClosed;
import dev.assay.api.ledger.LedgerEntry.RunOpened;
import dev.assay.api.plan.Subject;
import dev.assay.api.value.Unit;
import dev.assay.api.verdict.Decision;
import dev.assay.api.verdict.Reason;
import dev.assay.api.verdict.Verdict;
import dev.assay.store.SqliteLedger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * How long pages take on many runs, and on one run of many outcomes: {@code Pages ASSAY FOLDER RUNS
 * OUTCOMES}. The runs are written with the ledger itself, before the server starts. Ends with 1
 * where a goal is missed.
 */
final class Pages {

  private static final int CHECKS = 5;
  private static final int TESTS = 4;
  private static final Duration APART = Duration.ofMinutes(10);

  private final SqliteLedger ledger;
  private final Instant first;
  private final List<CompletableFuture<Receipt>> waiting = new ArrayList<>();

  /** Of runs of which the last begins a little before now. */
  private Pages(SqliteLedger ledger, int runs) {
    this.ledger = ledger;
    this.first = Instant.now().minus(APART.multipliedBy(runs + 1));
  }

  private Instant begin(int number) {
    return first.plus(APART.multipliedBy(number));
  }

  public static void main(String[] arguments) throws Exception {
    Path assay = Path.of(arguments[0]);
    Path folder = Path.of(arguments[1]);
    int runs = Integer.parseInt(arguments[2]);
    int outcomes = Integer.parseInt(arguments[3]);
    Served.key(assay, folder);
    write(folder, runs, outcomes);
    boolean met;
    try (Served served = Served.start(assay, folder)) {
      long asked = System.nanoTime();
      served.get("/projects/shop");
      System.out.printf("very first page after %.0f ms%n", (System.nanoTime() - asked) / 1e6);
      served.get("/projects/shop/checks");
      met = served.page("the same, while runs are read", "/projects/shop", 100, 100_000);
      while (served.figure("assay_runs_unread") > 0) {
        Thread.sleep(200);
      }
      System.out.printf(
          "all read for the pages %.1f s later, %.1f CPU s, %d MB at the most%n",
          (System.nanoTime() - asked) / 1e9,
          served.cpu().toMillis() / 1e3,
          served.memory("VmHWM"));
      met &= all(served, runs, outcomes);
      System.out.printf("%d MB at the most%n", served.memory("VmHWM"));
    }
    System.exit(met ? 0 : 1);
  }

  private static void write(Path folder, int runs, int outcomes) {
    long began = System.nanoTime();
    try (SqliteLedger ledger =
        SqliteLedger.open(folder.resolve("projects/shop"), SqliteLedger.Mode.READ_WRITE)) {
      if (ledger.find("big").isPresent()) {
        return; // KEEP: they were written before
      }
      Pages pages = new Pages(ledger, runs);
      for (int i = 0; i < runs; i++) {
        pages.small(i);
      }
      pages.big(runs, outcomes);
      pages.settle();
    }
    System.out.printf(
        "%d runs and %d outcomes written after %.1f s%n",
        runs, outcomes, (System.nanoTime() - began) / 1e9);
  }

  private static boolean all(Served served, int runs, int outcomes) throws Exception {
    String shop = "/projects/shop";
    String big = shop + "/runs/big";
    boolean met = served.page("first page of " + runs + " runs", shop, 100, 100_000);
    met &= served.page("the projects", "/", 100, 100_000);
    met &= served.page("runs looked for by text", shop + "?text=r99", 100, 100_000);
    met &= served.page("runs that failed", shop + "?decision=fail", 100, 100_000);
    met &= served.page("runs that stopped in the second stage", shop + "?stage=2", 100, 100_000);
    met &= served.page("a page far down", shop + "?before=r" + runs / 2, 100, 100_000);
    met &= served.page("a small run", shop + "/runs/r" + runs / 2, 300, 300_000);
    met &= served.page("its overview of 90 days", shop + "/overview?days=90", 300, 300_000);
    met &= served.page("checks", shop + "/checks", 300, 300_000);
    met &= served.page("one check through its runs", shop + "/check?id=check-1", 300, 500_000);
    met &= served.page("failures", shop + "/failures", 300, 300_000);
    met &= served.page("tests", shop + "/tests", 300, 300_000);
    met &= served.page("a run of " + outcomes + " outcomes", big, 300, 300_000);
    met &= served.page("its passed ones", big + "?result=passed", 300, 300_000);
    met &= served.page("those of one check", big + "?check=check-4", 300, 300_000);
    met &= served.page("a later page of them", big + "?before=3-" + outcomes / 2, 300, 300_000);
    met &= served.page("by a name that one has", big + "?text=case" + (outcomes - 7), 300, 300_000);
    met &= served.page("by a name that none has", big + "?text=nothing", 300, 300_000);
    return met;
  }

  private void small(int number) {
    String run = "r" + number;
    Instant at = begin(number);
    boolean fails = number % 10 == 9;
    open(run, at, number);
    for (int check = 0; check < CHECKS; check++) {
      String id = "check-" + check;
      append(run, new CheckOpened(at, id));
      for (int test = 0; test < TESTS; test++) {
        append(run, new Recorded(outcome(id, at, check * TESTS + test, fails && check == 3)));
      }
      append(
          run,
          new Recorded(
              new Measurement(
                  id,
                  "pages",
                  Unit.NONE,
                  at,
                  at.plusSeconds(1),
                  Map.of(),
                  new Measured.Scalar(number % 97))));
      close(run, at.plusSeconds(10 + number % 13), id, fails && check == 3);
    }
    append(run, end(at.plusSeconds(20 + number % 13), fails));
  }

  private void big(int number, int outcomes) {
    Instant at = begin(number);
    open("big", at, number);
    for (int check = 0; check < CHECKS; check++) {
      append("big", new CheckOpened(at, "check-" + check));
    }
    for (int i = 0; i < outcomes; i++) {
      // the last check has few of them
      String check = i % 10_000 == 17 ? "check-4" : "check-" + i % (CHECKS - 1);
      append("big", new Recorded(outcome(check, at, i, i % 5_000 == 4_999)));
    }
    for (int check = 0; check < CHECKS; check++) {
      close("big", at.plusSeconds(60), "check-" + check, true);
    }
    append("big", end(at.plusSeconds(90), true));
  }

  private static Outcome outcome(String check, Instant at, int number, boolean fails) {
    return new Outcome(
        check,
        at,
        "shop.Suite" + number / 1_000 + "Test",
        "case" + number,
        List.of(
            fails
                ? Attempt.failed(
                    Duration.ofMillis(2),
                    "java.lang.AssertionError",
                    "expected 3 but was " + number % 7,
                    "at shop.Suite.check(Suite.java:7)")
                : Attempt.passed(Duration.ofMillis(1 + number % 50))),
        Map.of());
  }

  private void open(String run, Instant at, int number) {
    List<Planned> planned = new ArrayList<>();
    for (int check = 0; check < CHECKS; check++) {
      planned.add(new Planned("check-" + check, "suite", "b".repeat(64), check / 2));
    }
    append(
        run,
        new RunOpened(
            at,
            "shop",
            "a".repeat(64),
            new Subject(
                "local",
                String.format("%040x", number),
                number % 3 == 0 ? "main" : "topic-" + number % 50,
                false,
                null),
            1,
            "bench",
            planned));
  }

  private void close(String run, Instant at, String check, boolean fails) {
    append(run, new CheckClosed(at, check, Ending.COMPLETED, null, Map.of()));
    Decision decision = fails ? Decision.FAIL : Decision.PASS;
    append(
        run,
        new Judged(
            check,
            new Verdict(
                decision,
                List.of(
                    new Reason(
                        decision,
                        "failed = 0",
                        fails ? "failed is 4, expected = 0" : "failed is 0, as expected",
                        Map.of("failed", fails ? 4.0 : 0.0),
                        List.of())),
                "c".repeat(64),
                "d".repeat(64))));
  }

  private static RunClosed end(Instant at, boolean fails) {
    return new RunClosed(at, Ending.COMPLETED, fails ? Decision.FAIL : Decision.PASS);
  }

  private void append(String run, LedgerEntry entry) {
    waiting.add(ledger.append(run, entry));
    if (waiting.size() == 100_000) {
      settle();
    }
  }

  private void settle() {
    waiting.forEach(CompletableFuture::join);
    waiting.clear();
  }
}
