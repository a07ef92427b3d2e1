package dev.assay.load.engine;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.nio.ByteBuffer;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * TLS of one connection by BoringSSL, which takes bytes where they lie: records are decrypted from
 * the buffer that was read into one that all connections of the loop share, and encrypted into
 * another, from where {@link SocketWriter} writes them to the socket. Netty's own handler, which
 * serves every engine and therefore collects and copies, is used for the JDK's.
 *
 * <p>Tells the line behind it what Netty's handler would: a {@link SslHandshakeCompletionEvent},
 * plain bytes, exceptions. An end of the connection without {@code close_notify} is passed on as it
 * comes; whether the response was complete by then is for HTTP to say. Used only on its loop's
 * thread.
 */
final class DirectTls extends ChannelDuplexHandler {

  /** Handshakes are longer only where somebody wants to fill our memory. */
  private static final int LONGEST_FLIGHT = 1 << 20;

  private static final ByteBuffer NOTHING = ByteBuffer.allocateDirect(0);

  private final ReferenceCountedOpenSslEngine engine;
  private final TlsBuffers buffers;
  private final long timeoutNanos;

  /** Bytes of the handshake whose record is not complete yet; null when it is over. */
  private @Nullable ByteBuf flight = Unpooled.buffer(0, LONGEST_FLIGHT);

  private @Nullable Future<?> patience;
  private @Nullable ChannelHandlerContext context;
  private boolean released;
  private int queued;

  DirectTls(ReferenceCountedOpenSslEngine engine, TlsBuffers buffers, long timeoutNanos) {
    this.engine = engine;
    this.buffers = buffers;
    this.timeoutNanos = timeoutNanos;
  }

  /** The protocol that was agreed on by ALPN, or null. */
  @Nullable String applicationProtocol() {
    return engine.getApplicationProtocol();
  }

  // ---- for those who write straight to the socket

  /** Whether records wait for room, behind which others have to queue. */
  boolean busy() {
    return queued > 0;
  }

  /** The context to queue records on. */
  ChannelHandlerContext context() {
    ChannelHandlerContext on = context;
    if (on == null) {
      throw new IllegalStateException("the connection is not open yet");
    }
    return on;
  }

  /**
   * Encrypts the next bytes of a plain text, as many as fit into a record.
   *
   * @param plain the text, whose position moves on
   * @return the record, valid until the next call on this loop
   */
  ByteBuf encrypt(ByteBuffer plain) throws SSLException {
    ByteBuf record = buffers.record;
    if (released) {
      throw new SSLException("the connection is closed");
    }
    int before = plain.position();
    SSLEngineResult result =
        engine.wrap(plain, record.clear().internalNioBuffer(0, record.capacity()));
    if (result.getStatus() != Status.OK || plain.hasRemaining() && plain.position() == before) {
      throw new SSLException("the connection takes no more bytes (" + result.getStatus() + ")");
    }
    return record.writerIndex(result.bytesProduced());
  }

  // ---- the handshake

  @Override
  public void handlerAdded(ChannelHandlerContext on) {
    context = on;
  }

  @Override
  public void channelActive(ChannelHandlerContext on) {
    patience =
        on.executor()
            .schedule(
                () -> failed(on, new SslHandshakeTimeoutException("handshake timed out")),
                timeoutNanos,
                TimeUnit.NANOSECONDS);
    on.fireChannelActive();
    try {
      if (!released) {
        engine.beginHandshake();
        shakeHands(on);
      }
    } catch (SSLException broken) {
      failed(on, broken);
    }
  }

