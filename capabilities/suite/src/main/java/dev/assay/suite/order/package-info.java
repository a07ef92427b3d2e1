/**
 * In which order tests are run, so that what fails is seen early, and which of them fit a budget.
 *
 * <p>Learns from results, cycle by cycle, and knows only what came before. Pure: no files, no
 * clock, no chance; the same cycles give the same orders, whatever order the tests of a cycle were
 * named in. Must not know how tests are run or where results are kept. A new sign of a coming
 * failure is a new input of {@link dev.assay.suite.order.Signs}; a new way to order is a new {@link
 * dev.assay.suite.order.Ranking}.
 */
@NullMarked
package dev.assay.suite.order;

import org.jspecify.annotations.NullMarked;
