package dev.assay.profile.perfdata;

/**
 * Garbage collection of a JVM at one moment, since it began.
 *
 * @param collections how many times it was stopped for it
 * @param pausedNanos for how long in all
 * @param heap bytes of the heap in use
 */
public record JvmReading(long collections, long pausedNanos, long heap) {}
