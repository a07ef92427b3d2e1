package dev.assay.network.proxy;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Something that is done to the bytes of one direction of one connection: a delay, a limit, a
 * damage. Stages form a chain from the socket that is read to the socket that is written; each
 * hands on what comes out of it, now or later.
 *
 * <p>Every method is called on the event loop of the connection, and a stage calls its neighbours
 * there only; timers are those of {@link ProxyConnection#loop()}. A stage belongs to one direction
 * of one connection and is never used again after {@link #removed} or {@link #discard}.
 *
 * <p>Back-pressure: a proxy stops reading while the first stage is not {@linkplain #writable()
 * writable}. A stage that holds bytes back says so by {@link #writable} once it holds more than it
 * wants to (64 KiB is usual), and calls {@link #resume} when it wants more. What was read before
 * still arrives and must be taken.
 */
public abstract class Stage {

  private @Nullable ProxyConnection connection;
  private @Nullable Direction direction;
  private @Nullable Stage next;
  private @Nullable Runnable source;
  private @Nullable Stage previous;

  /** A stage that is not part of a chain yet. */
  protected Stage() {}

  /**
   * Takes bytes; the buffer belongs to this stage from now on, which hands it on or releases it.
   */
  public abstract void data(ByteBuf bytes);

  /**
   * The sender has ended its stream (FIN); comes once, after all bytes. Hands it on unless
   * overridden; a stage that holds bytes hands it on after them.
   */
  public void end() {
    next().end();
  }

  /**
   * The sender has reset the connection; nothing comes after it. Hands it on at once unless
   * overridden.
   */
  public void reset() {
    next().reset();
  }

  /** Whether it wants more bytes now; what the next stage says unless overridden. */
  public boolean writable() {
    return next().writable();
  }

  /**
   * The next stage wants bytes again after it did not. Tells the stage before unless overridden; a
   * stage that held bytes back because of the next one goes on here.
   */
  public void resumed() {
    resume();
  }

  /** It has become part of the chain, which is complete; bytes may come from now on. */
  public void added() {}

  /**
   * It is taken out of the chain while the connection goes on: hands on, before it returns, all the
   * bytes it holds and an end it has not handed on, and cancels its timers. {@link #next()} may be
   * used until it returns.
   */
  public void removed() {}

  /**
   * The connection is over: releases the bytes it holds and cancels its timers. May be called more
   * than once.
   */
  public void discard() {}

  /** The connection, once it has been {@link #added}. */
  protected final ProxyConnection connection() {
    ProxyConnection known = connection;
    if (known == null) {
      throw new IllegalStateException("the stage is not part of a chain");
    }
    return known;
  }

  /** The direction, once it has been {@link #added}. */
  protected final Direction direction() {
    Direction known = direction;
    if (known == null) {
      throw new IllegalStateException("the stage is not part of a chain");
    }
    return known;
  }

  /** Where what comes out of it goes. */
  protected final Stage next() {
    Stage known = next;
    if (known == null) {
      throw new IllegalStateException("the stage is not part of a chain, or is its last");
    }
    return known;
  }

  /** Says to whoever is before that it wants bytes again. */
  protected final void resume() {
    Stage before = previous;
    Runnable socket = source;
    if (before != null) {
      before.resumed();
    } else if (socket != null) {
      socket.run();
    }
  }

  /** Makes it part of a chain. */
  final void join(
      ProxyConnection connection,
      Direction direction,
      @Nullable Stage previous,
      @Nullable Stage next,
      Runnable source) {
    this.connection = connection;
    this.direction = direction;
    this.previous = previous;
    this.next = next;
    this.source = source;
  }
}
