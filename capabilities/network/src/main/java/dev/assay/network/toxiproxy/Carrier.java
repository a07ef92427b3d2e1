package dev.assay.network.toxiproxy;

import dev.assay.network.link.Condition;
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
  Running open(InetSocketAddress listen, GoAddress upstream, Working working);

  /**
   * What is done to the bytes of every connection.
   *
   * @param stages each connection's own
   * @param condition of the link that all share
   */
  record Working(StageFactory stages, Condition condition) {}

  /** A proxy that listens. */
  interface Running extends AutoCloseable {

    /** Where it listens. */
    InetSocketAddress address();

    /** Does other things to every connection, and returns once it does. */
    void work(Working other);

    /** Ends listening and every connection. */
    @Override
    void close();
  }
}
