package dev.assay.gateway.route;

/**
 * A provider that a message may go by.
 *
 * @param provider its name
 * @param cost of a part, in millionths of the currency
 */
public record Candidate(String provider, long cost) {}
