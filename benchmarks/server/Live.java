package dev.assay.cli;

import dev.assay.api.evidence.Attempt;
import dev.assay.api.evidence.Event;
import dev.assay.api.evidence.Measured;
import dev.assay.api.evidence.Measurement;
import dev.assay.api.evidence.Outcome;
import dev.assay.api.ledger.Ledger;
import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.api.ledger.LedgerEntry;
import dev.assay.api.ledger.LedgerEntry.CheckClosed;
import dev.assay.api.ledger.LedgerEntry.CheckOpened;
import dev.assay.api.ledger.LedgerEntry.Ending;
import dev.assay.api.ledger.LedgerEntry.Planned;
import dev.assay.api.ledger.LedgerEntry.Recorded;
import dev.assay.api.ledger.LedgerEntry.RunClosed;
import dev.assay.api.ledger.LedgerEntry.RunOpened;
import dev.assay.api.plan.Subject;
import dev.assay.api.value.Unit;
import dev.assay.api.verdict.Decision;
import dev.assay.store.MemoryLedger;
import dev.assay.store.SqliteLedger;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Runs that go on while people watch: {@code Live ASSAY FOLDER SECONDS VIEWERS RUNS ITEMS}. Each
 * run is sent by the client that {@code assay run --server} has, {@code assay run} itself brings the
 * viewers and asks for pages beside them. At the end the entries are counted: those that were sent,
 * those that the server acknowledged, those in its ledger. Ends with 1 where a goal is missed.
 */
final class Live {

  private static final int BATCH = 500;
  private static final long WARM_UP_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final int MOST_MEMORY_MB = 600;

  private final String server;
  private final String key;
  private final int items;
  private final AtomicBoolean watched = new AtomicBoolean();
  private final Path nothing;
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong late = new AtomicLong();
  private final AtomicLong retries = new AtomicLong();

  private Live(String server, String key, int items, Path nothing) {
    this.nothing = nothing;
    this.server = server;
    this.key = key;
    this.items = items;
  }

