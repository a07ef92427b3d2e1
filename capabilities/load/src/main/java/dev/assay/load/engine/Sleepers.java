package dev.assay.load.engine;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Users who pause, ordered by when they wake: a binary heap. Not thread-safe. */
final class Sleepers {

  private @Nullable User[] heap = new @Nullable User[64];
  private int size;

  /** Puts a user to sleep until its {@link User#wake}. */
  void add(User user) {
    if (size == heap.length) {
      heap = Arrays.copyOf(heap, 2 * size);
    }
    rise(user, size++);
  }

  /** Wakes a user who sleeps earlier than it was to; nothing happens where it does not sleep. */
  void hasten(User user, long wake) {
    if (user.sleepsAt >= 0 && user.wake - wake > 0) {
      user.wake = wake;
      rise(user, user.sleepsAt);
    }
  }

  private void rise(User user, int from) {
    int at = from;
    while (at > 0) {
      int parent = (at - 1) >>> 1;
      User above = get(parent);
      if (above.wake - user.wake <= 0) {
        break;
      }
      put(above, at);
      at = parent;
    }
    put(user, at);
  }

  private void put(User user, int at) {
    heap[at] = user;
    user.sleepsAt = at;
  }

  /** Whether somebody should be awake by then. */
  boolean due(long now) {
    return size > 0 && now - get(0).wake >= 0;
  }

  boolean isEmpty() {
    return size == 0;
  }

  int size() {
    return size;
  }

  /** When the first one wakes; only where it is not empty. */
  long first() {
    return get(0).wake;
  }

  /** Takes the one who wakes first; only where it is not empty. */
  User poll() {
    User woken = get(0);
    User last = get(--size);
    heap[size] = null;
    woken.sleepsAt = -1;
    if (size > 0) {
      sink(last);
    }
    return woken;
  }

  private void sink(User user) {
    int at = 0;
    while (true) {
      int child = 2 * at + 1;
      if (child >= size) {
        break;
      }
      if (child + 1 < size && get(child + 1).wake - get(child).wake < 0) {
        child++;
      }
      User below = get(child);
      if (user.wake - below.wake <= 0) {
        break;
      }
      put(below, at);
      at = child;
    }
    put(user, at);
  }

  private User get(int at) {
    User user = heap[at];
    if (user == null) {
      throw new IllegalStateException("the heap has a hole");
    }
    return user;
  }
}
