package dev.assay.gateway;

import java.time.Instant;

/**
 * What a provider says became of a message, or of one part of it.
 *
 * @param channel the channel that heard it
 * @param providerId the provider's id, as {@link Answer.Accepted} gave it or in another way to
 *     write it
 * @param state {@link State#DELIVERED}, {@link State#FAILED}, {@link State#EXPIRED} or {@link
 *     State#UNKNOWN}; {@link State#ACKNOWLEDGED} for news on the way, such as "buffered"
 * @param code the provider's own code; empty where there is none
 * @param at when it was heard
 */
public record Status(String channel, String providerId, State state, String code, Instant at) {}
