/**
 * Message centres: a channel that keeps a pool of SMPP sessions, grows and shrinks it, connects
 * again, and turns messages into submits and receipts into statuses.
 *
 * <p>Must not know: the store, the engine, routes, the API. How a session behaves belongs into
 * {@code dev.assay.smpp.session}; which answers are passing and which are for good, into {@link
 * dev.assay.gateway.provider.Answers}.
 */
@NullMarked
package dev.assay.gateway.provider;

import org.jspecify.annotations.NullMarked;
