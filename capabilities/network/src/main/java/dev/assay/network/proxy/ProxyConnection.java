package dev.assay.network.proxy;

import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;

/**
 * One connection through a {@link TcpProxy}: the client's and the one to the upstream server.
 * Everything is called on its event loop, unless it says otherwise.
 */
public interface ProxyConnection {

  /** Counts the connections of the proxy, from 0; the same in the same order of arrival. */
  long number();

  /** Where the client is. */
  InetSocketAddress client();

  /** The thread that owns both sockets, for timers. */
  EventLoop loop();

  /** Whether both sockets are still there. */
  boolean open();

  /**
   * Ends both connections in the normal way (FIN): what was written to the sockets still arrives,
   * what stages hold does not.
   */
  void close();

  /** Resets both connections (RST); unsent bytes are lost, as with a crash. */
  void reset();
}
