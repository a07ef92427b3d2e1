package dev.assay.stats;
/** stub */
public final class Proportions { public static Interval wilson(long h, long t, double c) { return new Interval(0,0,1);} 
public static Interval difference(long h, long t, long bh, long bt, double c) { return new Interval(0,0,1);} }
