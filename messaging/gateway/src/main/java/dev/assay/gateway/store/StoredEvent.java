package dev.assay.gateway.store;

import dev.assay.gateway.State;

/**
 * One step in the life of a message. Immutable.
 *
 * @param message its message
 * @param step which one, from 0
 * @param state the state that it brought the message to
 * @param at milliseconds since 1970
 * @param provider the channel that had to do with it; empty where none had
 * @param code why: the provider's code, or a word of the gateway's such as {@code resubmitted}
 */
public record StoredEvent(
    long message, int step, State state, long at, String provider, String code) {}