  public static void main(String[] arguments) throws Exception {
    Path assay = Path.of(arguments[0]);
    Path folder = Path.of(arguments[1]);
    int seconds = Integer.parseInt(arguments[2]);
    int viewers = Integer.parseInt(arguments[3]);
    int runs = Integer.parseInt(arguments[4]);
    int items = Integer.parseInt(arguments[5]);
    String key = Served.key(assay, folder);
    long[] acknowledged = new long[runs];
    boolean met = true;
    long all;
    try (Served served = Served.start(assay, folder)) {
      Live live =
          new Live(
              served.address,
              key,
              items / runs,
              folder.resolveSibling("nothing"));
      List<Thread> senders = new ArrayList<>();
      long began = System.nanoTime();
      Duration cpu = served.cpu();
      CountDownLatch begun = new CountDownLatch(runs);
      for (int i = 0; i < runs; i++) {
        int number = i;
        // as runs begin: one after another, on a server that has just started
        long first = began + i * WARM_UP_NANOS / runs;
        senders.add(
            Thread.ofPlatform().start(() -> acknowledged[number] = live.send(number, first, begun)));
      }
      if (!begun.await(5 * WARM_UP_NANOS, TimeUnit.NANOSECONDS)) {
        throw new IllegalStateException(begun.getCount() + " runs could not be begun");
      }
      long warm = System.nanoTime();
      long before = live.sent.get();
      live.late.set(0);
      AtomicBoolean over = new AtomicBoolean();
      Thread sampler = Thread.ofVirtual().start(() -> live.sample(served, over));
      Path workspace = Files.createDirectories(folder.resolveSibling("viewers"));
      Files.writeString(
          workspace.resolve("assay.yaml"), workspace(workspace, served, viewers, runs, seconds));
      Process watching =
          new ProcessBuilder(assay.toString(), "run", "--plain")
              .directory(workspace.toFile())
              .redirectErrorStream(true)
              .start();
      String told =
          new String(watching.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int exit = watching.waitFor();
      live.watched.set(true);
      double measured = (System.nanoTime() - warm) / 1e9;
      long meanwhile = live.sent.get() - before;
      for (Thread sender : senders) {
        sender.join();
      }
      over.set(true);
      sampler.join();
      double took = (System.nanoTime() - began) / 1e9;
      System.out.println(told);
      all = live.sent.get();
      System.out.printf(
          "%d entries sent in %.0f s; %.0f a second while all %d runs went on (%.0f s, wanted: %d);"
              + " then at the most %.1f s late, %d requests sent again%n",
          all,
          took,
          meanwhile / measured,
          runs,
          measured,
          items,
          live.late.get() / 1e3,
          live.retries.get());
      System.out.printf(
          "server: %.1f CPU s of %.0f s, %.1f µs an entry; %d MB now, %d MB at the most%n",
          served.cpu().minus(cpu).toMillis() / 1e3,
          took,
          served.cpu().minus(cpu).toNanos() / 1e3 / all,
          served.memory("VmRSS"),
          served.memory("VmHWM"));
      met &= goal("p99 of a page under 500 ms, while " + viewers + " watch", exit == 0);
      met &= goal("the rate was kept (1 s late at the most)", live.late.get() <= 1_000);
      met &=
          goal(
              "bounded memory (" + MOST_MEMORY_MB + " MB)",
              served.memory("VmHWM") < MOST_MEMORY_MB);
    }
    met &= goal("nothing lost", counted(folder, acknowledged, all));
    System.exit(met ? 0 : 1);
  }

  private static boolean goal(String what, boolean met) {
    System.out.printf("%-60s %s%n", what, met ? "met" : "MISSED");
    return met;
  }

  private static String workspace(
      Path workspace, Served served, int viewers, int runs, int seconds) throws IOException {
    StringBuilder csv = new StringBuilder("run\n");
    for (int i = 0; i < runs; i++) {
      csv.append("live-").append(i).append('\n');
    }
    Files.writeString(workspace.resolve("runs.csv"), csv);
    return """
        workspace: viewers
        environments:
          local: { url: "%s" }
        checks:
          watching:
            timeout: %ds
            load:
              connections: 1000
              timeout: 20s
              headers: { Cookie: "%s" }
              feeders:
                watched: { csv: runs.csv }
              phases:
                - { name: viewers, users: %d, for: %ds, scenario: watch }
                - { name: people, rate: 20/s, for: %ds, scenario: look, alongside: true }
              scenarios:
                watch:
                  - { get: "/projects/shop/runs/${watched.run}/events", name: events, events: { count: 10, within: 60s } }
                look:
                  - { get: /projects/shop, name: runs }
                  - { get: "/projects/shop/runs/${watched.run}", name: run }
                  - { get: /projects/shop/checks, name: checks }
            expect:
              "latency[runs].p99": < 500 ms
              "latency[run].p99": < 500 ms
              "latency[checks].p99": < 500 ms
              errors: < 1 %%
        """
        .formatted(served.address, seconds + 120, served.cookie(), viewers, seconds, seconds);
  }

  private void sample(Served served, AtomicBoolean over) {
    try {
      while (!over.get()) {
        Thread.sleep(10_000);
        System.out.printf(
            "  %9d entries, %4d MB, %.1f CPU s%n",
            sent.get(), served.memory("VmRSS"), served.cpu().toMillis() / 1e3);
      }
    } catch (IOException | InterruptedException ended) {
      // then it is over
    }
  }

  /** Sends one run at its rate; how many entries the server said to have. */
  private long send(int number, long first, CountDownLatch begun) {
    String run = "live-" + number;
    Ledger none = new MemoryLedger(nothing); // of which files would be taken
    try (ServerProject project =
        new ServerProject(URI.create(server + "/api/v1/projects/shop"), key)) {
      long _ = pace(first);
      long there = project.send(run, 0, begin(number), none);
      begun.countDown();
      long began = System.nanoTime();
      long made = 0;
      while (!watched.get()) {
        long due = began + (made + BATCH) * 1_000_000_000L / items;
        late.accumulateAndGet(pace(due), Math::max);
        List<LedgerEntry> batch = new ArrayList<>(BATCH);
        for (int i = 0; i < BATCH; i++) {
          batch.add(item(made++));
        }
        there = sendAll(project, run, there, batch, none);
      }
      there =
          sendAll(
              project,
              run,
              there,
              List.of(
                  new CheckClosed(Instant.now(), "unit", Ending.COMPLETED, null, Map.of()),
                  new RunClosed(Instant.now(), Ending.COMPLETED, Decision.FAIL)),
              none);
      return there;
    } catch (IOException | InterruptedException failed) {
      throw new IllegalStateException(failed);
    }
  }

  /** Waits until a moment; how many milliseconds late it is, 0 where it had to wait. */
  private static long pace(long due) throws InterruptedException {
    long pause = (due - System.nanoTime()) / 1_000_000;
    if (pause > 0) {
      Thread.sleep(pause);
    }
    return Math.max(0, -pause);
  }

  private long sendAll(
      ServerProject project, String run, long from, List<LedgerEntry> batch, Ledger none)
      throws InterruptedException {
    while (true) {
      try {
        long there = project.send(run, from, batch, none);
        sent.addAndGet(batch.size());
        return there;
      } catch (IOException away) {
        retries.incrementAndGet();
        Thread.sleep(200);
      }
    }
  }

  private static List<LedgerEntry> begin(int number) {
    Instant now = Instant.now();
    return List.of(
        new RunOpened(
            now,
            "shop",
            "a".repeat(64),
            new Subject("local", String.format("%040x", number), "main", false, null),
            1,
            "bench",
            List.of(new Planned("unit", "suite", "b".repeat(64), 0))),
        new CheckOpened(now, "unit"));
  }

  /** What a run finds: outcomes, of which one in 1,000 failed; now and then a measurement, an event. */
  private static LedgerEntry item(long number) {
    Instant now = Instant.now();
    if (number % 1_000 == 0) {
      return new Recorded(
          new Measurement(
              "unit",
              "heap",
              Unit.NONE,
              now,
              now.plusSeconds(1),
              Map.of(),
              new Measured.Scalar(number % 997)));
    }
    if (number % 5_000 == 1) {
      return new Recorded(new Event("unit", now, "noted", "number " + number, Map.of()));
    }
    return new Recorded(
        new Outcome(
            "unit",
            now,
            "shop.Suite" + number / 1_000 + "Test",
            "case" + number,
            List.of(
                number % 1_000 == 999
                    ? Attempt.failed(Duration.ofMillis(2), "AssertionError", "it is wrong", "at x")
                    : Attempt.passed(Duration.ofMillis(number % 50))),
            Map.of()));
  }

  /** Reads the server's own ledger: its chain is sound, and each run has what was acknowledged. */
  private static boolean counted(Path folder, long[] acknowledged, long sent) {
    try (SqliteLedger ledger =
        SqliteLedger.open(folder.resolve("projects/shop"), SqliteLedger.Mode.READ_ONLY)) {
      long there = 0;
      boolean same = true;
      for (int i = 0; i < acknowledged.length; i++) {
        long[] seen = {0, 0, 0};
        RunSummary run = ledger.find("live-" + i).orElseThrow();
        ledger.read(
            run.id(),
            stored -> {
              seen[0]++;
              if (stored.entry() instanceof Recorded(Outcome outcome)) {
                long number = Long.parseLong(outcome.name().substring(4));
                seen[2] += number > seen[1] ? 0 : 1;
                seen[1] = number;
              }
            });
        same &= seen[0] == acknowledged[i] && seen[2] == 0;
        there += seen[0];
      }
      // each run's first two entries are not among those counted as sent
      long expected = sent + 2L * acknowledged.length;
      System.out.printf(
          "%d entries in the ledger, %d expected; its chain is %s%n",
          there, expected, ledger.verify().sound() ? "sound" : "BROKEN");
      return same && there == expected;
    }
  }
}
