package dev.assay.network.proxy;

import dev.assay.network.link.Condition;
import java.net.InetSocketAddress;

/** A link of the workspace and the proxy that it is. Thread-safe. */
sealed interface RunningLink extends OpenLink, AutoCloseable {

  @Override
  void close();

  /** One for connections. */
  record Tcp(String name, TcpProxy proxy) implements RunningLink {
    @Override
    public InetSocketAddress address() {
      return proxy.address();
    }

    @Override
    public InetSocketAddress upstream() {
      return proxy.upstream();
    }

    @Override
    public Condition condition() {
      return proxy.condition();
    }

    @Override
    public void change(Condition condition) {
      proxy.change(condition);
    }

    @Override
    public ProxyFaults faults() {
      return proxy.faults();
    }

    @Override
    public void faults(ProxyFaults faults) {
      proxy.faults(faults);
    }

    @Override
    public void resetConnections() {
      proxy.resetConnections();
    }

    @Override
    public ProxyStatistics statistics() {
      return proxy.statistics();
    }

    @Override
    public void close() {
      proxy.close();
    }
  }

  /** One for datagrams. */
  record Udp(String name, InetSocketAddress upstream, UdpProxy proxy) implements RunningLink {
    @Override
    public InetSocketAddress address() {
      return proxy.address();
    }

    @Override
    public Condition condition() {
      return proxy.condition();
    }

    @Override
    public void change(Condition condition) {
      proxy.change(condition);
    }

    @Override
    public ProxyFaults faults() {
      return proxy.faults();
    }

    @Override
    public void faults(ProxyFaults faults) {
      proxy.faults(faults);
    }

    @Override
    public void resetConnections() {
      // Datagrams have no connections.
    }

    @Override
    public ProxyStatistics statistics() {
      return proxy.statistics();
    }

    @Override
    public void close() {
      proxy.close();
    }
  }
}
