/**
 * Suggests the next experiments from what the workspace holds and what earlier runs found.
 *
 * <p>{@code ChaosHistory} reads the ledger, {@code Suggestions} is a pure function of it and of the
 * plan. It carries nothing out and knows no fault but by the name of its key.
 *
 * <p>The usual change: one more kind of suggestion, in {@code Suggestions}.
 */
@NullMarked
package dev.assay.chaos.suggest;

import org.jspecify.annotations.NullMarked;
