package dev.assay.gateway;

import java.time.Instant;

/**
 * A message from somebody to us.
 *
 * @param channel the channel that it came by
 * @param from who wrote
 * @param to our number or name
 * @param text what it says
 * @param at when it came
 */
public record Incoming(String channel, String from, String to, String text, Instant at) {}
