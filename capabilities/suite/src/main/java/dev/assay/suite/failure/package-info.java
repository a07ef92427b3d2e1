/**
 * Why tests fail: which failures are one, which were there before and what mended them, which
 * commits and whose code is suspect, how to see one again, and what its text suggests.
 *
 * <p>Reads the ledger through its contract and the repository through {@link
 * dev.assay.suite.git.Git}. Everything said has its reason with it; what is not known is said to be
 * not known. Must not know how a report is drawn. A new suggestion is a rule in {@link
 * dev.assay.suite.failure.Suggestions}, a new runner's command one in {@link
 * dev.assay.suite.failure.Steps}.
 */
@NullMarked
package dev.assay.suite.failure;

import org.jspecify.annotations.NullMarked;
