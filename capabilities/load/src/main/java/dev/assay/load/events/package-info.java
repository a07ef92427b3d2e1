/**
 * Server-sent events as a load generator sees them (WHATWG HTML section 9.2): where one ends, and
 * what it said where somebody asks.
 *
 * <p>Pure: knows no sockets, no clocks, no HTTP. It works on byte arrays that may be split anywhere
 * and allocates nothing per event. The usual change: another field in {@link
 * dev.assay.load.events.EventStreamReader}, with its stream added to the corpus of its test.
 */
@NullMarked
package dev.assay.load.events;

import org.jspecify.annotations.NullMarked;
