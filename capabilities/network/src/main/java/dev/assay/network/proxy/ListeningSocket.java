package dev.assay.network.proxy;

import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoop;
import java.io.IOException;
import java.net.InetSocketAddress;

/** A TCP socket that listens, on an event loop. */
interface ListeningSocket extends AutoCloseable {

  /** So many connections may wait to be accepted. */
  int BACKLOG = 4096;

  /** Takes what was accepted; called on the event loop. */
  @FunctionalInterface
  interface Knocker {
    /** Somebody has connected. */
    void accepted(Accepted accepted);
  }

  /** A connection that no event loop has yet. */
  interface Accepted {
    /** Makes a socket of it on a loop; called on that loop. */
    StreamSocket on(IoEventLoop loop, ReadBuffers buffers) throws IOException;

    /** Closes it. */
    void refuse();
  }

  /** Where it listens. */
  InetSocketAddress address();

  /** The event loop. */
  EventLoop loop();

  /**
   * Lets those who knock hear nothing, or be heard again.
   *
   * @return whether the machine can do that
   */
  boolean ignore(boolean whether);

  /**
   * Lets the handshake of each connection take its time; called once, and before those who knock
   * are ignored.
   *
   * @return whether the machine can do that
   */
  default boolean delay(Timetable timetable, SynGate.Handshake handshake) {
    return false;
  }

  /** Stops listening; returns when it has. */
  @Override
  void close();
}
