package dev.assay.network.proxy;

import dev.assay.api.spi.Clock;
import dev.assay.api.spi.SystemClock;
import dev.assay.network.link.Condition;
import dev.assay.network.link.Link;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** A server that echoes and a proxy to it, whose clock can be moved on. */
final class EchoThroughProxy implements AutoCloseable {

  private final LaterClock clock = new LaterClock();
  private final Transport transport;
  private final Peers.Server server;
  private final TcpProxy proxy;

  EchoThroughProxy(int threads) throws IOException {
    transport = Transport.open(threads);
    server = Peers.echo();
    proxy =
        TcpProxy.open(
            transport,
            clock,
            TcpProxy.Setup.over(
                new Link(Condition.NONE, 1),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                server.address()));
  }

  TcpProxy proxy() {
    return proxy;
  }

  Peers.Server server() {
    return server;
  }

  /** Lets time pass that nobody waits for. */
  void pass(Duration time) {
    clock.ahead.addAndGet(time.toNanos());
  }

  @Override
  public void close() throws IOException {
    proxy.close();
    server.close();
    transport.close();
  }

  /** The system's clock, ahead by what was let pass. */
  private static final class LaterClock implements Clock {
    private final Clock system = new SystemClock();
    private final AtomicLong ahead = new AtomicLong();

    @Override
    public Instant now() {
      return system.now().plusNanos(ahead.get());
    }

    @Override
    public long nanos() {
      return system.nanos() + ahead.get();
    }
  }
}
