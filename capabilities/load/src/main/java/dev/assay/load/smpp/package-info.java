/**
 * Load on message centres: submits at a rate or as fast as a window lets them, with the latency of
 * answers and of receipts.
 *
 * <p>Must not know: HTTP, workspaces, what a message centre does with messages.
 */
@NullMarked
package dev.assay.load.smpp;

import org.jspecify.annotations.NullMarked;
