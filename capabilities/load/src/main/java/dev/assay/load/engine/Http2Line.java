package dev.assay.load.engine;

import dev.assay.load.http2.ErrorCode;
import dev.assay.load.http2.Http2Exchange;
import dev.assay.load.http2.Http2Fault;
import dev.assay.load.http2.Http2Output;
import dev.assay.load.http2.Http2Session;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;

/**
 * A connection on which HTTP/2 is spoken: with TLS where ALPN agrees on it, else with prior
 * knowledge. It carries as many requests at once as both sides allow. What a turn of the loop makes
 * ready goes out in one write at its end.
 */
final class Http2Line extends Line implements Http2Session.Owner {

  /** The name of HTTP/2 in ALPN. */
  private static final String ALPN = "h2";

  private final Http2Session session;
  private final SocketWriter writer;
  private final ArrayDeque<Http2Call> spares = new ArrayDeque<>();
  private final ArrayDeque<Http2Call> grpcSpares = new ArrayDeque<>();

  /** How many places its pool was told of. */
  private int granted;

  private boolean usable;
  private boolean closed;

  /** Whether it stands among the lines that are flushed at the end of this turn. */
  boolean unflushed;

  /** What to say of the streams that fail when the connection goes. */
  private ErrorKind end = ErrorKind.CLOSED;

  private String why = "the connection was closed before the response was complete";

  Http2Line(LoadLoop loop, Pool pool, long now) {
    super(loop, pool, now);
    this.session = new Http2Session(this, loop.streams());
    this.writer = new SocketWriter(this);
  }

  Http2Session session() {
    return session;
  }

  // ---- opening

  @Override
  void opened(ChannelHandlerContext on) {
    if (pool.tls()) {
      if (!ALPN.equals(agreed())) {
        String what = "the server does not offer h2 by ALPN";
        connectFailed(ErrorKind.PROTOCOL, new IOException(what));
        var _ = on.close();
        return;
      }
    }
    writer.on(on, pool.tls());
    session.begin();
    flush();
    var _ =
        on.executor()
            .schedule(
                () -> unready(on, ErrorKind.CONNECT, "no SETTINGS of HTTP/2 within the time-out"),
                loop.timeoutNanos(),
                TimeUnit.NANOSECONDS);
  }

  private void unready(ChannelHandlerContext on, ErrorKind kind, String what) {
    if (!usable && !gone()) {
      connectFailed(kind, new IOException(what));
      var _ = on.close();
    }
  }

  @Override
  public void ready() {
    usable = true;
    granted = session.limit();
    ready(granted);
  }

  @Override
  public void limited() {
    int change = session.limit() - granted;
    granted += change;
    if (gone() || change == 0) {
      return;
    }
    if (change > 0) {
      pool.more(this, change, loop.nanos());
    } else {
      pool.fewer(this, -change);
    }
  }

  // ---- requests

  @Override
  void send(User by, long now) {
    boolean grpc = by.grpc != null;
    Http2Call spare = grpc ? grpcSpares.pollFirst() : spares.pollFirst();
    Http2Call call = spare == null ? grpc ? new GrpcStream(this) : new Http2Fetch(this) : spare;
    call.begin(by);
    flushLater();
    if (session.isDraining() && !gone()) {
      retire(); // that was the last number a stream can have
    }
  }

  /** A call is over and may be used again. */
  void spare(Http2Call call) {
    if (call instanceof GrpcStream) {
      grpcSpares.addFirst(call);
    } else {
      spares.addFirst(call);
    }
    if (gone() && session.active() == 0) {
      flushLater();
    }
  }

  @Override
  void abandon(User by) {
    Http2Call call = by.call;
    if (call != null) {
      call.cancel();
      flushLater();
    }
  }

  /** Says how a failure of a stream counts. */
  ErrorKind kind(Http2Exchange.Failure failure) {
    return switch (failure) {
      case REFUSED, RESET -> ErrorKind.RESET;
      case MALFORMED, BROKEN -> ErrorKind.PROTOCOL;
      case UNPROCESSED -> ErrorKind.CLOSED;
      case CLOSED -> end;
    };
  }

  /** Says in a sentence why a stream failed. */
  String sentence(Http2Exchange.Failure failure, int errorCode) {
    return switch (failure) {
      case REFUSED -> "the server refused the stream (REFUSED_STREAM)";
      case RESET -> "the server reset the stream (" + ErrorCode.name(errorCode) + ")";
      case MALFORMED -> "the response is not one that HTTP/2 allows";
      case UNPROCESSED ->
          "the server went away twice without processing the request ("
              + ErrorCode.name(errorCode)
              + ")";
      case BROKEN -> {
        Http2Fault fault = session.fault();
        yield fault == null ? "the connection is broken" : fault.sentence();
      }
      case CLOSED -> why;
    };
  }

  // ---- bytes

  @Override
  public void channelRead(ChannelHandlerContext on, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    try {
      byte[] scratch = loop.scratch();
      while (bytes.isReadable()) {
        int many = Math.min(scratch.length, bytes.readableBytes());
        bytes.readBytes(scratch, 0, many);
        session.receive(scratch, 0, many);
      }
    } finally {
      bytes.release();
    }
    if (session.output().size() > 0) {
      flushLater();
    }
  }

  /** Lets what is ready go out when this turn of the loop ends. */
  void flushLater() {
    if (!unflushed) {
      unflushed = true;
      loop.flushLater(this);
    }
  }

  @Override
  void writable() {
    if (session.output().size() > 0) {
      flushLater();
    }
  }

  /** Sends what is ready, as far as the connection takes it. */
  void flush() {
    unflushed = false;
    Http2Output output = session.output();
    try {
      while (output.size() > 0 && !closed && !writer.busy()) {
        ByteBuf bytes = loop.outgoing(output.bytes(), output.size());
        output.clear();
        writer.write(bytes);
        session.sent();
      }
    } catch (IOException broken) {
      failAll(ErrorKind.RESET, String.valueOf(broken.getMessage()));
    }
    if (gone() && usable && session.active() == 0) {
      close();
    }
  }

  private void close() {
    if (!closed) {
      closed = true;
      var _ = context().close();
    }
  }

  // ---- its end

  @Override
  public void goingAway(int errorCode) {
    retire();
    flushLater();
  }

  @Override
  public void broken(Http2Fault fault) {
    if (usable) {
      retire();
      flushLater();
    } else {
      flush();
      unready(context(), ErrorKind.PROTOCOL, fault.sentence());
    }
  }

  @Override
  void closed() {
    leave(); // first, so that nobody who waits is given this line
    session.closed(Http2Exchange.Failure.CLOSED);
  }

  @Override
  void failAll(ErrorKind kind, String reason) {
    end = kind;
    why = reason;
    closed();
    close();
  }

  @Override
  public void channelInactive(ChannelHandlerContext on) {
    closed = true;
    if (!usable && !gone()) {
      String early = "the connection was closed before the server's SETTINGS of HTTP/2";
      connectFailed(ErrorKind.PROTOCOL, new IOException(early));
      return;
    }
    super.channelInactive(on);
    if (usable) {
      session.closed(Http2Exchange.Failure.CLOSED); // what was still under way as it was retired
    }
  }
}
