package dev.assay.network.link;

import java.util.Arrays;

/**
 * What a stream offered and its sender has no acknowledgement of yet: a ring that grows to what the
 * window needs and then stays. Owned by one thread.
 */
final class InFlight {

  /** What is acknowledged so close together is one entry, in nanoseconds. */
  private static final long TOGETHER = 100_000;

  private static final int MOST = 1 << 15;

  private long[] times = new long[4];
  private int[] sizes = new int[4];
  private int[] packets = new int[4];
  private int first;
  private int count;
  private long bytes;
  private int outstanding;
  private long acknowledged;

  /** When the first of the last entry would have been acknowledged by itself. */
  private long lastBegan;

  /** Remembers a packet that is acknowledged at that time, not before those before it. */
  void add(int size, long at, long now) {
    forget(now);
    bytes += size;
    outstanding++;
    int last = (first + count - 1) & (times.length - 1);
    boolean joins =
        count > 0
            && (at - lastBegan < TOGETHER || count == MOST)
            && sizes[last] < Integer.MAX_VALUE - size;
    if (joins) {
      // the sum stays; the few before are acknowledged a little late
      times[last] = at;
      sizes[last] += size;
      packets[last]++;
      return;
    }
    if (count == times.length) {
      grow();
    }
    int slot = (first + count) & (times.length - 1);
    lastBegan = at;
    times[slot] = at;
    sizes[slot] = size;
    packets[slot] = 1;
    count++;
  }

  /** How many bytes are in flight. */
  long bytes(long now) {
    forget(now);
    return bytes;
  }

  /** How many packets are in flight. */
  int packets(long now) {
    forget(now);
    return outstanding;
  }

  /** How many bytes have been acknowledged so far. */
  long acknowledged(long now) {
    forget(now);
    return acknowledged;
  }

  /** When no more than so many bytes will be in flight. */
  long when(long most) {
    long left = bytes;
    for (int i = 0; i < count; i++) {
      int slot = (first + i) & (times.length - 1);
      left -= sizes[slot];
      if (left <= most) {
        return times[slot];
      }
    }
    return count == 0 ? Long.MIN_VALUE : times[(first + count - 1) & (times.length - 1)];
  }

  private void forget(long now) {
    while (count > 0 && times[first] <= now) {
      bytes -= sizes[first];
      acknowledged += sizes[first];
      outstanding -= packets[first];
      first = (first + 1) & (times.length - 1);
      count--;
    }
  }

  private void grow() {
    int size = times.length;
    long[] newTimes = Arrays.copyOf(times, 2 * size);
    int[] newSizes = Arrays.copyOf(sizes, 2 * size);
    int[] newPackets = Arrays.copyOf(packets, 2 * size);
    // what wrapped around follows the old end
    System.arraycopy(times, 0, newTimes, size, first);
    System.arraycopy(sizes, 0, newSizes, size, first);
    System.arraycopy(packets, 0, newPackets, size, first);
    times = newTimes;
    sizes = newSizes;
    packets = newPackets;
  }
}
