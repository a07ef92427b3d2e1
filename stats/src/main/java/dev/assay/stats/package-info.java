/**
 * Pure statistics: intervals of quantiles, proportions, rates and means, and of what they became
 * against a baseline. The same numbers and the same seed always give the same answer.
 *
 * <p>Must not know: evidence, workspaces, verdicts, clocks, files. The usual change: a new question
 * gets a new small class with one static method, its source in the Javadoc, a row in {@code
 * docs/statistics.md}, a test with published numbers and one that simulates its level.
 */
@NullMarked
package dev.assay.stats;

import org.jspecify.annotations.NullMarked;
