package dev.assay.load.engine;

import org.jspecify.annotations.Nullable;

/**
 * The requests under way that have the same time-out, in the order in which they were sent, which
 * is that in which they time out. Not thread-safe.
 */
final class Timeouts {

  private final long nanos;
  private @Nullable User oldest;
  private @Nullable User newest;

  Timeouts(long nanos) {
    this.nanos = nanos;
  }

  long nanos() {
    return nanos;
  }

  @Nullable User oldest() {
    return oldest;
  }

  void add(User user, long now) {
    user.awaiting = true;
    user.deadline = now + nanos;
    User before = newest;
    user.earlier = before;
    user.later = null;
    if (before == null) {
      oldest = user;
    } else {
      before.later = user;
    }
    newest = user;
  }

  void remove(User user) {
    if (!user.awaiting) {
      return;
    }
    user.awaiting = false;
    User before = user.earlier;
    User after = user.later;
    if (before == null) {
      oldest = after;
    } else {
      before.later = after;
    }
    if (after == null) {
      newest = before;
    } else {
      after.earlier = before;
    }
    user.earlier = null;
    user.later = null;
  }
}
