package dev.assay.load.engine;

import dev.assay.load.extract.Bytes;
import dev.assay.load.request.CompiledRequest;
import dev.assay.load.websocket.FrameReader.Event;
import dev.assay.load.websocket.FrameWriter;
import dev.assay.load.websocket.Handshake;
import dev.assay.load.websocket.HandshakeKeys;
import dev.assay.load.websocket.Opcode;
import dev.assay.load.websocket.WebSocketSession;
import dev.assay.load.websocket.WebSocketSession.State;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The WebSockets of one loop, and what they share: the buffers that frames are written in, the keys
 * of handshakes, the order in which closing ones are given up. Used only on its loop's thread.
 */
final class WebSockets {

  /** How long the server may take to close a WebSocket whose user is through with it. */
  private static final long LINGER = 2_000_000_000L;

  private static final int NORMAL = 1000;
  private static final int LONGEST_MESSAGE = 64 << 20;

  private final LoadLoop loop;
  private final FrameWriter frames;
  private final HandshakeKeys keys;
  private final long seed;
  private final Chain open = new Chain();
  private final Chain lingering = new Chain();
  private final ArrayList<Answer> answers = new ArrayList<>(0);
  private final Bytes content = new Bytes(LONGEST_MESSAGE);
  private final byte[] key = new byte[HandshakeKeys.KEY_LENGTH];
  private final ByteBuf out = Unpooled.directBuffer(256);

  WebSockets(LoadLoop loop, long seed, int index) {
    this.loop = loop;
    this.seed = seed;
    this.frames = new FrameWriter(User.mixed(seed + index));
    this.keys = new HandshakeKeys(seed);
  }

  // ---- what users do

  /** Opens one for a user; another that it has open closes. */
  void open(User user, Instruction.Open step, Pool pool, long now) {
    leave(user, now);
    CompiledRequest request = step.request();
    loop.begins(user, request, now);
    long nonce = User.mixed(seed ^ User.mixed(user.sequence) + request.step());
    keys.write(nonce, key, 0);
    user.slots[step.key()].clear();
    user.slots[step.key()].append(key);
    Handshake handshake = new Handshake(keys, step.subprotocols());
    handshake.begin(nonce);
    WebSocketLine line = new WebSocketLine(this, loop, pool, user, request, handshake, now);
    user.socket = line;
    loop.awaits(user, now);
    loop.connect(pool, line);
  }

  /**
   * Does a step on the user's WebSocket.
   *
   * @return whether the user can go on at once
   */
  boolean exchange(User user, Instruction.Exchange step, long now) {
    loop.begins(user, step.request(), now);
    WebSocketLine line = user.socket;
    if (line == null) {
      loop.failed(user, ErrorKind.CHECK, "no WebSocket is open");
      return false;
    }
    loop.awaits(user, now);
    if (line.exchange(step.sends(), step.awaits())) {
      loop.passed(user);
      return true;
    }
    return false;
  }

  /** Closes the user's WebSocket. */
  void close(User user, CompiledRequest request, long now) {
    loop.begins(user, request, now);
    WebSocketLine line = user.socket;
    if (line == null) {
      loop.failed(user, ErrorKind.CHECK, "no WebSocket is open");
      return;
    }
    loop.awaits(user, now);
    line.hangUp();
  }

  /** The user is through with its WebSocket, if it has one. */
  void leave(User user, long now) {
    WebSocketLine line = user.socket;
    if (line != null) {
      user.socket = null;
      line.detach(now);
    }
  }

  // ---- what lines ask for and tell

  /** Writes the handshake. */
  void shakeHands(WebSocketLine line, User user) {
    ByteBuf bytes = loop.requests().http1(user, line.opener());
    loop.sent(user, bytes.readableBytes());
    try {
      line.writer().write(bytes);
    } catch (IOException broken) {
      line.failAll(ErrorKind.RESET, String.valueOf(broken.getMessage()));
    }
  }

