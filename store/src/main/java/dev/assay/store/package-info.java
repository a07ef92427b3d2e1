/**
 * The ledger on a disk: SQLite, the artifacts beside it, the seal over both, and the lock that lets
 * one run at a time into a workspace.
 *
 * <p>Must not know: what the entries mean beyond where a run begins and ends, how they are judged
 * or shown. A new column or table is a new numbered migration in {@code resources}, never a change
 * of an old one; a new way to break is a constant in {@link StoreProblems}; what a ledger must do
 * is said in the {@code LedgerKit} of the testkit first.
 */
@NullMarked
package dev.assay.store;

import org.jspecify.annotations.NullMarked;
