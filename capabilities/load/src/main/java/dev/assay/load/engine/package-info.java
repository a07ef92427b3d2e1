/**
 * The engine: one event loop per core owns its connections, its share of the schedule and its
 * histograms; nothing crosses loops while requests are under way, and nothing is allocated per
 * request in the steady state.
 *
 * <p>Must not know workspaces, evidence or templates: it is given a {@link
 * dev.assay.load.engine.LoadPlan} of bytes and hands out {@link dev.assay.load.engine.Interval}s.
 * The usual change: a new arrival model is another {@link dev.assay.load.engine.Arrivals}; a new
 * thing that users do is another {@link dev.assay.load.engine.Instruction} and its case in {@code
 * LoadLoop.run}; another protocol is another {@code Line} and its {@link
 * dev.assay.load.engine.Protocol}.
 */
@NullMarked
package dev.assay.load.engine;

import org.jspecify.annotations.NullMarked;
