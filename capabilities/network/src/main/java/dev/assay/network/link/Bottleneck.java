package dev.assay.network.link;

import java.util.Objects;

/**
 * The slowest place of a direction, which all of its flows share: one packet after the other, in
 * the order in which they are offered. Because it is first in, first out, the time at which a
 * packet leaves is known when it is offered. Owned by one thread.
 */
final class Bottleneck {

  private final CoDel codel = new CoDel();
  private DirectionCondition condition;
  private double bytesPerNano;
  private long limit;

  /** When all that was taken has left. */
  private long freeAt = Long.MIN_VALUE;

  /** The part of a nanosecond by which {@link #freeAt} is too early. */
  private double carry;

  private boolean replaying;
  private long start;
  private long opportunity;
  private int left;

  Bottleneck(DirectionCondition condition) {
    this.condition = condition;
    settle();
  }

  /** Goes on under another condition; what was taken leaves as it would have. */
  void become(DirectionCondition next) {
    replaying &= Objects.equals(next.trace(), condition.trace());
    condition = next;
    codel.forget();
    settle();
  }

  private void settle() {
    Trace trace = condition.trace();
    double bits = trace != null ? trace.bitsPerSecond() : condition.bitsPerSecond();
    bytesPerNano = bits / 8e9;
    limit = condition.queue().limit(bits / 8);
  }

  boolean limited() {
    return condition.limited();
  }

  /** How long it takes for so many bytes to pass, on average, in nanoseconds. */
  long passing(int bytes) {
    return limited() ? (long) Math.ceil(bytes / bytesPerNano) : 0;
  }

  /** How long something that is offered now waits before it begins to leave, in nanoseconds. */
  long waiting(long now) {
    return freeAt <= now ? 0 : freeAt - now;
  }

  /** Takes a packet whatever waits before it; when it has left. */
  long take(int bytes, long now) {
    Trace trace = condition.trace();
    if (trace != null) {
      freeAt = replay(trace, bytes, now);
      return freeAt;
    }
    if (freeAt < now) {
      freeAt = now;
      carry = 0;
    }
    if (condition.bitsPerSecond() > 0) {
      double nanos = bytes / bytesPerNano + carry;
      long whole = (long) Math.ceil(nanos);
      carry = nanos - whole;
      freeAt += whole;
    }
    return freeAt;
  }

  /**
   * Takes a packet or drops it.
   *
   * @return when it has left, or {@link Long#MIN_VALUE} where the queue dropped it
   */
  long takeOrDrop(int bytes, long now) {
    if (limited()) {
      double backlog = backlog(now);
      if (backlog > 0 && backlog + bytes > limit) {
        return Long.MIN_VALUE;
      }
      long waiting = waiting(now);
      if (condition.queue().target() > 0
          && codel.drops(condition.queue(), waiting, now + waiting, backlog)) {
        return Long.MIN_VALUE;
      }
    }
    return take(bytes, now);
  }

  /** How many bytes wait or are leaving. */
  double backlog(long now) {
    Trace trace = condition.trace();
    if (trace == null) {
      return waiting(now) * bytesPerNano;
    }
    if (!replaying) {
      return 0;
    }
    long ahead = opportunity - trace.first(now - start);
    return ahead < 0 ? 0 : (double) ahead * Trace.OPPORTUNITY + (Trace.OPPORTUNITY - left);
  }

  /** The most bytes of streams that wait now: CoDel lets a burst pass, and no standing queue. */
  private double streamLimit(long now) {
    Queue queue = condition.queue();
    if (queue.target() == 0 || !codel.standing(queue, waiting(now), now)) {
      return limit;
    }
    return Math.min(limit, Math.max(3000, queue.target() * bytesPerNano));
  }

  /** Whether so many bytes of a stream find room; a single packet does where nothing waits. */
  boolean fits(int bytes, long now) {
    double backlog = backlog(now);
    return backlog <= 0 || backlog + bytes <= streamLimit(now);
  }

  /** Whether half of the queue is free: then nobody waits for room whose turn is later. */
  boolean roomy(long now) {
    return backlog(now) <= streamLimit(now) / 2;
  }

  /** When the queue is empty if nothing else is offered; later than now. */
  long emptyAt(long now) {
    return Math.max(now + 1, freeAt);
  }

  /** When so many bytes will find room, if nothing else is offered; later than now. */
  long fitsAt(int bytes, long now) {
    double room = Math.max(0, streamLimit(now) - bytes);
    Trace trace = condition.trace();
    long at;
    if (trace == null) {
      at = freeAt - (long) (room / bytesPerNano);
    } else {
      long gone = Math.max(0, opportunity - (long) (room / Trace.OPPORTUNITY));
      at = start + trace.at(gone) + 1;
    }
    return Math.max(now + 1, at);
  }

  private long replay(Trace trace, int bytes, long now) {
    if (!replaying) {
      replaying = true;
      // what was taken under another condition leaves first
      start = Math.max(now, freeAt);
      opportunity = 0;
      left = Trace.OPPORTUNITY;
    }
    long first = trace.first(now - start);
    if (first > opportunity) {
      opportunity = first;
      left = Trace.OPPORTUNITY;
    }
    int rest = bytes;
    long used = opportunity;
    while (rest > 0) {
      if (left == 0) {
        opportunity++;
        left = Trace.OPPORTUNITY;
      }
      int taken = Math.min(rest, left);
      rest -= taken;
      left -= taken;
      used = opportunity;
    }
    return Math.max(now, start + trace.at(used));
  }
}
