/**
 * What a series will do next, with intervals, and when it will reach a limit. Unlike methods are
 * tried on the series' own past, and those that would have been right there are believed.
 *
 * <p>Must not know: what is measured, clocks. The usual change: another method implements {@link
 * dev.assay.stats.forecast.Method} and becomes a line in {@link
 * dev.assay.stats.forecast.Forecaster}.
 */
@NullMarked
package dev.assay.stats.forecast;

import org.jspecify.annotations.NullMarked;
