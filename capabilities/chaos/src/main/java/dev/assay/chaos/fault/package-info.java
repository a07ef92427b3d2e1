/**
 * Faults: one thing broken on purpose, seen to be broken, and mended.
 *
 * <p>Each kind of breaking is one {@link dev.assay.chaos.fault.Breakage}: how it is made, how it is
 * seen and how it is undone, all from the same few texts, which are in the undo journal before
 * anything is touched. Undoing in the normal way and undoing after a crash are therefore the same
 * code. {@link dev.assay.chaos.fault.Faults} makes faults of what is written.
 *
 * <p>It knows nothing of experiments, steady states and evidence.
 *
 * <p>The usual change: a new fault is a component of {@link
 * dev.assay.chaos.fault.FaultConfiguration}, a line in {@link dev.assay.chaos.fault.Faults} and,
 * where it breaks something in a new way, a {@code Breakage}.
 */
@NullMarked
package dev.assay.chaos.fault;

import org.jspecify.annotations.NullMarked;
