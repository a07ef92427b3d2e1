/**
 * Pure statistics. Knows nothing of evidence, workspaces or verdicts; the same numbers always give
 * the same answer.
 */
@NullMarked
package dev.assay.stats;

import org.jspecify.annotations.NullMarked;
