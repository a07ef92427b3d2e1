/**
 * The engine: one event loop per core owns its connections, its share of the schedule and its
 * histograms; nothing crosses loops while requests are under way, and nothing is allocated per
 * request in the steady state.
 *
 * <p>Must not know workspaces, evidence or templates: it is given a {@link
 * dev.assay.load.engine.LoadPlan} of bytes and hands out {@link dev.assay.load.engine.Interval}s.
 * The usual change: a new arrival model is another {@link dev.assay.load.engine.Schedule}; another
 * protocol is another handler in the place of {@code Connection}.
 */
@NullMarked
package dev.assay.load.engine;

import org.jspecify.annotations.NullMarked;
