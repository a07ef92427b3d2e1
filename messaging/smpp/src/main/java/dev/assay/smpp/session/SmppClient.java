package dev.assay.smpp.session;

import dev.assay.smpp.codec.Command;
import dev.assay.smpp.codec.Field;
import dev.assay.smpp.codec.Pdu;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** An ESME's end: connects and binds. Whoever wants the session again after its end asks again. */
public final class SmppClient {

  private SmppClient() {}

  /** A bind with what nearly everybody sends: version 3.4, any address. */
  public static Pdu bind(Command command, String systemId, String password) {
    return Pdu.of(command)
        .set(Field.SYSTEM_ID, systemId)
        .set(Field.PASSWORD, password)
        .set(Field.INTERFACE_VERSION, 0x34)
        .build();
  }

  /**
   * Connects and binds.
   *
   * @param tls how the connection is secured, or null
   * @return the bound session; fails with a {@link SessionException} where it does not come to be
   */
  public static CompletableFuture<SmppSession> connect(
      SmppTransport transport,
      InetSocketAddress address,
      Pdu bind,
      SessionOptions options,
      @Nullable SslContext tls,
      SessionListener listener) {
    CompletableFuture<SmppSession> ready = new CompletableFuture<>();
    transport
        .client()
        .handler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel channel) {
                SmppSession session =
                    new SmppSession(
                        channel, transport.clock(), options, listener, false, tls == null, "");
                var _ =
                    session
                        .ready()
                        .whenComplete((bound, failure) -> {
                          if (failure == null) {
                            ready.complete(bound);
                          } else {
                            ready.completeExceptionally(failure);
                          }
                        });
                if (tls != null) {
                  channel
                      .pipeline()
                      .addLast(
                          tls.newHandler(
                              channel.alloc(), address.getHostString(), address.getPort()));
                }
                channel
                    .pipeline()
                    .addLast(new SessionHandler(session, tls != null, () -> session.bind(bind)));
              }
            })
        .connect(address)
        .addListener(connected -> {
          if (!connected.isSuccess()) {
            ready.completeExceptionally(
                new SessionException(
                    "cannot connect to "
                        + address.getHostString()
                        + ":"
                        + address.getPort()
                        + ": "
                        + connected.cause().getMessage()));
          }
        });
    return ready;
  }
}
