package dev.assay.stats;

/** stub */
public record Interval(double low, double estimate, double high) {}
