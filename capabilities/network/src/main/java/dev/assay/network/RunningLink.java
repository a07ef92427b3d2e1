package dev.assay.network;

import dev.assay.network.link.Condition;
import dev.assay.network.proxy.OpenLink;
import dev.assay.network.proxy.ProxyFaults;
import dev.assay.network.proxy.ProxyStatistics;
import dev.assay.network.proxy.TcpProxy;
import dev.assay.network.proxy.UdpProxy;
import dev.assay.network.web.WebProxy;
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

  /**
   * One for HTTP: the link is in front of the company's proxy, between it and its clients, so
   * everything that can be wrong with a link can be wrong with this one, too.
   */
  record Http(String name, TcpProxy front, WebProxy proxy) implements RunningLink {
    @Override
    public InetSocketAddress address() {
      return front.address();
    }

    @Override
    public InetSocketAddress upstream() {
      return front.upstream();
    }

    @Override
    public Condition condition() {
      return front.condition();
    }

    @Override
    public void change(Condition condition) {
      front.change(condition);
    }

    @Override
    public ProxyFaults faults() {
      return front.faults();
    }

    @Override
    public void faults(ProxyFaults faults) {
      front.faults(faults);
    }

    @Override
    public void resetConnections() {
      front.resetConnections();
    }

    @Override
    public ProxyStatistics statistics() {
      return front.statistics();
    }

    @Override
    public void close() {
      front.close();
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
