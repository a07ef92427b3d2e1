package dev.assay.load.engine;

import dev.assay.network.link.Link;
import dev.assay.network.link.StreamFlow;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.net.ConnectException;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Puts a connection on a link, as the handler next to its socket: it is open when the link has
 * carried the handshake of TCP, and its bytes come and go when the link has carried them. Used only
 * on its loop's thread.
 */
final class LinkHandler extends ChannelDuplexHandler {

  /** How much of what the server sends may wait for room on the link before it is read no more. */
  private static final int MOST_UNREAD = 256 * 1024;

  private final Link link;
  private final long number;
  private final Line line;
  private final long patience;
  private final PacedIoHandler.Pacer clock;
  private final Way up = new Way();
  private final Way down = new Way();
  private boolean open;
  private boolean ended;
  private @Nullable StreamFlow upward;
  private @Nullable StreamFlow downward;

  /**
   * A handler of one connection.
   *
   * @param device whose link it is on
   * @param line what is told when it cannot be opened
   * @param patience how long opening may take, in nanoseconds
   * @param clock the loop's time
   */
  LinkHandler(Device device, Line line, long patience, PacedIoHandler.Pacer clock) {
    this.link = device.link();
    this.number = device.nextConnection();
    this.line = line;
    this.patience = patience;
    this.clock = clock;
  }

  /** Bytes in one direction: first those that wait for room on the link, then those on the way. */
  private static final class Way {
    final Deque<Piece> waiting = new ArrayDeque<>();
    final Deque<Piece> underWay = new ArrayDeque<>();
    long bytes;
    long wakeAt = Long.MAX_VALUE;
  }

  /** Some bytes; {@code arrives} counts once they are under way. */
  private static final class Piece {
    final ByteBuf bytes;
    final @Nullable ChannelPromise promise;
    long arrives;

    Piece(ByteBuf bytes, @Nullable ChannelPromise promise) {
      this.bytes = bytes;
      this.promise = promise;
    }
  }

  @Override
  public void channelActive(ChannelHandlerContext on) {
    upward = link.up().stream(2 * number);
    downward = link.down().stream(2 * number + 1);
    long now = clock.nanos();
    long takes = link.connected(now, number) - now;
    if (takes > patience) {
      at(
          on,
          patience,
          () -> {
            line.connectFailed(
                ErrorKind.CONNECT,
                new ConnectException("no answer on the link within the time-out"));
            var _ = on.close();
          });
      return;
    }
    at(
        on,
        takes,
        () -> {
          on.fireChannelActive();
          accepted(on);
        });
  }

  /** A server sends nothing before the third packet of the handshake has reached it. */
  private void accepted(ChannelHandlerContext on) {
    StreamFlow flow = upward;
    long now = clock.nanos();
    long arrives = flow == null ? now : flow.offer(0, now);
    at(
        on,
        arrives == Long.MAX_VALUE ? patience : arrives - now,
        () -> {
          open = true;
          move(on, down);
        });
  }

  /** The server has ended its stream: that is told after all that it sent before. */
  @Override
  public void userEventTriggered(ChannelHandlerContext on, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      ended = true;
      move(on, down);
    } else {
      on.fireUserEventTriggered(event);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext on, Object message) {
    ByteBuf read = (ByteBuf) message;
    // The loop's buffer is read into again at once.
    ByteBuf own = on.alloc().buffer(read.readableBytes()).writeBytes(read);
    read.release();
    down.waiting.add(new Piece(own, null));
    down.bytes += own.readableBytes();
    if (down.bytes > MOST_UNREAD) {
      on.channel().config().setAutoRead(false);
    }
    move(on, down);
  }

  @Override
  public void write(ChannelHandlerContext on, Object message, ChannelPromise promise) {
    up.waiting.add(new Piece((ByteBuf) message, promise));
    up.bytes += ((ByteBuf) message).readableBytes();
    move(on, up);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext on) {
    drop(up);
    drop(down);
  }

  private static void drop(Way way) {
    drop(way.waiting);
    drop(way.underWay);
    way.bytes = 0;
  }

  private static void drop(Deque<Piece> pieces) {
    for (Piece piece = pieces.poll(); piece != null; piece = pieces.poll()) {
      piece.bytes.release();
      ChannelPromise promise = piece.promise;
      if (promise != null) {
        promise.tryFailure(new ClosedChannelException());
      }
    }
  }

  /** Puts on the link what it has room for, and hands over what has arrived. */
  private void move(ChannelHandlerContext on, Way way) {
    StreamFlow flow = way == up ? upward : downward;
    if (flow == null || way == down && !open) {
      return;
    }
    long now = clock.nanos();
    long next = offer(flow, way, now);
    boolean delivered = false;
    for (Piece first = way.underWay.peek();
        first != null && first.arrives - now <= 0;
        first = way.underWay.peek()) {
      way.underWay.remove();
      way.bytes -= first.bytes.readableBytes();
      deliver(on, way, first);
      delivered = true;
    }
    if (delivered) {
      flush(on, way);
    }
    Piece first = way.underWay.peek();
    if (first != null) {
      next = Math.min(next, first.arrives);
    }
    wake(on, way, next, now);
  }

  /** When there may be room again, where there is none now for what waits. */
  private static long offer(StreamFlow flow, Way way, long now) {
    for (Piece first = way.waiting.peek(); first != null; first = way.waiting.peek()) {
      int room = flow.room(now);
      if (room == 0) {
        return flow.roomAt(now);
      }
      Piece moved = first;
      if (first.bytes.readableBytes() > room) {
        moved = new Piece(first.bytes.readRetainedSlice(room), null);
      } else {
        way.waiting.remove();
      }
      moved.arrives = flow.offer(moved.bytes.readableBytes(), now);
      way.underWay.add(moved);
    }
    return Long.MAX_VALUE;
  }

  private void deliver(ChannelHandlerContext on, Way way, Piece piece) {
    if (way == down) {
      on.fireChannelRead(piece.bytes);
      return;
    }
    ChannelPromise promise = piece.promise;
    var _ = on.write(piece.bytes, promise == null ? on.newPromise() : promise);
  }

  private void flush(ChannelHandlerContext on, Way way) {
    if (way == up) {
      on.flush();
      return;
    }
    on.fireChannelReadComplete();
    if (down.bytes < MOST_UNREAD / 2 && !on.channel().config().isAutoRead()) {
      on.channel().config().setAutoRead(true);
    }
  }

  private void wake(ChannelHandlerContext on, Way way, long next, long now) {
    if (ended && open && down.bytes == 0) {
      var _ = on.close();
      return;
    }
    if (next == Long.MAX_VALUE || next - way.wakeAt >= 0 && way.wakeAt - now > 0) {
      return;
    }
    way.wakeAt = next;
    at(
        on,
        next - now,
        () -> {
          if (way.wakeAt == next) {
            way.wakeAt = Long.MAX_VALUE;
          }
          move(on, way);
        });
  }

  private static void at(ChannelHandlerContext on, long nanos, Runnable work) {
    var _ = on.executor().schedule(work, Math.max(0, nanos), TimeUnit.NANOSECONDS);
  }

  @Override
  public void flush(ChannelHandlerContext on) {
    // what is written goes out when the link has carried it
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext on) {
    // told when what was read has arrived
  }
}
