package dev.assay.network.proxy;

import dev.assay.network.link.StreamFlow;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The link: bytes go onto it as its model takes them, and come out when the model says that they
 * arrive. What is on its way is a queue of times and lengths beside the buffers as they were read,
 * so that nothing is copied or allocated for a packet.
 *
 * <p>A connection holds at most {@link #IN_FLIGHT_MOST} on its way, and hardly more than {@link
 * #WAITING_MOST} that the link has not taken yet.
 */
final class LinkStage extends Stage {

  /** The bytes of one direction of one connection that may be on their way. */
  static final long IN_FLIGHT_MOST = 16L * 1024 * 1024;

  private static final int WAITING_MOST = 64 * 1024;
  private static final int NOT_SENT = -1;

  private final StreamFlow flow;
  private final Timetable timetable;
  private final Alarm alarm = new Alarm();

  // Buffers in order: what is on its way first, then what waits.
  private final ArrayDeque<ByteBuf> buffers = new ArrayDeque<>(4);
  private final Arrivals arrivals = new Arrivals();
  private long inFlight;
  private long waiting;

  // The end of the stream, or a reset, behind all the bytes.
  private @Nullable Last last;
  private long lastAt = NOT_SENT;
  private boolean over;
  private boolean pumping;

  private enum Last {
    END,
    RESET
  }

  LinkStage(StreamFlow flow, Timetable timetable) {
    this.flow = flow;
    this.timetable = timetable;
  }

  @Override
  public void data(ByteBuf bytes) {
    int size = bytes.readableBytes();
    if (over || size == 0) {
      bytes.release();
      return;
    }
    buffers.add(compact(bytes, size));
    waiting += size;
    pump(timetable.now());
  }

  /**
   * A small message would otherwise keep the whole buffer that it was read into for its journey.
   */
  private static ByteBuf compact(ByteBuf bytes, int size) {
    if (size >= bytes.capacity() / 4) {
      return bytes;
    }
    ByteBuf copy = bytes.alloc().directBuffer(size, size).writeBytes(bytes);
    bytes.release();
    return copy;
  }

  @Override
  public void end() {
    finish(Last.END);
  }

  @Override
  public void reset() {
    finish(Last.RESET);
  }

  private void finish(Last how) {
    if (last != Last.RESET) {
      last = how;
      lastAt = NOT_SENT;
      pump(timetable.now());
    }
  }

  @Override
  public boolean writable() {
    return waiting < WAITING_MOST;
  }

  @Override
  public void resumed() {
    pump(timetable.now());
  }

  /**
   * Sends a bare packet, such as the last of a handshake.
   *
   * @return when it arrives
   */
  long bare(long now) {
    return flow.offer(0, now);
  }

  /** The link's condition is another now. */
  void changed() {
    pump(timetable.now());
  }

  /** Delivers what is due, sends what can be sent, and says when to look again. */
  private void pump(long now) {
    if (pumping || over) {
      return;
    }
    pumping = true;
    boolean was = writable();
    try {
      deliver(now);
      send(now);
    } finally {
      pumping = false;
    }
    if (over) {
      return;
    }
    timetable.await(alarm, wakeAt(now));
    if (!was && writable()) {
      resume();
    }
  }

  private void deliver(long now) {
    while (!arrivals.isEmpty() && next().writable()) {
      int due = arrivals.takeUntil(now);
      if (due == 0) {
        break;
      }
      hand(due);
    }
    if (last != null && lastAt != NOT_SENT && lastAt <= now && arrivals.isEmpty()) {
      Last how = last;
      lastAt = Long.MAX_VALUE;
      if (how == Last.RESET) {
        over = true;
        next().reset();
      } else {
        next().end();
      }
    }
  }

  /** Hands on so many bytes from the first buffers. */
  private void hand(int bytes) {
    inFlight -= bytes;
    int left = bytes;
    while (left > 0 && !over) {
      ByteBuf first = buffers.element();
      int size = first.readableBytes();
      if (size <= left) {
        buffers.remove();
        left -= size;
        next().data(first);
      } else {
        ByteBuf slice = first.readRetainedSlice(left);
        left = 0;
        next().data(slice);
      }
    }
  }

  private void send(long now) {
    while (waiting > 0 && inFlight < IN_FLIGHT_MOST && next().writable()) {
      int room = flow.room(now);
      if (room <= 0) {
        return;
      }
      int size = (int) Math.min(waiting, room);
      long at = flow.offer(size, now);
      if (at == Long.MAX_VALUE) {
        return;
      }
      waiting -= size;
      inFlight += size;
      if (at <= now && arrivals.isEmpty()) {
        hand(size);
        if (over) {
          return;
        }
      } else {
        arrivals.add(at, size);
      }
    }
    if (last != null && lastAt == NOT_SENT && waiting == 0) {
      long at = flow.finish(now);
      if (at != Long.MAX_VALUE) {
        lastAt = at;
        deliver(now);
      }
    }
  }

  /** When there is something to do next, besides what neighbours call for. */
  private long wakeAt(long now) {
    if (!next().writable()) {
      return Long.MAX_VALUE;
    }
    long at = arrivals.isEmpty() ? Long.MAX_VALUE : arrivals.first();
    if (waiting > 0 && inFlight < IN_FLIGHT_MOST) {
      at = Math.min(at, Math.max(flow.roomAt(now), now + 1));
    }
    if (last != null && lastAt != NOT_SENT && arrivals.isEmpty()) {
      at = Math.min(at, lastAt);
    }
    return at;
  }

  @Override
  public void removed() {
    timetable.forget(alarm);
    ByteBuf bytes;
    while ((bytes = buffers.poll()) != null) {
      next().data(bytes);
    }
    if (last == Last.END && lastAt != Long.MAX_VALUE) {
      next().end();
    } else if (last == Last.RESET) {
      next().reset();
    }
    over = true;
  }

  @Override
  public void discard() {
    over = true;
    timetable.forget(alarm);
    buffers.forEach(ByteBuf::release);
    buffers.clear();
    waiting = 0;
    inFlight = 0;
  }

  private final class Alarm extends Timetable.Entry {
    @Override
    void due(long now) {
      pump(now);
    }
  }
}
