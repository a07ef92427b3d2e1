package dev.assay.stats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * A series of histograms over one axis: the distinct values recorded in any of them. A quantile of
 * a resample is found by halving the axis over how many counts each block has up to there, so that
 * a resample touches a few places of each block and not all its counts; where that table would be
 * large, the counts are added up instead. Both find the same.
 */
final class Buckets {

  /** Places times blocks; 32 MiB of the table. */
  private static final long LARGEST = 1L << 22;

  private final long[] axis;
  private final List<int[]> places = new ArrayList<>();
  private final List<long[]> counts = new ArrayList<>();

  /** By place and block, how many counts lie up to that place; empty where it would be large. */
  private final long[] upTo;

  Buckets(List<? extends AbstractHistogram> blocks) {
    this(blocks, LARGEST);
  }

  Buckets(List<? extends AbstractHistogram> blocks, long largest) {
    List<long[]> values = new ArrayList<>();
    for (AbstractHistogram block : blocks) {
      add(block, values);
    }
    axis = values.stream().flatMapToLong(Arrays::stream).sorted().distinct().toArray();
    for (long[] recorded : values) {
      places.add(places(recorded));
    }
    long size = (long) axis.length * blocks.size();
    upTo = size <= largest ? table() : new long[0];
  }

  private void add(AbstractHistogram block, List<long[]> values) {
    long[] recorded = new long[64];
    long[] count = new long[64];
    int size = 0;
    for (HistogramIterationValue bucket : block.recordedValues()) {
      if (size == recorded.length) {
        recorded = Arrays.copyOf(recorded, 2 * size);
        count = Arrays.copyOf(count, 2 * size);
      }
      recorded[size] = bucket.getValueIteratedTo();
      count[size++] = bucket.getCountAtValueIteratedTo();
    }
    values.add(Arrays.copyOf(recorded, size));
    counts.add(Arrays.copyOf(count, size));
  }

  /** Where its values, which grow, are on the axis. */
  private int[] places(long[] recorded) {
    int[] place = new int[recorded.length];
    int at = 0;
    for (int i = 0; i < recorded.length; i++) {
      while (axis[at] < recorded[i]) {
        at++;
      }
      place[i] = at;
    }
    return place;
  }

  private long[] table() {
    int blocks = places.size();
    long[] table = new long[axis.length * blocks];
    for (int block = 0; block < blocks; block++) {
      int[] place = places.get(block);
      long[] count = counts.get(block);
      long sum = 0;
      int next = 0;
      for (int at = 0; at < axis.length; at++) {
        if (next < place.length && place[next] == at) {
          sum += count[next++];
        }
        table[at * blocks + block] = sum;
      }
    }
    return table;
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
    if (axis.length == 0) {
      return Double.NaN;
    }
    return upTo.length == 0 ? added(q, chosen, sums) : halved(q, chosen);
  }

  private double halved(double q, int[] chosen) {
    long total = upTo(axis.length - 1, chosen);
    if (total == 0) {
      return Double.NaN;
    }
    long rank = Quantiles.rank(q, total);
    int low = 0;
    int high = axis.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (upTo(middle, chosen) >= rank) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return axis[low];
  }

  private long upTo(int place, int[] chosen) {
    int row = place * places.size();
    long sum = 0;
    for (int block : chosen) {
      sum += upTo[row + block];
    }
    return sum;
  }

  private double added(double q, int[] chosen, long[] sums) {
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
