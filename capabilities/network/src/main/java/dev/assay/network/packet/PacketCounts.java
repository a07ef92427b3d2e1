package dev.assay.network.packet;

/**
 * What a direction of a link on packets has carried so far. Immutable.
 *
 * @param offered packets that were sent into it
 * @param delivered copies that came out of it
 * @param dropped packets that the condition lost or its queue dropped
 * @param crowded packets that were dropped because too many were on their way for this process
 */
public record PacketCounts(long offered, long delivered, long dropped, long crowded) {}
