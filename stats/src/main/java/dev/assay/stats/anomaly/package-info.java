/**
 * Anomalies in a live metric, point by point: how unusual is what a series does now, judged by its
 * own past alone? Memory and time of each point are bounded, however long the series.
 *
 * <p>Must not know: what is measured, thresholds, alarms' receivers. The usual change: another
 * detector becomes a class that turns a point into a statistic and a line in {@link
 * dev.assay.stats.anomaly.AnomalyDetector}.
 */
@NullMarked
package dev.assay.stats.anomaly;

import org.jspecify.annotations.NullMarked;
