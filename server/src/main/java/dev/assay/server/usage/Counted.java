package dev.assay.server.usage;

/**
 * What the ledger of a project has, as far as it is counted. Immutable.
 *
 * @param upTo the number of the last entry that is in it; below 0 where none was ever counted
 * @param runs how many runs
 * @param entries how many entries
 * @param evidence how large they are, in bytes
 * @param stale whether something of it was erased since
 */
public record Counted(long upTo, long runs, long entries, long evidence, boolean stale) {}