  private void shakeHands(ChannelHandlerContext on) throws SSLException {
    while (!released) {
      switch (engine.getHandshakeStatus()) {
        case NEED_WRAP -> wrap(on);
        case NEED_TASK -> compute();
        case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
          if (!unwrapFlight()) {
            return;
          }
        }
        case FINISHED, NOT_HANDSHAKING -> {
          shaken(on);
          return;
        }
      }
    }
  }

  /** Takes one record of the handshake; false where the rest of it has yet to come. */
  private boolean unwrapFlight() throws SSLException {
    ByteBuf in = flight;
    if (in == null) {
      return false;
    }
    // Also with nothing to take: this is where the engine says that it has finished, or what went
    // wrong before.
    ByteBuf plain = buffers.plain.clear();
    SSLEngineResult result =
        engine.unwrap(in.nioBuffer(), plain.internalNioBuffer(0, plain.capacity()));
    in.skipBytes(result.bytesConsumed());
    if (result.getStatus() == Status.CLOSED) {
      throw new SSLException("closed during the TLS handshake");
    }
    return result.bytesConsumed() > 0 || result.getHandshakeStatus() != HandshakeStatus.NEED_UNWRAP;
  }

  private void shaken(ChannelHandlerContext on) throws SSLException {
    ByteBuf rest = flight;
    flight = null;
    beUnhurried();
    on.fireUserEventTriggered(SslHandshakeCompletionEvent.SUCCESS);
    if (rest != null && rest.isReadable() && !released) {
      decrypt(on, rest.nioBuffer());
    }
  }

  private void compute() {
    Runnable task = engine.getDelegatedTask();
    while (task != null) {
      task.run();
      task = engine.getDelegatedTask();
    }
  }

  /** Sends what the engine itself has to say. */
  private void wrap(ChannelHandlerContext on) throws SSLException {
    ByteBuf record = buffers.record.clear();
    SSLEngineResult result =
        engine.wrap(NOTHING.duplicate(), record.internalNioBuffer(0, record.capacity()));
    record.writerIndex(result.bytesProduced());
    if (record.isReadable()) {
      queue(on, record, on.newPromise());
    } else if (result.getStatus() != Status.OK) {
      throw new SSLException("closed during the TLS handshake");
    }
  }

  private void queue(ChannelHandlerContext on, ByteBuf record, ChannelPromise promise) {
    queued++;
    ByteBuf copy = on.alloc().directBuffer(record.readableBytes()).writeBytes(record);
    on.writeAndFlush(copy, promise).addListener(_ -> queued--);
  }

  private void failed(ChannelHandlerContext on, Throwable why) {
    if (released) {
      return;
    }
    boolean shaking = flight != null;
    beUnhurried();
    say(on);
    release();
    if (shaking) {
      on.fireUserEventTriggered(new SslHandshakeCompletionEvent(why));
    } else {
      on.fireExceptionCaught(why);
    }
    var _ = on.close();
  }

  /** Sends the alert that tells the peer why this side goes, where there is one. */
  private void say(ChannelHandlerContext on) {
    try {
      for (int i = 0; i < 4 && engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP; i++) {
        wrap(on);
      }
    } catch (SSLException _) {
      // The peer learns it from the end of the connection.
    }
  }

  private void beUnhurried() {
    Future<?> waiting = patience;
    patience = null;
    if (waiting != null) {
      waiting.cancel(false);
    }
  }

  // ---- bytes

  @Override
  public void channelRead(ChannelHandlerContext on, Object message) {
    ByteBuf in = (ByteBuf) message;
    try {
      ByteBuf shaking = flight;
      if (released) {
        return;
      }
      if (shaking == null) {
        decrypt(on, in.internalNioBuffer(in.readerIndex(), in.readableBytes()));
      } else if (in.readableBytes() > LONGEST_FLIGHT - shaking.readableBytes()) {
        throw new SSLException("the server's part of the handshake does not end");
      } else {
        shaking.discardReadBytes().writeBytes(in);
        shakeHands(on);
      }
    } catch (SSLException broken) {
      failed(on, broken);
    } finally {
      in.release();
    }
  }

  private void decrypt(ChannelHandlerContext on, ByteBuffer in) throws SSLException {
    boolean more = true;
    while (more && !released) {
      ByteBuf plain = buffers.plain.clear();
      SSLEngineResult result = engine.unwrap(in, plain.internalNioBuffer(0, plain.capacity()));
      int produced = result.bytesProduced();
      Status status = result.getStatus();
      HandshakeStatus wants = result.getHandshakeStatus();
      if (produced > 0) {
        on.fireChannelRead(plain.writerIndex(produced).retain());
      }
      if (released) {
        return;
      }
      if (status == Status.CLOSED) {
        var _ = on.close();
        return;
      }
      boolean answers = wants == HandshakeStatus.NEED_WRAP;
      if (answers) {
        // New keys are agreed on, or the peer is told what was wrong, which the next call throws.
        wrap(on);
      }
      more =
          answers
              || status == Status.BUFFER_OVERFLOW
              || in.hasRemaining() && (produced > 0 || result.bytesConsumed() > 0);
    }
  }

  @Override
  public void write(ChannelHandlerContext on, Object message, ChannelPromise promise)
      throws SSLException {
    ByteBuf plain = (ByteBuf) message;
    try {
      ByteBuffer text = plain.nioBuffer();
      do {
        ByteBuf record = encrypt(text);
        queue(on, record, text.hasRemaining() ? on.newPromise() : promise);
      } while (text.hasRemaining());
    } finally {
      plain.release();
    }
  }

  // ---- the end

  @Override
  public void close(ChannelHandlerContext on, ChannelPromise promise) {
    if (!released) {
      if (flight == null && on.channel().isActive()) {
        engine.closeOutbound();
        say(on);
      }
      release();
    }
    on.close(promise);
  }

  @Override
  public void channelInactive(ChannelHandlerContext on) {
    release();
    on.fireChannelInactive();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext on) {
    release();
  }

  private void release() {
    if (!released) {
      released = true;
      beUnhurried();
      engine.release();
    }
  }
}
