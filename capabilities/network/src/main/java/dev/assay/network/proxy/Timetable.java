package dev.assay.network.proxy;

import dev.assay.api.spi.Clock;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * When what is on its way over a link arrives: one timer of the event loop for all its connections,
 * a binary heap of those that wait. Used on that loop only. Nothing is done before its time.
 */
final class Timetable {

  /** Something that waits for its time. */
  abstract static class Entry {
    private int place = -1;
    private long at;

    /** Its time has come; it may wait again. */
    abstract void due(long now);
  }

  private final EventLoop loop;
  private final Clock clock;
  private final Runnable run = this::run;
  private @Nullable Entry[] heap = new Entry[16];
  private int size;
  private @Nullable Future<?> timer;
  private long timerAt = Long.MAX_VALUE;
  private boolean running;

  Timetable(EventLoop loop, Clock clock) {
    this.loop = loop;
    this.clock = clock;
  }

  long now() {
    return clock.nanos();
  }

  /** Lets an entry wait until a time instead of the one it may wait for already. */
  void await(Entry entry, long at) {
    if (at == Long.MAX_VALUE) {
      forget(entry);
      return;
    }
    if (entry.place < 0) {
      if (size == heap.length) {
        heap = Arrays.copyOf(heap, size * 2);
      }
      entry.at = at;
      put(entry, size++);
      rise(entry.place);
    } else if (at != entry.at) {
      boolean earlier = at < entry.at;
      entry.at = at;
      if (earlier) {
        rise(entry.place);
      } else {
        sink(entry.place);
      }
    }
    arm();
  }

  /** Lets an entry wait no more. */
  void forget(Entry entry) {
    int place = entry.place;
    if (place < 0) {
      return;
    }
    entry.place = -1;
    Entry last = at(--size);
    heap[size] = null;
    if (place != size) {
      put(last, place);
      rise(place);
      sink(last.place);
    }
  }

  private void run() {
    timer = null;
    timerAt = Long.MAX_VALUE;
    running = true;
    try {
      long now = now();
      // An entry that waits again for a time that has passed takes its turn with the others.
      for (int left = size; left > 0 && size > 0 && at(0).at <= now; left--) {
        Entry entry = at(0);
        forget(entry);
        entry.due(now);
      }
    } finally {
      running = false;
      arm();
    }
  }

  private void arm() {
    if (running || size == 0 || at(0).at >= timerAt) {
      return;
    }
    if (timer != null) {
      timer.cancel(false);
    }
    timerAt = at(0).at;
    timer = loop.schedule(run, Math.max(0, timerAt - now()), TimeUnit.NANOSECONDS);
  }

  private Entry at(int place) {
    Entry entry = heap[place];
    if (entry == null) {
      throw new IllegalStateException("nothing waits there");
    }
    return entry;
  }

  private void put(Entry entry, int place) {
    heap[place] = entry;
    entry.place = place;
  }

  private void rise(int start) {
    int place = start;
    Entry entry = at(place);
    while (place > 0) {
      int parent = (place - 1) >>> 1;
      if (at(parent).at <= entry.at) {
        break;
      }
      put(at(parent), place);
      place = parent;
    }
    put(entry, place);
  }

  private void sink(int start) {
    int place = start;
    Entry entry = at(place);
    while (true) {
      int child = 2 * place + 1;
      if (child >= size) {
        break;
      }
      if (child + 1 < size && at(child + 1).at < at(child).at) {
        child++;
      }
      if (at(child).at >= entry.at) {
        break;
      }
      put(at(child), place);
      place = child;
    }
    put(entry, place);
  }
}
