/**
 * How much of the code a suite executed, and of what has changed: the coverage and the mutants of
 * reports are brought together by file of the repository and held against the lines that differ
 * from where the work began.
 *
 * <p>Nothing is guessed: a path of a report that fits several files, or a file that is shorter than
 * its coverage says, counts nowhere and is told. Must not know the check, its findings, or the
 * formats of reports. How a path of a report is matched is {@link
 * dev.assay.suite.coverage.SourcePaths}; where a change begins {@link
 * dev.assay.suite.coverage.Change}.
 */
@NullMarked
package dev.assay.suite.coverage;

import org.jspecify.annotations.NullMarked;
