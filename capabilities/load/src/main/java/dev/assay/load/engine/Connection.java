package dev.assay.load.engine;

import dev.assay.load.http1.CompiledRequest;
import dev.assay.load.http1.ResponseScanner;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.io.IOException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * One connection and, while it is busy, the arrival whose flow it carries out. All its state is
 * flat fields that the next request overwrites. Used only on its loop's thread.
 */
final class Connection extends ChannelInboundHandlerAdapter {

  private static final long NOBODY = -1;

  private final LoadLoop loop;
  private final ResponseScanner scanner = new ResponseScanner();
  private final long opened;
  private @Nullable ChannelHandlerContext channel;

  private long arrival;
  private int step;
  private long intended;
  private long sent;
  private boolean awaiting;
  private boolean up;
  private boolean gone;

  /** Where it stands among the idle connections of its loop; below 0 while it is busy. */
  int idleAt = -1;

  /** The neighbours among the requests of its loop in the order of their time-outs. */
  @Nullable Connection earlier;

  @Nullable Connection later;

  /** When its request times out. */
  long deadline;

  /** A connection for whatever arrival waits when it is open. */
  Connection(LoadLoop loop, long now) {
    this(loop, now, NOBODY, 0, 0);
  }

  /** A connection to go on with a flow that lost its own. */
  Connection(LoadLoop loop, long now, long arrival, int step, long intended) {
    this.loop = loop;
    this.opened = now;
    this.arrival = arrival;
    this.step = step;
    this.intended = intended;
  }

  long openedAt() {
    return opened;
  }

  /** Begins the flow of an arrival. */
  void start(long of, long intendedNanos, long now) {
    arrival = of;
    step = 0;
    intended = intendedNanos;
    send(now);
  }

  private void send(long now) {
    ChannelHandlerContext open = channel;
    if (open == null) {
      throw new IllegalStateException("there is nothing to send on yet");
    }
    CompiledRequest request = loop.request(step);
    scanner.begin(request.head());
    awaiting = true;
    sent = now;
    loop.awaits(this, now);
    if (loop.measured(arrival)) {
      loop.stats(step).sent(request.size());
    }
    loop.write(open, step);
  }

  /** What to do with a failed attempt to connect; the channel is closed already. */
  void connectFailed(ErrorKind kind, Throwable why) {
    if (!gone) {
      gone = true;
      loop.connectFailed(this, kind, why);
    }
  }

  boolean carriesFlow() {
    return arrival != NOBODY;
  }

  long arrival() {
    return arrival;
  }

  int step() {
    return step;
  }

  long intended() {
    return intended;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    channel = context;
    if (!loop.tls()) {
      ready();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof SslHandshakeCompletionEvent handshake) {
      if (handshake.isSuccess()) {
        ready();
      } else {
        connectFailed(ErrorKind.TLS, handshake.cause());
        var _ = context.close();
      }
    }
  }

  private void ready() {
    long now = loop.nanos();
    up = true;
    loop.connected(this, now);
    if (carriesFlow()) {
      send(now);
    } else {
      loop.free(this, now);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    try {
      if (!awaiting) {
        // Nobody asked for these bytes: whatever they are, they must not answer the next request.
        leave(context);
        return;
      }
      if (loop.measured(arrival)) {
        loop.stats(step).received(bytes.readableBytes());
      }
      scan(bytes);
      if (scanner.ended()) {
        answered(context, bytes.isReadable());
      }
    } finally {
      bytes.release();
    }
  }

  private void scan(ByteBuf bytes) {
    byte[] scratch = loop.scratch();
    while (bytes.isReadable() && !scanner.ended()) {
      long skippable = scanner.skippable();
      if (skippable > 0) {
        int many = (int) Math.min(skippable, bytes.readableBytes());
        bytes.skipBytes(many);
        scanner.skip(many);
      } else {
        int start = bytes.readerIndex();
        int many = Math.min(scratch.length, bytes.readableBytes());
        bytes.readBytes(scratch, 0, many);
        bytes.readerIndex(start + scanner.scan(scratch, 0, many));
      }
    }
  }

  private void answered(ChannelHandlerContext context, boolean leftover) {
    ResponseScanner.Fault fault = scanner.fault();
    if (fault != null) {
      fail(context, ErrorKind.PROTOCOL, fault.sentence());
      return;
    }
    long now = loop.nanos();
    awaiting = false;
    loop.settled(this);
    boolean reusable = scanner.reusable() && !leftover;
    if (!loop.request(step).accepts(scanner.status())) {
      record(now, ErrorKind.STATUS, null);
      finishFlow(false);
    } else {
      record(now, null, null);
      if (step + 1 < loop.steps()) {
        step++;
        intended = now;
        goOn(context, now, reusable);
        return;
      }
      finishFlow(true);
    }
    if (reusable) {
      loop.free(this, now);
    } else {
      leave(context);
    }
  }

  private void goOn(ChannelHandlerContext context, long now, boolean reusable) {
    if (reusable) {
      send(now);
    } else {
      long of = arrival;
      arrival = NOBODY;
      leave(context);
      loop.reopen(of, step, intended, now);
    }
  }

  private void record(long now, @Nullable ErrorKind kind, @Nullable String example) {
    if (!loop.measured(arrival)) {
      return;
    }
    StepInterval stats = loop.stats(step);
    if (kind == null) {
      stats.succeeded(now - intended, now - sent);
      return;
    }
    stats.failed(kind, now - intended, now - sent);
    if (loop.firstOf(step, kind)) {
      stats.example(kind, example == null ? "status " + scanner.status() : example);
    }
  }

  private void finishFlow(boolean well) {
    loop.ended(arrival, well);
    arrival = NOBODY;
  }

  /** Gives up on the request under way, if there is one, and on the connection. */
  private void fail(ChannelHandlerContext context, ErrorKind kind, String example) {
    if (awaiting) {
      awaiting = false;
      loop.settled(this);
      record(loop.nanos(), kind, example);
      finishFlow(false);
    }
    leave(context);
  }

  /** The time-out of its request has come. */
  void timedOut() {
    ChannelHandlerContext open = channel;
    if (open != null) {
      fail(open, ErrorKind.TIMEOUT, "no complete response within the time-out");
    }
  }

  private void leave(ChannelHandlerContext context) {
    if (!gone) {
      gone = true;
      loop.lost(this);
      var _ = context.close();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (gone) {
      return;
    }
    if (awaiting) {
      scanner.endOfStream();
      if (scanner.ended()) {
        answered(context, false);
        return;
      }
      fail(context, ErrorKind.CLOSED, "the connection was closed before the response was complete");
    } else if (up) {
      leave(context);
    } else {
      connectFailed(ErrorKind.TLS, new IOException("closed during the TLS handshake"));
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    ErrorKind kind = tls(cause) ? ErrorKind.TLS : ErrorKind.RESET;
    if (gone) {
      var _ = context.close();
    } else if (kind == ErrorKind.RESET && !(cause instanceof IOException)) {
      loop.defect(cause);
    } else if (up) {
      fail(context, kind, String.valueOf(cause.getMessage()));
    } else {
      connectFailed(ErrorKind.TLS, cause);
      var _ = context.close();
    }
  }

  private static boolean tls(Throwable cause) {
    return cause instanceof SSLException
        || cause instanceof DecoderException && cause.getCause() instanceof SSLException;
  }
}
