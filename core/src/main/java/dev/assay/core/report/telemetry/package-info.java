/**
 * What a run found, for systems that keep telemetry: as a trace and metrics of OpenTelemetry
 * (OTLP), and as metrics and an event of Datadog.
 *
 * <p>Makes the bodies; sending them is somebody else's work. Must not know where they go. What a
 * run tells in numbers is said once, in {@code RunSeries}, and each system has its own writing of
 * it.
 */
@NullMarked
package dev.assay.core.report.telemetry;

import org.jspecify.annotations.NullMarked;
