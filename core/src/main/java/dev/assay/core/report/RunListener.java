package dev.assay.core.report;

import dev.assay.api.evidence.Evidence;
import dev.assay.api.ledger.LedgerEntry.CheckClosed;
import dev.assay.api.ledger.LedgerEntry.RunClosed;
import dev.assay.api.ledger.LedgerEntry.RunOpened;
import dev.assay.api.verdict.Verdict;

/**
 * Hears how a run goes on, to show it. May be called by several threads at once; returns soon and
 * never throws.
 */
public interface RunListener {

  /** Hears nothing. */
  RunListener SILENT = new RunListener() {};

  /** The run begins. */
  default void runOpened(RunOpened run) {}

  /**
   * A service changed.
   *
   * @param name the service
   * @param state such as {@code starting}, {@code ready}, {@code stopped}
   * @param detail more, such as how long it took; may be empty
   */
  default void serviceState(String name, String state, String detail) {}

  /** A check begins. */
  default void checkOpened(String check) {}

  /**
   * A check tells how far it is; what it told before no longer holds.
   *
   * @param check the check
   * @param line one line
   */
  default void progress(String check, String line) {}

  /** A check handed over evidence, with secrets masked; what it only offered is not told. */
  default void recorded(Evidence evidence) {}

  /** Something that a person should read now, such as that the run is being stopped. */
  default void note(String line) {}

  /** A check ended; it is judged next. */
  default void checkClosed(CheckClosed check) {}

  /** A check was judged. */
  default void judged(String check, Verdict verdict) {}

  /** The run ended. */
  default void runClosed(RunClosed run) {}
}
