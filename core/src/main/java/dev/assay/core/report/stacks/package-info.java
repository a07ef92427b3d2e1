/**
 * Folded stacks as reports show them: a tree of frames, the hottest methods, and what changed
 * between two of them. Reads text and knows nothing of who recorded it or how it is drawn.
 */
@NullMarked
package dev.assay.core.report.stacks;

import org.jspecify.annotations.NullMarked;
