package dev.assay.api.ledger;

import dev.assay.api.evidence.Evidence;
import dev.assay.api.plan.Subject;
import dev.assay.api.verdict.Decision;
import dev.assay.api.verdict.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One line of a run's story. Immutable. */
public sealed interface LedgerEntry {

  /**
   * A run begins.
   *
   * @param at when
   * @param workspace the workspace's name
   * @param digest SHA-256 of the workspace file
   * @param subject what it is about
   * @param seed the seed of everything random in it
   * @param version the version of Assay
   * @param checks what it will run, in order
   * @param labels what kind of run it is, where it is no plain one: {@code pair} names the
   *     comparison that it is a part of; empty for most
   */
  record RunOpened(
      Instant at,
      String workspace,
      String digest,
      Subject subject,
      long seed,
      String version,
      List<Planned> checks,
      Map<String, String> labels)
      implements LedgerEntry {
    /** Copies the collections. */
    public RunOpened {
      checks = List.copyOf(checks);
      labels = Map.copyOf(labels);
    }

    /** A plain run. */
    public RunOpened(
        Instant at,
        String workspace,
        String digest,
        Subject subject,
        long seed,
        String version,
        List<Planned> checks) {
      this(at, workspace, digest, subject, seed, version, checks, Map.of());
    }
  }

  /**
   * A check of the run.
   *
   * @param id its identity
   * @param type the name of its type
   * @param digest of its configuration
   * @param stage its stage, from 0
   */
  record Planned(String id, String type, String digest, int stage) {}

  /**
   * What a run's entries said was taken away; that they were there, and their hashes, stay. It is
   * the last entry of its run, and only {@link Ledger#erase} writes it.
   *
   * @param at when
   * @param why the reason, which names nobody
   * @param entries how many entries the run had
   * @param hashes SHA-256 of their hashes, one after the other, 64 hexadecimal digits
   * @param closed the number of the entry that closed it; null where it was never closed
   */
  record RunErased(Instant at, String why, long entries, String hashes, @Nullable Long closed)
      implements LedgerEntry {}

  /**
   * An interrupted run goes on.
   *
   * @param at when
   */
  record RunResumed(Instant at) implements LedgerEntry {}

  /**
   * A check begins. What the same check emitted before, in an interrupted part of the run, is no
   * longer its evidence.
   *
   * @param at when
   * @param check its id
   */
  record CheckOpened(Instant at, String check) implements LedgerEntry {}

  /**
   * A fact was found.
   *
   * @param evidence the fact
   */
  record Recorded(Evidence evidence) implements LedgerEntry {}

  /**
   * A check ended.
   *
   * @param at when
   * @param check its id
   * @param ending how
   * @param problem why, as code, place, what and mend in one line; null where it completed
   * @param saved the variables it saved
   */
  record CheckClosed(
      Instant at, String check, Ending ending, @Nullable String problem, Map<String, String> saved)
      implements LedgerEntry {
    /** Copies the map. */
    public CheckClosed {
      saved = Map.copyOf(saved);
    }
  }

  /** How a check or a run ended. */
  enum Ending {
    /** It did all it had to. */
    COMPLETED,
    /** It was stopped after its time-out. */
    TIMED_OUT,
    /** It was stopped on request. */
    CANCELLED,
    /** It could not go on. */
    BROKEN,
    /** It never began, because something it needs did not pass. */
    SKIPPED
  }

  /**
   * A check was judged.
   *
   * @param check its id
   * @param verdict the verdict
   */
  record Judged(String check, Verdict verdict) implements LedgerEntry {}

  /**
   * A run ended.
   *
   * @param at when
   * @param ending how; {@code CANCELLED} and {@code BROKEN} can be resumed
   * @param decision the combined decision
   */
  record RunClosed(Instant at, Ending ending, Decision decision) implements LedgerEntry {}
}