  /** Writes the message of the user's step. */
  void send(WebSocketLine line, User user) {
    CompiledRequest request = user.request();
    content.clear();
    loop.requests().render(request.content(), user, content);
    frames.clear();
    frames.begin(Opcode.TEXT);
    frames.append(content.array(), 0, content.length());
    frames.end(true);
    loop.messageSent(user, frames.size());
    flush(line);
  }

  /** Sends a close frame, if none was sent. */
  void close(WebSocketLine line, WebSocketSession session) {
    frames.clear();
    session.close(NORMAL, frames);
    answer(line);
  }

  /** Reads frames up to the next that is to be told, and answers pings and closes on the way. */
  int read(WebSocketLine line, WebSocketSession session, byte[] bytes, int from, int to) {
    frames.clear();
    int at = session.read(bytes, from, to, frames);
    // A server that pings and does not read is owed no more pongs than its connection takes.
    if (!line.writer().busy() || session.event() == Event.FAULT) {
      answer(line);
    }
    if (session.state() == State.CLOSED) {
      lingers(line, loop.nanos());
    }
    return at;
  }

  private void answer(WebSocketLine line) {
    if (frames.size() > 0) {
      User user = line.user();
      if (user != null) {
        loop.sentBesides(user, line.opener(), frames.size());
      }
      flush(line);
    }
  }

  private void flush(WebSocketLine line) {
    out.clear();
    out.writeBytes(frames.bytes(), 0, frames.size());
    frames.clear();
    try {
      line.writer().write(out);
    } catch (IOException broken) {
      line.failAll(ErrorKind.RESET, String.valueOf(broken.getMessage()));
    }
  }

  /** Something to look at a message with; to be given back. */
  Answer answer() {
    return answers.isEmpty() ? new Answer(loop) : answers.removeLast();
  }

  void giveBack(Answer answer) {
    answers.add(answer);
  }

  void entered(WebSocketLine line) {
    open.add(line);
  }

  void left(WebSocketLine line) {
    Chain of = line.chain;
    if (of != null) {
      of.remove(line);
    }
  }

  /** A line only waits for the server to close it. */
  void lingers(WebSocketLine line, long now) {
    if (line.chain == open) {
      open.remove(line);
      line.deadline = now + LINGER;
      lingering.add(line);
    }
  }

  // ---- time

  /** Whether nothing waits for a server to close it. */
  boolean settled() {
    return lingering.first == null;
  }

  /** When the next line is given up. */
  long nextNanos() {
    WebSocketLine first = lingering.first;
    return first == null ? Long.MAX_VALUE : first.deadline;
  }

  /** Gives up lines that the server has not closed in time. */
  void expire(long now) {
    WebSocketLine first = lingering.first;
    while (first != null && now - first.deadline >= 0) {
      first.leave();
      first = lingering.first;
    }
  }

  /** The run is over: every line is told so and closes. */
  void finish(long now) {
    for (WebSocketLine line = open.first; line != null; line = open.first) {
      User user = line.user();
      if (user != null) {
        user.socket = null;
      }
      line.detach(now);
    }
    for (WebSocketLine line = lingering.first; line != null; line = lingering.first) {
      line.leave();
    }
  }

  void release() {
    out.release();
  }

  /** Lines one behind the other. */
  static final class Chain {

    private @Nullable WebSocketLine first;
    private @Nullable WebSocketLine last;

    void add(WebSocketLine line) {
      WebSocketLine before = last;
      line.chain = this;
      line.earlier = before;
      line.later = null;
      if (before == null) {
        first = line;
      } else {
        before.later = line;
      }
      last = line;
    }

    void remove(WebSocketLine line) {
      WebSocketLine before = line.earlier;
      WebSocketLine after = line.later;
      if (before == null) {
        first = after;
      } else {
        before.later = after;
      }
      if (after == null) {
        last = before;
      } else {
        after.earlier = before;
      }
      line.chain = null;
      line.earlier = null;
      line.later = null;
    }
  }
}
