/**
 * Reads what test runners, coverage tools, mutation tools and analysers write: {@link
 * dev.assay.suite.report.Reports} finds the format by what is in a file and gives one {@link
 * dev.assay.suite.report.Report}.
 *
 * <p>Counts come from the entries, never from declared totals; what contradicts or breaks is a
 * {@link dev.assay.suite.report.ReportNotice}. Files are hostile: nothing is fetched, memory is
 * bounded, and the only exceptions are {@code IOException} and {@code ProblemException}. Must not
 * know who runs the suite or what is judged. A new format is a reader beside the others, a line in
 * {@code XmlReports}, {@code JsonReports} or {@code TextReports}, samples in the tests and a row in
 * docs/suite-reports.md.
 */
@NullMarked
package dev.assay.suite.report;

import org.jspecify.annotations.NullMarked;
