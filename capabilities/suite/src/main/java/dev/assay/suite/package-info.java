/**
 * Runs a test suite with its own runner and reads what became of each test case.
 *
 * <p>Trusts nothing that this run did not write: a report that was there before is ignored, an exit
 * code that contradicts the reports is said, and a run without a test is not a pass. Must not know
 * the judge, the ledger, or how a report is shown. A new tool is a class of {@link
 * dev.assay.suite.runner} and a key of {@link dev.assay.suite.SuiteConfiguration}; a new report
 * format a reader in {@code report}. {@link dev.assay.suite.SuiteRun} is the course of a run.
 */
@NullMarked
package dev.assay.suite;

import org.jspecify.annotations.NullMarked;
