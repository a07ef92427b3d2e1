/**
 * Alerts: what came in, to whom it goes, what keeps it quiet, and the incidents it makes. Speaks
 * the words and the file of Prometheus' Alertmanager. Pure but for {@code AlertDocuments}, which
 * keeps what must survive a crash; whoever drives it tells it the time and sends what it is told to
 * send.
 *
 * <p>The usual change: another reason to be quiet is a part of {@code Quiet}.
 */
@NullMarked
package dev.assay.observe.alert;

import org.jspecify.annotations.NullMarked;
