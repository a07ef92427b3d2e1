/**
 * The search for the highest rate that a target still meets its expectations at: which rate to
 * probe next, what a probe tells, and the answer. Pure but for the class that runs probes.
 *
 * <p>Must not know: sockets, protocols, loops. The usual change: another criterion in {@link
 * dev.assay.load.capacity.Criterion}, or another policy of probing in {@link
 * dev.assay.load.capacity.CapacitySearch} with a simulation of its coverage.
 */
@NullMarked
package dev.assay.load.capacity;

import org.jspecify.annotations.NullMarked;
