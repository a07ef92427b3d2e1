/**
 * The model of a network link: what delay, bandwidth, a queue and losses do to the bytes of a TCP
 * connection and to datagrams. Pure and in virtual time: every call is told the time in nanoseconds
 * of one monotonic clock, nothing here reads a clock, a file or a socket, and the same seed and the
 * same calls give the same answers.
 *
 * <p>Must not know: proxies, workspaces, names of networks. What is measured and what is modelled,
 * with formulas and sources, is in {@code docs/network-model.md}. The usual change: a distribution
 * is a new record in {@link dev.assay.network.link.Distribution}; a new property of a direction is
 * a component of {@link dev.assay.network.link.DirectionCondition} and one place in a flow.
 */
@NullMarked
package dev.assay.network.link;

import org.jspecify.annotations.NullMarked;
