package dev.assay.smpp.session;

import org.jspecify.annotations.Nullable;

/**
 * The requests of a session that wait for their answers: a ring by sequence number, so that sending
 * and answering cost no memory. Where it adapts, it halves when the other end throttles, once for
 * each window of requests, and grows by one for each window of good answers, as TCP does. Not
 * thread-safe.
 */
final class Window {

  private static final int LAST = 0x7FFF_FFFF;

  private final int most;
  private final boolean adaptive;
  private final int mask;
  private final int[] sequences;
  private final long[] tokens;
  private final long[] sent;
  private final @Nullable Object[] attached;
  private int next;
  private int open;
  private int limit;
  private int good;
  private int cutAfter;

  Window(int most, boolean adaptive, int firstSequence) {
    this.most = most;
    this.adaptive = adaptive;
    this.limit = most;
    this.next = firstSequence;
    // four times the window, so that a late answer rarely shares a place with a new request
    int size = Integer.highestOneBit(Math.max(16, most * 4 - 1)) * 2;
    this.mask = size - 1;
    this.sequences = new int[size];
    this.tokens = new long[size];
    this.sent = new long[size];
    this.attached = new @Nullable Object[size];
  }

  /** Whether another request may be sent. */
  boolean free() {
    return open < limit;
  }

  int open() {
    return open;
  }

  int limit() {
    return limit;
  }

  /** Takes a place and says which sequence number it has; the session's own requests always may. */
  int take(long token, @Nullable Object attachment, long now) {
    while (sequences[next & mask] != 0) {
      next = next == LAST ? 1 : next + 1;
    }
    int sequence = next;
    next = next == LAST ? 1 : next + 1;
    int place = sequence & mask;
    sequences[place] = sequence;
    tokens[place] = token;
    sent[place] = now;
    attached[place] = attachment;
    open++;
    return sequence;
  }

  /** The place of a request that is not answered yet, or -1. */
  int find(int sequence) {
    int place = sequence & mask;
    return sequence != 0 && sequences[place] == sequence ? place : -1;
  }

  long token(int place) {
    return tokens[place];
  }

  long sent(int place) {
    return sent[place];
  }

  @Nullable Object attached(int place) {
    return attached[place];
  }

  /** Frees a place. */
  void free(int place) {
    sequences[place] = 0;
    attached[place] = null;
    open--;
  }

  /** The place of a request sent at that moment or before, or -1. */
  int expired(long before) {
    if (open > 0) {
      for (int place = 0; place < sequences.length; place++) {
        if (sequences[place] != 0 && sent[place] - before <= 0) {
          return place;
        }
      }
    }
    return -1;
  }

  /** The place of any request that waits, or -1. */
  int any() {
    for (int place = 0; open > 0 && place < sequences.length; place++) {
      if (sequences[place] != 0) {
        return place;
      }
    }
    return -1;
  }

  /** Learns from an answer whether the other end keeps up. */
  void learn(int sequence, boolean throttled) {
    if (!adaptive) {
      return;
    }
    if (throttled) {
      good = 0;
      // one cut for all that was sent before it
      if (sequence - cutAfter >= 0) {
        limit = Math.max(1, limit / 2);
        cutAfter = next;
      }
    } else if (++good >= limit && limit < most) {
      limit++;
      good = 0;
    }
  }
}
