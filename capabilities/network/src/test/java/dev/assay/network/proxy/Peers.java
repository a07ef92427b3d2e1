package dev.assay.network.proxy;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Servers and clients of the JDK's blocking sockets, as independent peers. */
final class Peers {

  private static final int TIME_OUT = 20_000;

  private Peers() {}

  /** What a server does with one connection; the socket is closed afterwards. */
  @FunctionalInterface
  interface Service {
    void serve(Socket socket) throws Exception;
  }

  /** A server with a thread for each connection. */
  static final class Server implements Closeable {
    private final ServerSocket listening;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final List<Throwable> troubles = new CopyOnWriteArrayList<>();

    private Server(Service service) throws IOException {
      listening = new ServerSocket(0, 4096, InetAddress.getLoopbackAddress());
      Thread.ofVirtual().start(() -> accept(service));
    }

    private void accept(Service service) {
      while (!listening.isClosed()) {
        try {
          Socket socket = listening.accept();
          sockets.add(socket);
          Thread.ofVirtual().start(() -> serve(service, socket));
        } catch (IOException closed) {
          return;
        }
      }
    }

    private void serve(Service service, Socket socket) {
      try (socket) {
        socket.setSoTimeout(TIME_OUT);
        service.serve(socket);
      } catch (Exception trouble) {
        troubles.add(trouble);
      }
    }

    InetSocketAddress address() {
      return (InetSocketAddress) listening.getLocalSocketAddress();
    }

    int accepted() {
      return sockets.size();
    }

    List<Throwable> troubles() {
      return troubles;
    }

    @Override
    public void close() throws IOException {
      listening.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }

  static Server server(Service service) throws IOException {
    return new Server(service);
  }

  /** Sends back what comes until it ends. */
  static Server echo() throws IOException {
    return new Server(socket -> {
      socket.setTcpNoDelay(true);
      InputStream in = socket.getInputStream();
      OutputStream out = socket.getOutputStream();
      byte[] buffer = new byte[16 * 1024];
      int size;
      while ((size = in.read(buffer)) >= 0) {
        out.write(buffer, 0, size);
      }
    });
  }

  static Socket connect(InetSocketAddress address) throws IOException {
    Socket socket = new Socket();
    socket.setSoTimeout(TIME_OUT);
    socket.setTcpNoDelay(true);
    socket.connect(address, TIME_OUT);
    return socket;
  }

  /** Sends a text and reads as many bytes. */
  static String ask(Socket socket, String text) throws IOException {
    byte[] bytes = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    socket.getOutputStream().write(bytes);
    return new String(
        socket.getInputStream().readNBytes(bytes.length), java.nio.charset.StandardCharsets.UTF_8);
  }
}
