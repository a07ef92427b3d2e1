package dev.assay.api.spi;

/**
 * Something of the machine that a capability can use, looked at by {@code assay doctor}.
 *
 * @param there whether it is there
 * @param what what was looked at, and with what result
 * @param mend how to get it; empty where it is there
 */
public record Facility(boolean there, String what, String mend) {}
