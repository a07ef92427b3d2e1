/**
 * Monitors: checks on a schedule. When each is due, what was missed, and when results make an
 * alert. Pure but for its configuration: whoever carries checks out tells it the time and the
 * results.
 *
 * <p>The usual change: another key of a monitor is a component of {@code MonitorConfiguration}.
 */
@NullMarked
package dev.assay.observe.monitor;

import org.jspecify.annotations.NullMarked;
