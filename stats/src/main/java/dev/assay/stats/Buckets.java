package dev.assay.stats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * A series of histograms over one axis: the distinct values recorded in any of them, so that adding
 * one up in a resample touches only the counts it has.
 */
final class Buckets {

  private final long[] axis;
  private final List<int[]> places = new ArrayList<>();
  private final List<long[]> counts = new ArrayList<>();

  Buckets(List<? extends AbstractHistogram> blocks) {
    TreeSet<Long> values = new TreeSet<>();
    for (AbstractHistogram block : blocks) {
      for (HistogramIterationValue bucket : block.recordedValues()) {
        values.add(bucket.getValueIteratedTo());
      }
    }
    axis = values.stream().mapToLong(Long::longValue).toArray();
    for (AbstractHistogram block : blocks) {
      add(block);
    }
  }

  private void add(AbstractHistogram block) {
    int size = 0;
    int[] place = new int[axis.length];
    long[] count = new long[axis.length];
    for (HistogramIterationValue bucket : block.recordedValues()) {
      place[size] = Arrays.binarySearch(axis, bucket.getValueIteratedTo());
      count[size++] = bucket.getCountAtValueIteratedTo();
    }
    places.add(Arrays.copyOf(place, size));
    counts.add(Arrays.copyOf(count, size));
  }

  int blocks() {
    return places.size();
  }

  /** Room for {@link #quantile}, to be used for many calls by one thread. */
  long[] sums() {
    return new long[axis.length];
  }

  /** The quantile of the chosen blocks together; NaN where they hold nothing. */
  double quantile(double q, int[] chosen, long[] sums) {
    Arrays.fill(sums, 0);
    long total = 0;
    for (int block : chosen) {
      int[] place = places.get(block);
      long[] count = counts.get(block);
      for (int i = 0; i < place.length; i++) {
        sums[place[i]] += count[i];
        total += count[i];
      }
    }
    if (total == 0) {
      return Double.NaN;
    }
    long left = Quantiles.rank(q, total);
    int at = 0;
    while (left > sums[at]) {
      left -= sums[at++];
    }
    return axis[at];
  }
}
