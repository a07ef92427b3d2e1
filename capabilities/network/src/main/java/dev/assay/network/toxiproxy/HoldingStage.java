package dev.assay.network.toxiproxy;

import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A toxic that hands bytes on later, in their order. The end of the stream follows the last of
 * them.
 */
abstract class HoldingStage extends ToxicStage {

  /** A time that never comes. */
  static final long NEVER = Long.MAX_VALUE;

  private static final class Held {
    private final ByteBuf bytes;
    private final long arrived;
    private long due;

    private Held(ByteBuf bytes, long arrived, long due) {
      this.bytes = bytes;
      this.arrived = arrived;
      this.due = due;
    }
  }

  private final long mostHeld;
  private final Deque<Held> held = new ArrayDeque<>();
  private long heldBytes;
  private long lastDue = Long.MIN_VALUE;
  private long endDue = NEVER;
  private boolean ending;
  private boolean ended;
  private boolean full;
  private boolean pumping;
  private @Nullable ScheduledFuture<?> timer;
  private long timerDue = NEVER;

  /**
   * A stage that asks for no more while it holds so many bytes.
   *
   * @param mostHeld in bytes
   */
  HoldingStage(Toxic toxic, ExitStage exit, long mostHeld) {
    super(toxic, exit);
    this.mostHeld = mostHeld;
  }

  /**
   * When bytes may go on.
   *
   * @param arrived when they came
   * @param earliest now, or when they came if that is asked for the first time
   * @param before when the bytes before them go or went on; {@link Long#MIN_VALUE} if there were
   *     none
   */
  abstract long due(int bytes, long arrived, long earliest, long before);

  /** When the end of the stream may go on, if no bytes are before it. */
  long endDue(long now) {
    return now;
  }

  /** The most bytes that go on at once. */
  int piece() {
    return Integer.MAX_VALUE;
  }

  @Override
  public final void data(ByteBuf bytes) {
    long now = now();
    while (bytes.readableBytes() > 0) {
      int size = Math.min(Math.max(1, piece()), bytes.readableBytes());
      hold(bytes.readRetainedSlice(size), now);
    }
    bytes.release();
    pump();
  }

  /** Takes one piece; a stage that cuts it calls this for each part. */
  void hold(ByteBuf bytes, long now) {
    int size = bytes.readableBytes();
    lastDue = due(size, now, now, lastDue);
    held.add(new Held(bytes, now, lastDue));
    heldBytes += size;
  }

  @Override
  public final void end() {
    if (!ending) {
      ending = true;
      endDue = endDue(now());
      pump();
    }
  }

  @Override
  public final boolean writable() {
    full = heldBytes >= mostHeld;
    return !full;
  }

  @Override
  public final void resumed() {
    pump();
  }

  @Override
  final void changed() {
    long now = now();
    long before = Long.MIN_VALUE;
    for (Held one : held) {
      before = due(one.bytes.readableBytes(), one.arrived, now, before);
      one.due = before;
    }
    lastDue = before;
    if (ending) {
      endDue = endDue(now);
    }
    pump();
  }

  private void pump() {
    if (pumping) {
      return; // the next stage asked for more while it was given some: the loop goes on
    }
    pumping = true;
    long now = now();
    while (!held.isEmpty() && held.getFirst().due <= now && next().writable()) {
      Held one = held.removeFirst();
      heldBytes -= one.bytes.readableBytes();
      next().data(one.bytes);
    }
    if (held.isEmpty() && ending && !ended && endDue <= now) {
      ended = true;
      next().end();
    }
    pumping = false;
    schedule(now);
    if (full && heldBytes < mostHeld) {
      full = false;
      resume();
    }
  }

  private void schedule(long now) {
    long wanted = !held.isEmpty() ? held.getFirst().due : ending && !ended ? endDue : NEVER;
    if (wanted <= now) {
      return; // the next stage is full, and will say when it is not
    }
    if (wanted != timerDue) {
      stopTimer();
      if (wanted != NEVER) {
        timerDue = wanted;
        timer = connection().loop().schedule(this::fired, wanted - now, TimeUnit.NANOSECONDS);
      }
    }
  }

  private void fired() {
    timer = null;
    timerDue = NEVER;
    pump();
  }

  private void stopTimer() {
    ScheduledFuture<?> running = timer;
    if (running != null) {
      running.cancel(false);
    }
    timer = null;
    timerDue = NEVER;
  }

  @Override
  public final void removed() {
    stopTimer();
    while (!held.isEmpty()) {
      next().data(held.removeFirst().bytes);
    }
    heldBytes = 0;
    if (ending && !ended) {
      ended = true;
      next().end();
    }
  }

  @Override
  public final void discard() {
    stopTimer();
    while (!held.isEmpty()) {
      held.removeFirst().bytes.release();
    }
    heldBytes = 0;
  }
}
