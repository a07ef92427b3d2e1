package dev.assay.api.spi;

import dev.assay.api.problem.Place;
import java.net.InetSocketAddress;

/** Ways through a network condition, for checks that speak through a proxy. Thread-safe. */
public interface Passages {

  /**
   * Opens an HTTP proxy on loopback that forwards requests and tunnels ({@code CONNECT}), all of
   * them over one link of that condition.
   *
   * @param condition its name in the workspace, or a profile
   * @param seed of everything random in the link
   * @param place where the name is written
   */
  Passage open(String condition, long seed, Place place);

  /** An open way. */
  interface Passage extends AutoCloseable {
    /** Where the proxy listens. */
    InetSocketAddress proxy();

    @Override
    void close();
  }
}
