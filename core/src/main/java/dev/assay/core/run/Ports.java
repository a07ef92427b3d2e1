package dev.assay.core.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Free ports by name. A port stays bound here until its service is about to start, so that two
 * names never share one and no other program of this machine is given it meanwhile. Thread-safe.
 */
final class Ports implements AutoCloseable {

  private final Map<String, ServerSocket> held = new LinkedHashMap<>();
  private final Map<String, Integer> ports = new LinkedHashMap<>();

  /** The port of that name; the same for the whole run. */
  synchronized int port(String name) {
    Integer known = ports.get(name);
    if (known != null) {
      return known;
    }
    try {
      ServerSocket socket = new ServerSocket();
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      held.put(name, socket);
      ports.put(name, socket.getLocalPort());
      return socket.getLocalPort();
    } catch (IOException broken) {
      throw new UncheckedIOException("no free port", broken);
    }
  }

  /** Lets go of the ports of a service, so that it can bind them. */
  synchronized void release(String service) {
    held.forEach((name, socket) -> {
      if (name.equals(service) || name.startsWith(service + ".")) {
        close(socket);
      }
    });
  }

  private static void close(ServerSocket socket) {
    try {
      socket.close();
    } catch (IOException ignored) {
      // the port is free either way
    }
  }

  @Override
  public synchronized void close() {
    held.values().forEach(Ports::close);
  }
}
