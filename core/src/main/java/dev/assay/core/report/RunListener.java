package dev.assay.core.report;

import dev.assay.api.ledger.LedgerEntry.CheckClosed;
import dev.assay.api.ledger.LedgerEntry.RunClosed;
import dev.assay.api.ledger.LedgerEntry.RunOpened;
import dev.assay.api.verdict.Verdict;

/** stub */
public interface RunListener {
  default void runOpened(RunOpened opened) {}
  default void serviceState(String name, String state, String detail) {}
  default void checkOpened(String check) {}
  default void progress(String check, String line) {}
  default void checkClosed(CheckClosed closed) {}
  default void judged(String check, Verdict verdict) {}
  default void runClosed(RunClosed closed) {}
}
