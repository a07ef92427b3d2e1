package dev.assay.network.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * A connected TCP socket on an event loop, and no more of Netty's channels than that loop: ten
 * thousand idle ones cost little, reading stops for certain while it is not wanted, and both ends
 * of a half-closed connection are told apart. Used on its event loop only.
 *
 * <p>How much is read at once begins small, so that connections that say little use little, and
 * grows with traffic.
 */
abstract class StreamSocket {

  /** What its owner hears of it. */
  interface Owner {
    /** It is connected, or could not be. */
    void connected(@Nullable IOException refused);

    /** Bytes came; the buffer is the owner's. */
    void data(ByteBuf bytes);

    /** The other end has ended its stream. */
    void ended();

    /** The connection is broken; the socket is closed already. */
    void broken();

    /** It takes bytes again after it did not. */
    void writable();

    /** The end of the stream has been sent. */
    void endSent();
  }

  /** Waiting output from which on it takes no more. */
  private static final int CONGESTED = 64 * 1024;

  private static final int RELIEVED = 16 * 1024;
  private static final int SMALLEST = 2 * 1024;
  private static final int READS_AT_ONCE = 8;

  private final EventLoop loop;
  private final ReadBuffers buffers;
  private final Runnable readTask = this::readable;

  private @Nullable Owner owner;
  private @Nullable ArrayDeque<ByteBuf> output;
  private long queued;
  private boolean congested;
  private boolean ending;
  private boolean endSent;

  private int size = SMALLEST;
  private int smallReads;
  private boolean wanted;
  private boolean readable;
  private boolean reading;
  private boolean scheduled;
  private boolean endSeen;
  private boolean hangup;
  private boolean closed;

  StreamSocket(EventLoop loop, ReadBuffers buffers) {
    this.loop = loop;
    this.buffers = buffers;
  }

  /** Sets who hears of it, once; before it is registered. */
  final void owner(Owner listener) {
    owner = listener;
    buffers.opened();
  }

  private Owner owner() {
    Owner known = owner;
    if (known == null) {
      throw new IllegalStateException("the socket has no owner");
    }
    return known;
  }

  /** Begins to hear of it. */
  abstract void register() throws IOException;

  /** Asks for a connection; {@link Owner#connected} is told. */
  abstract void connect(InetSocketAddress address);

  abstract InetSocketAddress remoteAddress();

  /** Reads; how many bytes, 0 for none now, -1 at the end of the stream. */
  abstract int receive(ByteBuf into) throws IOException;

  /** Writes; how many bytes. */
  abstract int send(ByteBuf from) throws IOException;

  abstract void shutdownOutput() throws IOException;

  /** Closes it, with RST if so. */
  abstract void release(boolean reset);

  /** What it wants to hear of has changed. */
  abstract void interested(boolean reads, boolean writes);

  final boolean open() {
    return !closed;
  }

  /** Whether the end of the stream has come. */
  final boolean endSeen() {
    return endSeen;
  }

  // ---- reading

  /** Whether bytes are wanted now. */
  final void read(boolean whether) {
    if (wanted == whether || closed) {
      return;
    }
    wanted = whether;
    interest();
    if (whether && readable && !reading) {
      later();
    }
  }

  final boolean reads() {
    return wanted;
  }

  private void later() {
    if (!scheduled) {
      scheduled = true;
      loop.execute(readTask);
    }
  }

  private void readable() {
    scheduled = false;
    readSome();
  }

  /** There may be something to read. */
  final void ready(boolean otherEndClosed) {
    readable = true;
    hangup |= otherEndClosed;
    readSome();
  }

  private void readSome() {
    if (reading) {
      return;
    }
    reading = true;
    try {
      for (int reads = 0; wanted && readable && !closed && !endSeen; reads++) {
        if (reads == READS_AT_ONCE) {
          later();
          return;
        }
        readOnce();
      }
    } finally {
      reading = false;
    }
  }

