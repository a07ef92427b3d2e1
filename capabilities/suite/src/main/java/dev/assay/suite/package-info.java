/**
 * Runs a test suite with its own runner and reads what became of each test case.
 *
 * <p>Trusts nothing that this run did not write: a report that was there before is ignored, an exit
 * code that contradicts the reports is said, and a run without a test is not a pass. Must not know
 * the judge, the ledger, or how a report is shown. A new runner is a new key of {@link
 * dev.assay.suite.SuiteConfiguration} and its words in {@link dev.assay.suite.RunnerCommand}; a new
 * report format is a package beside {@code junit}.
 */
@NullMarked
package dev.assay.suite;

import org.jspecify.annotations.NullMarked;
