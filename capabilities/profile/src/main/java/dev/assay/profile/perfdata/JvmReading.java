package dev.assay.profile.perfdata;

/**
 * Garbage collection of a JVM at one moment, since it began.
 *
 * @param collections how many times it was stopped for it
 * @param pausedNanos for how long in all
 * @param heap bytes of the heap in use
 * @param settled of these, bytes of what has outlived a collection: all but the space where new
 *     objects go, which fills again right after one
 */
public record JvmReading(long collections, long pausedNanos, long heap, long settled) {}