  private void readOnce() {
    size = Math.min(size, buffers.largest());
    ByteBuf buffer = buffers.take(size);
    int bytes;
    try {
      bytes = receive(buffer);
    } catch (IOException broken) {
      buffer.release();
      fail();
      return;
    }
    if (bytes > 0) {
      adapt(bytes);
      // Less than there was room for means that there is no more, unless the end comes next.
      readable = buffer.writableBytes() == 0 || hangup;
      owner().data(buffer);
      return;
    }
    buffer.release();
    readable = false;
    if (bytes < 0) {
      endSeen = true;
      interest();
      owner().ended();
    }
  }

  private void adapt(int bytes) {
    if (bytes == size) {
      smallReads = 0;
      size = size * 4;
    } else if (size > SMALLEST && bytes < size / 8) {
      if (++smallReads == 4) {
        smallReads = 0;
        size = Math.max(SMALLEST, size / 2);
      }
    } else {
      smallReads = 0;
    }
  }

  // ---- writing

  /** Whether it wants more. */
  final boolean writable() {
    return !congested;
  }

  /** Writes, now or when it can; the buffer is this socket's. */
  final void write(ByteBuf bytes) {
    if (closed || ending) {
      bytes.release();
      return;
    }
    if (queued == 0 && sendNow(bytes)) {
      return;
    }
    if (closed) {
      bytes.release();
      return;
    }
    if (output == null) {
      output = new ArrayDeque<>(4);
    }
    boolean first = queued == 0;
    output.add(bytes);
    queued += bytes.readableBytes();
    if (queued >= CONGESTED) {
      congested = true;
    }
    if (first) {
      interest();
    }
  }

  /** Whether all of it was sent, and so released. */
  private boolean sendNow(ByteBuf bytes) {
    try {
      while (bytes.isReadable()) {
        int size = bytes.readableBytes();
        int sent = send(bytes);
        if (sent < size) {
          return false;
        }
      }
    } catch (IOException broken) {
      // The owner must not hear of it in the middle of what it does.
      loop.execute(this::fail);
      ending = true;
    }
    bytes.release();
    return true;
  }

  /** There may be room to write. */
  final void flush() {
    if (closed || queued == 0) {
      return;
    }
    ArrayDeque<ByteBuf> waiting = output;
    while (waiting != null && !waiting.isEmpty() && !closed) {
      ByteBuf first = waiting.element();
      int before = first.readableBytes();
      try {
        int sent = send(first);
        queued -= sent;
        if (sent < before) {
          break;
        }
      } catch (IOException broken) {
        fail();
        return;
      }
      waiting.remove().release();
    }
    if (queued == 0) {
      output = null;
      interest();
      if (ending && !endSent) {
        finishOutput();
      }
    }
    if (congested && queued <= RELIEVED) {
      congested = false;
      owner().writable();
    }
  }

  /** Ends the stream after what was written. */
  final void end() {
    if (closed || ending) {
      return;
    }
    ending = true;
    if (queued == 0) {
      finishOutput();
    }
  }

  private void finishOutput() {
    endSent = true;
    try {
      shutdownOutput();
    } catch (IOException broken) {
      fail();
      return;
    }
    owner().endSent();
  }

  // ---- the end

  /** It is broken. */
  final void fail() {
    if (!closed) {
      close(true);
      owner().broken();
    }
  }

  /** Whether a connection attempt has failed or succeeded. */
  final void connectedOr(@Nullable IOException refused) {
    owner().connected(refused);
  }

  /** Closes it; its owner hears nothing more. */
  final void close(boolean reset) {
    if (closed) {
      return;
    }
    closed = true;
    if (owner != null) {
      buffers.closed();
    }
    ArrayDeque<ByteBuf> waiting = output;
    output = null;
    queued = 0;
    congested = false;
    if (waiting != null) {
      waiting.forEach(ByteBuf::release);
    }
    release(reset);
  }

  private void interest() {
    if (!closed) {
      interested(wanted && !endSeen, queued > 0);
    }
  }
}
