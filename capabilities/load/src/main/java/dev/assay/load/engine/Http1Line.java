package dev.assay.load.engine;

import dev.assay.load.http1.ResponseScanner;
import dev.assay.load.request.CompiledRequest;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import org.jspecify.annotations.Nullable;

/** A connection on which HTTP/1.1 is spoken, one request at a time. */
final class Http1Line extends Line {

  private final ResponseScanner scanner = new ResponseScanner();
  private final Answer answer;
  private final SocketWriter writer;
  private @Nullable User user;

  Http1Line(LoadLoop loop, Pool pool, long now) {
    super(loop, pool, now);
    this.answer = new Answer(loop);
    this.writer = new SocketWriter(this);
  }

  @Override
  void opened(ChannelHandlerContext on) {
    writer.on(on, pool.tls());
    ready(1);
  }

  @Override
  void send(User by, long now) {
    CompiledRequest request = by.request();
    user = by;
    answer.begin(by, request);
    scanner.begin(request.head(), request.curious() ? answer : null);
    loop.writeHttp1(by, request, writer);
  }

  @Override
  public void channelRead(ChannelHandlerContext on, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    try {
      User by = user;
      if (by == null) {
        // Nobody asked for these bytes: whatever they are, they must not answer the next request.
        leave();
        return;
      }
      loop.received(by, bytes.readableBytes());
      scan(bytes);
      if (scanner.ended() || answer.enough()) {
        ended(bytes.isReadable());
      } else {
        loop.began(by);
      }
    } finally {
      bytes.release();
    }
  }

  private void scan(ByteBuf bytes) {
    byte[] scratch = loop.scratch();
    while (bytes.isReadable() && !scanner.ended() && !answer.enough()) {
      long body = scanner.skippable();
      if (body > 0 && !answer.wantsBody()) {
        int many = (int) Math.min(body, bytes.readableBytes());
        bytes.skipBytes(many);
        scanner.skip(many);
        continue;
      }
      int start = bytes.readerIndex();
      int many = Math.min(scratch.length, bytes.readableBytes());
      if (body > 0) {
        many = (int) Math.min(body, many);
        bytes.readBytes(scratch, 0, many);
        answer.body(scratch, 0, many);
        scanner.skip(many);
      } else {
        bytes.readBytes(scratch, 0, many);
        bytes.readerIndex(start + scanHead(scratch, many));
      }
    }
  }

  /** Scans to the end of the head or, where nobody wants the body, as far as the bytes go. */
  private int scanHead(byte[] scratch, int many) {
    return answer.wantsBody()
        ? scanner.scanLines(scratch, 0, many)
        : scanner.scan(scratch, 0, many);
  }

  private void ended(boolean leftover) {
    User by = user;
    if (by == null) {
      return;
    }
    user = null;
    ResponseScanner.Fault fault = scanner.fault();
    if (fault != null) {
      answer.release();
      by.line = null;
      leave();
      loop.failed(by, ErrorKind.PROTOCOL, fault.sentence());
      return;
    }
    answer.end(scanner.status());
    if (!scanner.reusable() || leftover || by.request().last()) {
      by.line = null;
      leave();
    }
    loop.answered(by, answer);
  }

  @Override
  void abandon(User by) {
    user = null;
    answer.release();
    by.line = null;
    leave();
  }

  @Override
  void closed() {
    if (user == null) {
      return;
    }
    scanner.endOfStream();
    if (scanner.ended()) {
      ended(false);
    } else {
      failAll(ErrorKind.CLOSED, "the connection was closed before the response was complete");
    }
  }

  @Override
  void failAll(ErrorKind kind, String why) {
    User by = user;
    if (by != null) {
      abandon(by);
      loop.failed(by, kind, why);
    }
  }
}
