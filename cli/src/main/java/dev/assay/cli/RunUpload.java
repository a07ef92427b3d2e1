package dev.assay.cli;

import dev.assay.api.ledger.Ledger;
import dev.assay.api.ledger.LedgerEntry;
import dev.assay.api.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends a run to a server while it goes on: a ledger that passes everything to another, and what
 * became durable there to the server. A server that is slow or away holds nothing up: what it
 * missed is read from the ledger when the run has ended. Thread-safe as a ledger is.
 */
final class RunUpload implements Ledger {

  private static final int BATCH = 500;
  private static final int WAITING = 10_000;
  private static final long PAUSE_MILLIS = 300;
  private static final long LONGEST_PAUSE_MILLIS = 10_000;

  private final Ledger ledger;
  private final String run;
  private final ServerProject project;
  private final long before;
  private final BlockingQueue<LedgerEntry> waiting = new ArrayBlockingQueue<>(WAITING);
  private final Thread sending;
  private final SignOfLife sign;
  private volatile boolean behind;
  private volatile boolean ended;
  private volatile @Nullable ProblemException refused;
  private volatile @Nullable String failed;

  /** Begins; of a run that is resumed the server may have entries already. */
  RunUpload(Ledger ledger, String run, ServerProject project) {
    this.ledger = ledger;
    this.run = run;
    this.project = project;
    this.before = ledger.find(run).map(RunSummary::entries).orElse(0L);
    this.sending = Thread.ofVirtual().name("assay-upload").start(this::send);
    this.sign = new SignOfLife(run, project);
  }

  @Override
  public CompletableFuture<Receipt> append(String to, LedgerEntry entry) {
    CompletableFuture<Receipt> receipt = ledger.append(to, entry);
    return to.equals(run)
        ? receipt.thenApply(durable -> {
          if (!behind && !waiting.offer(entry)) {
            behind = true;
          }
          return durable;
        })
        : receipt;
  }

  private void send() {
    long pause = PAUSE_MILLIS;
    List<LedgerEntry> batch = new ArrayList<>();
    try {
      long sent = start();
      while (!(ended && waiting.isEmpty() && batch.isEmpty()) && !(behind && ended)) {
        if (batch.isEmpty()) {
          take(batch);
        }
        if (!batch.isEmpty()) {
          try {
            sent = project.send(run, sent, batch, ledger);
            batch.clear();
            pause = PAUSE_MILLIS;
          } catch (IOException away) {
            failed = ServerProject.why(away);
            if (ended) {
              behind = true;
            } else {
              TimeUnit.MILLISECONDS.sleep(pause);
              pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
            }
          }
        }
      }
    } catch (ProblemException problem) {
      refused = problem;
      behind = true;
    } catch (IOException away) {
      failed = ServerProject.why(away);
      behind = true;
    } catch (InterruptedException stopped) {
      behind = true;
    }
  }

  /**
   * The place in the run of what is appended first; what is missing before it is sent at the end.
   */
  private long start() throws IOException, InterruptedException {
    if (before > 0 && project.entries(run) < before) {
      behind = true;
      waiting.clear();
    }
    return before;
  }

  private void take(List<LedgerEntry> batch) throws InterruptedException {
    LedgerEntry first = waiting.poll(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    if (first != null) {
      batch.add(first);
      waiting.drainTo(batch, BATCH - 1);
    }
  }

  /**
   * Sends what is left, once the run has ended.
   *
   * @return what went wrong, or null where the server has it all
   */
  @Nullable String finish(Duration patience) {
    ended = true;
    try {
      if (!sending.join(patience)) {
        sending.interrupt();
        return "the server takes it too slowly";
      }
      ProblemException problem = refused;
      if (problem != null) {
        return problem.problems().getFirst().what();
      }
      if (behind) {
        rest(ledger, run, project);
      }
      return null;
    } catch (IOException away) {
      return failed == null ? ServerProject.why(away) : failed;
    } catch (ProblemException problem) {
      return problem.problems().getFirst().what();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return "it was interrupted";
    }
  }

  /** Sends what a server has not of a run; how many entries that were. */
  static long rest(Ledger ledger, String run, ServerProject project)
      throws IOException, InterruptedException {
    long there = project.entries(run);
    Rest rest = new Rest(there);
    ledger.read(run, stored -> rest.take(stored.entry()));
    long sent = there;
    for (int at = 0; at < rest.entries.size(); at += BATCH) {
      List<LedgerEntry> batch = rest.entries.subList(at, Math.min(at + BATCH, rest.entries.size()));
      sent = project.send(run, sent, batch, ledger);
    }
    return sent - there;
  }

  /** The entries of a run after the first so many. */
  private static final class Rest {
    private final List<LedgerEntry> entries = new ArrayList<>();
    private long passed;

    Rest(long passed) {
      this.passed = passed;
    }

    void take(LedgerEntry entry) {
      if (passed > 0) {
        passed--;
      } else {
        entries.add(entry);
      }
    }
  }

  @Override
  public List<RunSummary> runs(int limit) {
    return ledger.runs(limit);
  }

  @Override
  public Optional<RunSummary> find(String idOrPrefix) {
    return ledger.find(idOrPrefix);
  }

  @Override
  public void read(String of, Consumer<Stored> entries) {
    ledger.read(of, entries);
  }

  @Override
  public void read(String of, String check, Consumer<Stored> entries) {
    ledger.read(of, check, entries);
  }

  @Override
  public Verification verify() {
    return ledger.verify();
  }

  @Override
  public StoredArtifact store(Path file) {
    return ledger.store(file);
  }

  @Override
  public Optional<Path> artifact(String sha256) {
    return ledger.artifact(sha256);
  }

  /** Ends the sending; the ledger is its owner's to close. */
  @Override
  public void close() {
    ended = true;
    sending.interrupt();
    sign.close();
    project.close();
  }
}
