package dev.assay.network.toxiproxy;

import dev.assay.api.problem.ProblemException;
import dev.assay.api.spi.Clock;
import dev.assay.network.link.Link;
import dev.assay.network.proxy.TcpProxy;
import dev.assay.network.proxy.Transport;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/** Carries toxic proxies on TCP proxies, all on one thread of its own. Thread-safe. */
final class TcpCarrier implements Carrier, AutoCloseable {

  private static final int WAIT_SECONDS = 10;

  private final Transport transport = Transport.open(1);
  private final Clock clock;
  private final long seed;

  TcpCarrier(Clock clock, long seed) {
    this.seed = seed;
    this.clock = clock;
  }

  @Override
  public Running open(InetSocketAddress listen, GoAddress upstream, Working working) {
    InetSocketAddress server = new InetSocketAddress(upstream.host(), upstream.port());
    try {
      Link link = new Link(working.condition(), seed ^ upstream.hashCode());
      TcpProxy proxy = TcpProxy.open(transport, clock, TcpProxy.Setup.over(link, listen, server));
      proxy.stages(working.stages());
      return new Open(proxy);
    } catch (ProblemException e) {
      String shown = GoAddress.show(listen);
      throw ApiFailure.internal(
          "listen tcp " + shown + ": bind: " + e.problems().getFirst().what());
    }
  }

  /** Ends its threads; the proxies are closed before. */
  @Override
  public void close() {
    transport.close();
  }

  private final class Open implements Running {

    private final TcpProxy proxy;

    private Open(TcpProxy proxy) {
      this.proxy = proxy;
    }

    @Override
    public InetSocketAddress address() {
      return proxy.address();
    }

    @Override
    public void work(Working other) {
      proxy.stages(other.stages());
      if (!other.condition().equals(proxy.condition())) {
        proxy.change(other.condition());
      }
      // The thread is one: what it does after this comes after the change too.
      transport.next().submit(() -> {}).awaitUninterruptibly(WAIT_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
      proxy.close();
    }
  }
}
