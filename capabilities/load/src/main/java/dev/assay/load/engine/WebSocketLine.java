package dev.assay.load.engine;

import dev.assay.load.http1.ResponseScanner;
import dev.assay.load.request.CompiledRequest;
import dev.assay.load.websocket.FrameReader;
import dev.assay.load.websocket.Handshake;
import dev.assay.load.websocket.WebSocketFault;
import dev.assay.load.websocket.WebSocketSession;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The WebSocket of one user: a connection of its own, outside the pools, from the handshake to the
 * close. Messages are looked at as they come in and only while the user awaits one; otherwise they
 * are counted and forgotten. What only the handshake needs is dropped when it is over, since there
 * may be very many of these.
 */
final class WebSocketLine extends Line implements ResponseScanner.Fields {

  /** What the user waits for. */
  private enum Wait {
    NOTHING,
    OPEN,
    SENDING,
    WRITTEN,
    MESSAGE,
    CLOSE
  }

  private static final int SWITCHING = 101;

  private final WebSockets sockets;
  private final SocketWriter writer = new SocketWriter(this);
  private final CompiledRequest request;
  private @Nullable Opening opening;
  private @Nullable WebSocketSession session;
  private @Nullable User user;
  private Wait waits = Wait.OPEN;
  private @Nullable Answer message;
  private int passedOver;
  private @Nullable ErrorKind brokenKind;
  private @Nullable String brokenWhy;

  /** Its neighbours in a chain of {@link WebSockets}, and which that is. */
  @Nullable WebSocketLine earlier;

  @Nullable WebSocketLine later;
  WebSockets.@Nullable Chain chain;

  /** When it is closed whether or not the server has closed it. */
  long deadline;

  /** What is known while the handshake is under way. */
  private record Opening(ResponseScanner scanner, Handshake handshake) {}

  WebSocketLine(
      WebSockets sockets,
      LoadLoop loop,
      Pool pool,
      User user,
      CompiledRequest request,
      Handshake handshake,
      long now) {
    super(loop, pool, now);
    this.sockets = sockets;
    this.user = user;
    this.request = request;
    this.opening = new Opening(new ResponseScanner(), handshake);
  }

  SocketWriter writer() {
    return writer;
  }

  /** Whose it is; null once that user is through with it. */
  @Nullable User user() {
    return user;
  }

  /** The step that opened it. */
  CompiledRequest opener() {
    return request;
  }

  // ---- what the user does

  /**
   * Sends a message, awaits one, or both.
   *
   * @return whether nothing is left to wait for
   */
  boolean exchange(boolean sends, boolean awaits) {
    User by = user;
    waits = Wait.SENDING;
    if (sends && by != null) {
      sockets.send(this, by);
      if (gone()) {
        // It broke while the message was written, and the user has failed for that.
        return false;
      }
    }
    waits = Wait.NOTHING;
    if (awaits) {
      passedOver = 0;
      waits = Wait.MESSAGE;
    } else if (writer.busy()) {
      waits = Wait.WRITTEN;
    }
    return waits == Wait.NOTHING;
  }

  /** Begins to close. */
  void hangUp() {
    waits = Wait.CLOSE;
    WebSocketSession open = session;
    if (open != null) {
      sockets.close(this, open);
    }
  }

  /** Whether the user waits for something here. */
  boolean waitedFor() {
    return waits != Wait.NOTHING;
  }

  /** Why a wait that timed out was in vain. */
  String inVain() {
    return switch (waits) {
      case OPEN -> "the WebSocket was not open within the time-out";
      case SENDING, WRITTEN -> "the server did not take the message within the time-out";
      case MESSAGE ->
          passedOver == 0
              ? "no message came within the time-out"
              : passedOver + " messages came within the time-out, and none was as expected";
      case CLOSE -> "the server did not close the WebSocket within the time-out";
      case NOTHING -> "no complete response within the time-out";
    };
  }

  /** The user is through with it: it closes, in order where that is possible. */
  void detach(long now) {
    user = null;
    waits = Wait.NOTHING;
    forgetMessage();
    WebSocketSession open = session;
    if (gone()) {
      return;
    }
    if (open == null) {
      leave();
      return;
    }
    sockets.close(this, open);
    if (!gone()) {
      sockets.lingers(this, now);
    }
  }

  /** Why it broke while the user did something else, or null where it did not. */
  @Nullable ErrorKind brokenKind() {
    return brokenKind;
  }

  String brokenWhy() {
    return String.valueOf(brokenWhy);
  }

  // ---- what happens to it

  @Override
  void opened(ChannelHandlerContext on) {
    User by = user;
    Opening way = opening;
    if (gone() || by == null || way == null) {
      // The user has given up meanwhile.
      var _ = on.close();
      return;
    }
    writer.on(on, pool.tls());
    ready(1);
    way.scanner().beginUpgrade(this);
    sockets.shakeHands(this, by);
  }

  @Override
  void entered(int many, long now) {
    sockets.entered(this);
  }

  @Override
  void left() {
    sockets.left(this);
  }

  @Override
  void refused(ErrorKind kind, String why) {
    lost(kind, why);
  }

