package dev.assay.load.engine;

import java.util.Arrays;

/** A bounded queue of arrivals that grows up to its bound. Not thread-safe. */
final class ArrivalQueue {

  private final int bound;
  private long[] ring;
  private int first;
  private int size;

  ArrivalQueue(int bound) {
    this.bound = bound;
    this.ring = new long[Math.clamp(bound, 1, 1024)];
  }

  /** Adds an arrival at the end, unless the queue is full. */
  boolean offer(long arrival) {
    if (size >= bound) {
      return false;
    }
    if (size == ring.length) {
      grow();
    }
    ring[(int) (((long) first + size) % ring.length)] = arrival;
    size++;
    return true;
  }

  /** Takes the oldest arrival, or -1 from an empty queue. */
  long poll() {
    if (size == 0) {
      return -1;
    }
    long arrival = ring[first];
    first = first + 1 == ring.length ? 0 : first + 1;
    size--;
    return arrival;
  }

  int size() {
    return size;
  }

  private void grow() {
    int capacity = (int) Math.min(bound, 2L * ring.length);
    long[] larger = Arrays.copyOfRange(ring, first, first + capacity);
    int tail = ring.length - first;
    System.arraycopy(ring, 0, larger, tail, first);
    ring = larger;
    first = 0;
  }
}
