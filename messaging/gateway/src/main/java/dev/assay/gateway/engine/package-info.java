/**
 * Moves messages from state to state: one thread takes all that happened since it last looked,
 * makes it durable in one transaction, and only then answers clients, sends, and tells providers
 * that their receipts were taken.
 *
 * <p>Must not know: HTTP, SMPP, files of configuration. A new step in the life of a message goes
 * into {@link dev.assay.gateway.State} first, then into {@link dev.assay.gateway.engine.Engine}.
 */
@NullMarked
package dev.assay.gateway.engine;

import org.jspecify.annotations.NullMarked;
