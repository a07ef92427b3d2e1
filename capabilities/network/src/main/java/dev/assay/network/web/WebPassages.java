package dev.assay.network.web;

import dev.assay.api.problem.Place;
import dev.assay.api.spi.Passages;
import dev.assay.network.Conditions;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Ways onto named conditions for checks that speak HTTP: a proxy on loopback that lets everything
 * pass, with the link between it and the servers, so that connecting costs one round trip as it
 * does without a proxy. Thread-safe.
 */
public final class WebPassages implements Passages {

  private final Conditions conditions;

  /** Ways onto these. */
  public WebPassages(Conditions conditions) {
    this.conditions = conditions;
  }

  @Override
  public Passage open(String condition, long seed, Place place) {
    WebProxy.Way way = new WebProxy.Way(conditions.named(condition, place), seed);
    return new Open(
        WebProxy.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            WebProxy.Setup.OPEN.over(way)));
  }

  private record Open(WebProxy open) implements Passage {
    @Override
    public InetSocketAddress proxy() {
      return open.address();
    }

    @Override
    public void close() {
      open.close();
    }
  }
}
