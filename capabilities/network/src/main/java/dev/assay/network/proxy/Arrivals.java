package dev.assay.network.proxy;

/**
 * When how many bytes of a stream arrive, in order; a ring that grows. Used by one thread. What
 * arrives at one time is one element.
 */
final class Arrivals {

  private long[] times = new long[8];
  private int[] sizes = new int[8];
  private int head;
  private int count;

  boolean isEmpty() {
    return count == 0;
  }

  /** When the first bytes arrive. */
  long first() {
    return times[head];
  }

  /** Adds bytes that arrive not before those that were added earlier. */
  void add(long at, int size) {
    int mask = times.length - 1;
    if (count > 0) {
      int before = (head + count - 1) & mask;
      if (times[before] == at && sizes[before] <= Integer.MAX_VALUE - size) {
        sizes[before] += size;
        return;
      }
    }
    if (count == times.length) {
      grow();
      mask = times.length - 1;
    }
    int place = (head + count) & mask;
    times[place] = at;
    sizes[place] = size;
    count++;
  }

  /** Takes the bytes that have arrived by then, at most 256 KiB or one element. */
  int takeUntil(long now) {
    int mask = times.length - 1;
    int sum = 0;
    while (count > 0
        && times[head] <= now
        && (sum == 0 || sum + (long) sizes[head] <= 256 * 1024)) {
      sum += sizes[head];
      head = (head + 1) & mask;
      count--;
    }
    return sum;
  }

  private void grow() {
    int length = times.length;
    long[] moreTimes = new long[length * 2];
    int[] moreSizes = new int[length * 2];
    for (int i = 0; i < count; i++) {
      moreTimes[i] = times[(head + i) & (length - 1)];
      moreSizes[i] = sizes[(head + i) & (length - 1)];
    }
    times = moreTimes;
    sizes = moreSizes;
    head = 0;
  }
}
