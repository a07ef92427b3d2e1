package dev.assay.virtual.smsc;

/**
 * What a virtual SMSC counted. Immutable.
 *
 * @param binds sessions that were bound
 * @param submits requests to send, parts of them counted each
 * @param accepted those that were taken
 * @param distinct different ones of those, by source, destination and content; -1 where that was
 *     not kept
 * @param throttled those that were answered by a status that asks to slow down
 * @param refused those that were answered by another status
 * @param unanswered those that were not answered
 * @param receipts receipts that were sent, duplicates included
 * @param receiptsAnswered those of them that were taken
 * @param incoming messages of subscribers that were sent
 * @param waiting messages without a final state, or whose receipt waits for a session
 */
public record SmscTally(
    long binds,
    long submits,
    long accepted,
    long distinct,
    long throttled,
    long refused,
    long unanswered,
    long receipts,
    long receiptsAnswered,
    long incoming,
    long waiting) {}
