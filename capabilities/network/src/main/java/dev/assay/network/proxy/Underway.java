package dev.assay.network.proxy;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Datagrams on their way, by the time at which they arrive; those that arrive at one time keep
 * their order. A binary heap that waits in the timetable. Used by one thread.
 */
final class Underway extends Timetable.Entry {

  private final Timetable timetable;
  private final Consumer<ByteBuf> arrived;
  private final Runnable batchEnd;
  private @Nullable ByteBuf[] buffers = new ByteBuf[16];
  private long[] times = new long[16];
  private long[] turns = new long[16];
  private int size;
  private long turn;

  Underway(Timetable timetable, Consumer<ByteBuf> arrived, Runnable batchEnd) {
    this.timetable = timetable;
    this.arrived = arrived;
    this.batchEnd = batchEnd;
  }

  int size() {
    return size;
  }

  /** Lets one arrive then; the buffer is this one's. */
  void add(ByteBuf datagram, long at) {
    if (size == times.length) {
      buffers = Arrays.copyOf(buffers, size * 2);
      times = Arrays.copyOf(times, size * 2);
      turns = Arrays.copyOf(turns, size * 2);
    }
    int place = size++;
    long mine = turn++;
    while (place > 0) {
      int parent = (place - 1) >>> 1;
      if (!before(at, mine, parent)) {
        break;
      }
      move(parent, place);
      place = parent;
    }
    put(place, datagram, at, mine);
    timetable.await(this, times[0]);
  }

  @Override
  void due(long now) {
    boolean any = false;
    while (size > 0 && times[0] <= now) {
      ByteBuf first = take();
      any = true;
      arrived.accept(first);
    }
    if (any) {
      batchEnd.run();
    }
    if (size > 0) {
      timetable.await(this, times[0]);
    }
  }

  /** Lets none arrive any more. */
  void discard() {
    timetable.forget(this);
    while (size > 0) {
      take().release();
    }
  }

  private ByteBuf take() {
    ByteBuf first = buffers[0];
    size--;
    ByteBuf datagram = buffers[size];
    long at = times[size];
    long mine = turns[size];
    buffers[size] = null;
    if (size > 0 && datagram != null) {
      int place = 0;
      while (true) {
        int child = 2 * place + 1;
        if (child >= size) {
          break;
        }
        if (child + 1 < size && before(times[child + 1], turns[child + 1], child)) {
          child++;
        }
        if (before(at, mine, child)) {
          break;
        }
        move(child, place);
        place = child;
      }
      put(place, datagram, at, mine);
    }
    if (first == null) {
      throw new IllegalStateException("nothing is on its way");
    }
    return first;
  }

  private boolean before(long at, long mine, int other) {
    return at < times[other] || at == times[other] && mine < turns[other];
  }

  private void move(int from, int to) {
    buffers[to] = buffers[from];
    times[to] = times[from];
    turns[to] = turns[from];
  }

  private void put(int place, ByteBuf datagram, long at, long mine) {
    buffers[place] = datagram;
    times[place] = at;
    turns[place] = mine;
  }
}
