package dev.assay.gateway.route;

import java.util.List;

/**
 * Where a message goes. Immutable.
 *
 * @param to the number's digits, or the address as it was
 * @param country two letters, or empty
 * @param from the sender
 * @param candidates the providers in the order to try them; empty where nobody takes it
 * @param why in a sentence
 */
public record Decision(
    String to, String country, String from, List<Candidate> candidates, String why) {}
