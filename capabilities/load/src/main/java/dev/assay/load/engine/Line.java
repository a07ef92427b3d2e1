package dev.assay.load.engine;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.io.IOException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * A connection: how it opens and goes, whatever is spoken on it. A protocol extends it with how
 * requests are sent and responses read. Used only on its loop's thread.
 *
 * <p>A user <em>holds</em> one place of a line from the moment its pool gives it the line until the
 * pool has it back; a line of HTTP/1.1 has one place, of HTTP/2 as many as streams are allowed.
 */
abstract class Line extends ChannelInboundHandlerAdapter {

  final LoadLoop loop;
  final Pool pool;
  private final long opened;
  private @Nullable ChannelHandlerContext context;
  private boolean up;
  private boolean gone;

  /** How many users may take it besides those who hold it. */
  int places;

  /** Where it stands among the available lines of its pool; below 0 while it is not. */
  int availableAt = -1;

  Line(LoadLoop loop, Pool pool, long now) {
    this.loop = loop;
    this.pool = pool;
    this.opened = now;
  }

  // ---- what a protocol does

  /**
   * The connection is open, with TLS where it is spoken: calls {@link #ready} when it can be used.
   */
  abstract void opened(ChannelHandlerContext on);

  /**
   * Sends the user's request. The line calls {@link LoadLoop#sent} and, once, {@link
   * LoadLoop#answered} or {@link LoadLoop#failed}.
   */
  abstract void send(User user, long now);

  /** Nobody waits for the response to that user's request any more. */
  abstract void abandon(User user);

  /** The peer has closed; requests under way must fail or, where that ends them, complete. */
  abstract void closed();

  /** Everything under way fails for that reason. */
  abstract void failAll(ErrorKind kind, String why);

  /** It can be used, by so many at once; only a line outside the pool takes that otherwise. */
  void entered(int many, long now) {
    pool.ready(this, many, now);
  }

  /** It was ready and is so no more. */
  void left() {
    pool.lost(this);
  }

  /** It could not be opened. */
  void refused(ErrorKind kind, String why) {
    pool.connectFailed(kind, why);
  }

  /** Whatever had to wait for room in the socket's buffer is written. */
  void written() {}

  /** The protocol that the TLS handshake agreed on by ALPN, or null. */
  final @Nullable String agreed() {
    DirectTls direct = channel().pipeline().get(DirectTls.class);
    if (direct != null) {
      return direct.applicationProtocol();
    }
    SslHandler handler = channel().pipeline().get(SslHandler.class);
    return handler == null ? null : handler.applicationProtocol();
  }

  // ---- its life

  /** The line can carry so many requests at once. */
  final void ready(int many) {
    up = true;
    entered(many, loop.nanos());
  }

  final boolean gone() {
    return gone;
  }

  final ChannelHandlerContext context() {
    ChannelHandlerContext on = context;
    if (on == null) {
      throw new IllegalStateException("the connection is not open yet");
    }
    return on;
  }

  final Channel channel() {
    return context().channel();
  }

  /** Closes it; who holds it must let it go without giving it back. */
  final void leave() {
    if (gone) {
      return;
    }
    gone = true;
    if (up) {
      left();
    }
    ChannelHandlerContext on = context;
    if (on != null) {
      var _ = on.close();
    }
  }

  /** Takes it out of its pool: what is under way goes on, nothing new is sent. */
  final void retire() {
    if (!gone) {
      gone = true;
      pool.lost(this);
    }
  }

  /** What waited for room on the connection has gone out. */
  void writable() {}

  /** The attempt to open it failed; the channel is closed or closes. */
  final void connectFailed(ErrorKind kind, Throwable why) {
    if (!gone) {
      gone = true;
      refused(kind, sentence(kind, why));
    }
  }

  @Override
  public void channelActive(ChannelHandlerContext on) {
    context = on;
    long now = loop.nanos();
    loop.connected(now - opened, now);
    tcpOpened = now;
    if (!pool.tls()) {
      opened(on);
    }
  }

  private long tcpOpened;

  @Override
  public void userEventTriggered(ChannelHandlerContext on, Object event) {
    if (event instanceof SslHandshakeCompletionEvent handshake) {
      if (handshake.isSuccess()) {
        long now = loop.nanos();
        loop.shookHands(now - tcpOpened, now);
        opened(on);
      } else {
        connectFailed(ErrorKind.TLS, handshake.cause());
        var _ = on.close();
      }
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext on) {
    if (gone) {
      return;
    }
    if (up) {
      closed();
      leave();
    } else {
      connectFailed(ErrorKind.TLS, new IOException("closed during the TLS handshake"));
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext on, Throwable cause) {
    ErrorKind kind = tls(cause) ? ErrorKind.TLS : ErrorKind.RESET;
    if (gone) {
      var _ = on.close();
    } else if (kind == ErrorKind.RESET && !(cause instanceof IOException)) {
      loop.defect(cause);
    } else if (up) {
      failAll(kind, sentence(kind, cause));
      leave();
    } else {
      connectFailed(pool.tls() ? ErrorKind.TLS : kind, cause);
      var _ = on.close();
    }
  }

  private static String sentence(ErrorKind kind, Throwable why) {
    return kind == ErrorKind.TLS ? TlsFailure.sentence(why) : String.valueOf(why.getMessage());
  }

  private static boolean tls(Throwable cause) {
    return cause instanceof SSLException
        || cause instanceof DecoderException && cause.getCause() instanceof SSLException;
  }
}
