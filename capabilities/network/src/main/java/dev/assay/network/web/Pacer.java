package dev.assay.network.web;

import dev.assay.network.link.StreamFlow;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Takes the bytes of one direction of one connection over a link: hands each on when the link says
 * that it arrives. Owned by the event loop of the connection, which is the link's too.
 */
final class Pacer {

  private static final int WAITING_MOST = 64 * 1024;
  private static final long ON_ITS_WAY_MOST = 16L * 1024 * 1024;

  /** Where bytes arrive. */
  interface Far {
    void bytes(ByteBuf bytes);

    void end();

    /** Whether it takes bytes now; it calls {@link Pacer#pump} when it does again. */
    boolean ready();

    /** There is room for more again. */
    void roomy();
  }

  private record Travelling(ByteBuf bytes, long at) {}

  private final StreamFlow flow;
  private final EventLoop loop;
  private final Far far;
  private final Deque<ByteBuf> waiting = new ArrayDeque<>();
  private final Deque<Travelling> onItsWay = new ArrayDeque<>();
  private long waitingBytes;
  private long travellingBytes;
  private boolean ending;
  private boolean ended;
  private long endAt = -1;
  private boolean full;
  private boolean pumping;
  private boolean over;
  private @Nullable ScheduledFuture<?> timer;

  Pacer(StreamFlow flow, EventLoop loop, Far far) {
    this.flow = flow;
    this.loop = loop;
    this.far = far;
  }

  /** Takes bytes, which belong to it from now on. */
  void data(ByteBuf bytes) {
    if (over || ending || !bytes.isReadable()) {
      bytes.release();
      return;
    }
    waiting.add(bytes);
    waitingBytes += bytes.readableBytes();
    pump();
  }

  /** The stream ends after all the bytes so far. */
  void end() {
    ending = true;
    pump();
  }

  /** Whether it wants no more bytes now; {@link Far#roomy} follows. */
  boolean full() {
    full = waitingBytes >= WAITING_MOST;
    return full;
  }

  /** Whether all that it took has arrived. */
  boolean idle() {
    return waiting.isEmpty() && onItsWay.isEmpty();
  }

  /** Forgets everything. */
  void discard() {
    over = true;
    stopTimer();
    waiting.forEach(ByteBuf::release);
    waiting.clear();
    onItsWay.forEach(one -> one.bytes().release());
    onItsWay.clear();
  }

  /** Does what is due; also to be called when the link's condition has changed. */
  void pump() {
    if (pumping || over) {
      return;
    }
    pumping = true;
    long now = loop.ticker().nanoTime();
    deliver(now);
    send(now);
    deliver(now);
    pumping = false;
    if (!over) {
      wake(now);
      if (full && waitingBytes < WAITING_MOST) {
        full = false;
        far.roomy();
      }
    }
  }

  private void send(long now) {
    while (!over && !waiting.isEmpty() && travellingBytes < ON_ITS_WAY_MOST) {
      int room = flow.room(now);
      if (room <= 0) {
        return;
      }
      ByteBuf first = waiting.getFirst();
      int size = Math.min(room, first.readableBytes());
      long at = flow.offer(size, now);
      if (at == Long.MAX_VALUE) {
        return;
      }
      boolean whole = size == first.readableBytes();
      ByteBuf piece = whole ? waiting.removeFirst() : first.readRetainedSlice(size);
      waitingBytes -= size;
      travellingBytes += size;
      onItsWay.add(new Travelling(piece, at));
    }
    if (ending && endAt < 0 && waiting.isEmpty()) {
      long at = flow.finish(now);
      endAt = at == Long.MAX_VALUE ? -1 : at;
    }
  }

  private void deliver(long now) {
    while (!over && !onItsWay.isEmpty() && onItsWay.getFirst().at() <= now && far.ready()) {
      ByteBuf bytes = onItsWay.removeFirst().bytes();
      travellingBytes -= bytes.readableBytes();
      far.bytes(bytes);
    }
    if (!over && !ended && endAt >= 0 && endAt <= now && idle()) {
      ended = true;
      far.end();
    }
  }

  private void wake(long now) {
    stopTimer();
    long at = Long.MAX_VALUE;
    if (!onItsWay.isEmpty() && far.ready()) {
      at = onItsWay.getFirst().at();
    }
    if (!waiting.isEmpty() && travellingBytes < ON_ITS_WAY_MOST) {
      at = Math.min(at, Math.max(now + 1, flow.roomAt(now)));
    }
    if (!ended && endAt >= 0 && idle()) {
      at = Math.min(at, endAt);
    }
    if (at != Long.MAX_VALUE) {
      timer = loop.schedule(this::fired, Math.max(0, at - now), TimeUnit.NANOSECONDS);
    }
  }

  private void fired() {
    timer = null;
    pump();
  }

  private void stopTimer() {
    ScheduledFuture<?> running = timer;
    if (running != null) {
      running.cancel(false);
      timer = null;
    }
  }
}
