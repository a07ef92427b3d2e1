package dev.assay.stats;
/** stub */
public final class Quantiles { public static long leastSamples(double q) { return (long) Math.ceil(5 / (1 - Math.max(q, 1 - q)) - 1e-9); } }
