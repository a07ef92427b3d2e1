package dev.assay.network.toxiproxy;

import dev.assay.network.proxy.StageFactory;
import java.net.InetSocketAddress;

/** Opens the sockets of a proxy. Thread-safe. */
@FunctionalInterface
interface Carrier {

  /**
   * Begins to listen.
   *
   * @throws ApiFailure with status 500 if it cannot
   */
  Running open(InetSocketAddress listen, GoAddress upstream, StageFactory stages);

  /** A proxy that listens. */
  interface Running extends AutoCloseable {

    /** Where it listens. */
    InetSocketAddress address();

    /** Puts other stages into every connection, and returns once they are there. */
    void stages(StageFactory stages);

    /** Ends listening and every connection. */
    @Override
    void close();
  }
}
