package dev.assay.smpp.session;

import dev.assay.api.problem.Where;
import dev.assay.smpp.SmppProblems;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A message centre's end: listens, and has a session for each connection. Thread-safe. */
public final class SmppServer implements AutoCloseable {

  private final Channel listening;
  private final Set<SmppSession> sessions;

  private SmppServer(Channel listening, Set<SmppSession> sessions) {
    this.listening = listening;
    this.sessions = sessions;
  }

  /**
   * Listens.
   *
   * @param address where; port 0 takes any that is free
   * @param name what it calls itself in answers to binds, at most 15 characters
   * @param tls how connections are secured, or null
   * @throws dev.assay.api.problem.ProblemException if it cannot listen there
   */
  public static SmppServer start(
      SmppTransport transport,
      InetSocketAddress address,
      String name,
      SessionOptions options,
      @Nullable SslContext tls,
      SessionListener listener) {
    Set<SmppSession> sessions = ConcurrentHashMap.newKeySet();
    var bound =
        transport
            .server()
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    SmppSession session =
                        new SmppSession(
                            channel, transport.clock(), options, listener, true, tls == null, name);
                    sessions.add(session);
                    channel.closeFuture().addListener(closed -> sessions.remove(session));
                    if (tls != null) {
                      channel.pipeline().addLast(tls.newHandler(channel.alloc()));
                    }
                    channel.pipeline().addLast(new SessionHandler(session, tls != null, () -> {}));
                  }
                })
            .bind(address)
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw SmppProblems.CANNOT_LISTEN.failure(
          Where.named(address.getHostString() + ":" + address.getPort()),
          "nothing can listen there: " + bound.cause().getMessage(),
          "choose an address of this machine and a port that is free; port 0 takes any");
    }
    return new SmppServer(bound.channel(), sessions);
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return SmppTransport.local(listening);
  }

  /** The sessions that are open now. */
  public Set<SmppSession> sessions() {
    return Set.copyOf(sessions);
  }

  /** Stops listening, and closes all sessions. */
  @Override
  public void close() {
    listening.close().awaitUninterruptibly();
    sessions.forEach(SmppSession::close);
  }
}
