package dev.assay.network.packet;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The packets that are on their way in one direction: a heap by time of arrival over slots of
 * memory. It allocates nothing once it is made. Owned by one thread.
 */
final class Underway {

  /** The largest packet, the MTU of the devices. */
  static final int PACKET = 1500;

  private static final int SLOT = 1536;

  private final MemorySegment memory;
  private final int[] lengths;
  private final int[] free;
  private int freeCount;
  private final long[] times;
  private final long[] order;
  private final int[] slots;
  private int count;
  private long sequence;

  /**
   * Room for packets.
   *
   * @param most how many
   */
  Underway(Arena arena, int most) {
    int all = most + 1;
    memory = arena.allocate((long) all * SLOT, 64);
    lengths = new int[all];
    free = new int[all];
    for (int i = 0; i < all; i++) {
      free[i] = all - 1 - i;
    }
    freeCount = all;
    times = new long[most];
    order = new long[most];
    slots = new int[most];
  }

  /** Where the next packet may be read to; it becomes one by {@link #add}. */
  MemorySegment next() {
    return slot(free[freeCount - 1]);
  }

  /** Whether no more can be added; one slot is always left to read into. */
  boolean full() {
    return freeCount == 1;
  }

  boolean empty() {
    return count == 0;
  }

  /** Sends the packet in {@link #next} on its way. */
  void add(int length, long arrives) {
    int slot = free[--freeCount];
    lengths[slot] = length;
    push(slot, arrives);
  }

  /** Sends a copy of the packet that was added last. */
  void addCopy(MemorySegment packet, int length, long arrives) {
    MemorySegment.copy(packet, 0, next(), 0, length);
    add(length, arrives);
  }

  /** When the first arrives; there must be one. */
  long first() {
    return times[0];
  }

  MemorySegment firstPacket() {
    return slot(slots[0]);
  }

  int firstLength() {
    return lengths[slots[0]];
  }

  /** Takes the first away. */
  void remove() {
    free[freeCount++] = slots[0];
    count--;
    if (count > 0) {
      move(count, 0);
      sink(0);
    }
  }

  private MemorySegment slot(int slot) {
    return memory.asSlice((long) slot * SLOT, PACKET);
  }

  private void push(int slot, long time) {
    int at = count++;
    times[at] = time;
    order[at] = sequence++;
    slots[at] = slot;
    while (at > 0 && before(at, (at - 1) / 2)) {
      swap(at, (at - 1) / 2);
      at = (at - 1) / 2;
    }
  }

  private void sink(int from) {
    int at = from;
    while (true) {
      int least = at;
      for (int child = 2 * at + 1; child <= 2 * at + 2; child++) {
        if (child < count && before(child, least)) {
          least = child;
        }
      }
      if (least == at) {
        return;
      }
      swap(at, least);
      at = least;
    }
  }

  private boolean before(int one, int other) {
    return times[one] < times[other] || times[one] == times[other] && order[one] < order[other];
  }

  private void move(int from, int to) {
    times[to] = times[from];
    order[to] = order[from];
    slots[to] = slots[from];
  }

  private void swap(int one, int other) {
    long time = times[one];
    long number = order[one];
    int slot = slots[one];
    move(other, one);
    times[other] = time;
    order[other] = number;
    slots[other] = slot;
  }
}