  @Override
  public void field(byte[] line, int from, int colon, int start, int stop) {
    Opening way = opening;
    if (way != null) {
      way.handshake().header(line, from, colon, start, stop);
    }
    User by = user;
    if (by != null && request.cookies() && SetCookie.is(line, from, colon)) {
      loop.cookie(by, request, line, start, stop);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext on, Object data) {
    ByteBuf bytes = (ByteBuf) data;
    try {
      User by = user;
      if (by != null) {
        loop.received(by, step(by), bytes.readableBytes());
      }
      byte[] scratch = loop.scratch();
      while (bytes.isReadable() && !gone()) {
        int start = bytes.readerIndex();
        int many = Math.min(scratch.length, bytes.readableBytes());
        bytes.readBytes(scratch, 0, many);
        Opening way = opening;
        if (way != null) {
          bytes.readerIndex(start + way.scanner().scan(scratch, 0, many));
          if (way.scanner().ended()) {
            answered(way);
          }
        } else {
          frames(scratch, many);
        }
      }
    } finally {
      bytes.release();
    }
  }

  /** The step that what comes in is counted for: the one that waits, else the one that opened. */
  private CompiledRequest step(User by) {
    return waits == Wait.NOTHING ? request : by.request();
  }

  private void answered(Opening way) {
    ResponseScanner.Fault broken = way.scanner().fault();
    WebSocketFault fault = way.handshake().fault(way.scanner().status());
    if (broken != null) {
      lost(ErrorKind.PROTOCOL, broken.sentence());
    } else if (way.scanner().status() != SWITCHING) {
      lost(ErrorKind.STATUS, "status " + way.scanner().status());
    } else if (fault != null) {
      lost(ErrorKind.PROTOCOL, fault.sentence());
    } else {
      opening = null;
      session = new WebSocketSession(new FrameReader());
      done();
    }
  }

  private void frames(byte[] bytes, int many) {
    WebSocketSession open = session;
    int at = 0;
    while (open != null && at < many && !gone()) {
      at = sockets.read(this, open, bytes, at, many);
      switch (open.event()) {
        case DATA -> data(open.reader());
        case CLOSE -> closedBy(open.reader());
        case FAULT -> {
          WebSocketFault fault = open.reader().fault();
          lost(ErrorKind.PROTOCOL, fault == null ? "a broken frame" : fault.sentence());
        }
        default -> {}
      }
    }
  }

  private void data(FrameReader reader) {
    User by = user;
    if (by == null) {
      return;
    }
    if (reader.complete()) {
      loop.messageReceived(by, step(by));
    }
    if (waits != Wait.MESSAGE) {
      return;
    }
    CompiledRequest step = by.request();
    int from = reader.payloadFrom();
    int to = reader.payloadTo();
    boolean first = reader.messageBytes() == to - from;
    Answer looked = message;
    if (looked == null && first) {
      looked = sockets.answer();
      looked.begin(by, step);
      message = looked;
    }
    if (looked == null) {
      // It had begun before the user awaited one.
      return;
    }
    looked.body(reader.payload(), from, to);
    if (reader.complete()) {
      looked.end(SWITCHING);
      boolean fits = loop.fits(by, step, looked);
      forgetMessage();
      if (fits) {
        done();
      } else {
        passedOver++;
      }
    }
  }

  private void forgetMessage() {
    Answer looked = message;
    if (looked != null) {
      message = null;
      looked.release();
      sockets.giveBack(looked);
    }
  }

  private void closedBy(FrameReader reader) {
    int code = reader.closeCode();
    if (waits == Wait.CLOSE && (code == 1000 || code == 1001 || code == FrameReader.NO_CODE)) {
      done();
      return;
    }
    if (user == null) {
      return;
    }
    int from = reader.payloadFrom();
    String reason =
        new String(reader.payload(), from, reader.payloadTo() - from, StandardCharsets.UTF_8);
    String with = code == FrameReader.NO_CODE ? " without a code" : " with code " + code;
    lost(
        ErrorKind.CLOSED,
        "the server closed the WebSocket" + with + (reason.isEmpty() ? "" : ": " + reason));
  }

  @Override
  void written() {
    if (waits == Wait.WRITTEN) {
      done();
    }
  }

  /** What the user waited for is there. */
  private void done() {
    User by = user;
    boolean closing = waits == Wait.CLOSE;
    waits = Wait.NOTHING;
    if (by == null || loop.finished()) {
      return;
    }
    if (closing) {
      by.socket = null;
      detach(loop.nanos());
    }
    loop.came(by);
  }

  @Override
  void send(User by, long now) {
    throw new IllegalStateException("a WebSocket is not in a pool");
  }

  @Override
  void abandon(User by) {
    detach(loop.nanos());
  }

  @Override
  void closed() {
    Opening way = opening;
    if (way == null) {
      lost(ErrorKind.CLOSED, "the connection was closed without a close frame");
      return;
    }
    way.scanner().endOfStream();
    if (way.scanner().ended()) {
      answered(way);
    } else {
      lost(ErrorKind.CLOSED, "the connection was closed before the handshake was answered");
    }
  }

  @Override
  void failAll(ErrorKind kind, String why) {
    lost(kind, why);
  }

  /** It is of no use any more: the user who waits fails, one who does something else learns it. */
  private void lost(ErrorKind kind, String why) {
    User by = user;
    boolean waited = waitedFor();
    if (by == null) {
      leave();
      return;
    }
    forgetMessage();
    leave();
    if (waited) {
      user = null;
      by.socket = null;
      waits = Wait.NOTHING;
      loop.failed(by, kind, why);
    } else if (brokenKind == null) {
      brokenKind = kind;
      brokenWhy = why;
      loop.hasten(by);
    }
  }
}
