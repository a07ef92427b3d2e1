/**
 * When messages are due: a moment, a local time in the recipient's zone, recurrences by cron and by
 * RFC 5545, quiet hours. Pure: asks no clock and keeps nothing.
 *
 * <p>Must not know: stores, channels, HTTP. A new kind of recurrence implements {@link
 * dev.assay.gateway.schedule.Recurrence}; what daylight saving does to all of them is in {@link
 * dev.assay.gateway.schedule.Occurrences} alone.
 */
@NullMarked
package dev.assay.gateway.schedule;

import org.jspecify.annotations.NullMarked;
