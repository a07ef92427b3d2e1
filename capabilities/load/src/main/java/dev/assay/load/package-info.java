/**
 * Load: sends requests at a rate that the target cannot slow down, and emits how long each took
 * from the moment it should have started.
 *
 * <p>This package holds the configuration, its validation, the compilation of a flow and the
 * emission of evidence. {@code engine} holds loops, connections, pacing and histograms, {@code
 * http1} the bytes of HTTP/1.1. It must not know how evidence is judged or shown, nor any other
 * capability.
 *
 * <p>The usual change: a new key goes into {@link dev.assay.load.LoadConfiguration} or {@link
 * dev.assay.load.LoadStep} and is compiled by {@link dev.assay.load.PlanCompiler}; a new metric
 * into {@link dev.assay.load.LoadMetrics}, recorded in {@code engine.Interval} and emitted by
 * {@link dev.assay.load.LoadReporter}.
 */
@NullMarked
package dev.assay.load;

import org.jspecify.annotations.NullMarked;
