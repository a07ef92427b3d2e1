package dev.assay.network;

import dev.assay.network.link.Condition;
import dev.assay.network.proxy.LinkProxy;
import dev.assay.network.proxy.OpenLink;
import dev.assay.network.proxy.ProxyFaults;
import dev.assay.network.proxy.ProxyStatistics;
import java.net.InetSocketAddress;

/**
 * A link of the workspace and the proxy that it is. Thread-safe.
 *
 * @param behind ends what runs behind the proxy for this link only
 */
record RunningLink(String name, LinkProxy proxy, Runnable behind)
    implements OpenLink, AutoCloseable {

  /** One that leads to a server that is not its own. */
  RunningLink(String name, LinkProxy proxy) {
    this(name, proxy, () -> {});
  }

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
    behind.run();
  }
}
