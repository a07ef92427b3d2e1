package dev.assay.load.engine;

import org.jspecify.annotations.Nullable;

/** Users who wait, in order; grows as needed, bounded by the users there are. Not thread-safe. */
final class UserQueue {

  private @Nullable User[] ring = new @Nullable User[64];
  private int first;
  private int size;

  /** Adds one at the end. */
  void offer(User user) {
    room();
    ring[(first + size) & (ring.length - 1)] = user;
    size++;
  }

  /** Adds one in front. */
  void offerFirst(User user) {
    room();
    first = (first - 1) & (ring.length - 1);
    ring[first] = user;
    size++;
  }

  /** Takes the first one, or null. */
  @Nullable User poll() {
    if (size == 0) {
      return null;
    }
    User user = ring[first];
    ring[first] = null;
    first = (first + 1) & (ring.length - 1);
    size--;
    return user;
  }

  int size() {
    return size;
  }

  private void room() {
    if (size < ring.length) {
      return;
    }
    @Nullable User[] larger = new @Nullable User[2 * ring.length];
    for (int i = 0; i < size; i++) {
      larger[i] = ring[(first + i) & (ring.length - 1)];
    }
    ring = larger;
    first = 0;
  }
}
