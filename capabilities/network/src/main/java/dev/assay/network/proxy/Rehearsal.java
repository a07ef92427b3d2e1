package dev.assay.network.proxy;

import dev.assay.api.spi.Clock;
import dev.assay.network.link.Condition;
import dev.assay.network.link.Delay;
import dev.assay.network.link.DirectionCondition;
import dev.assay.network.link.Link;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;

/**
 * Sends some thousand messages over a link of its own before a real one opens. The code of a link
 * that runs for the first time takes a millisecond for what takes microseconds later, and that
 * would be added to the delays of the first connections.
 */
public final class Rehearsal {

  private static final int ROUNDS = 6_000;
  private static final int MESSAGE = 64;
  private static final int TIME_OUT = 2_000;
  private static final long DELAY_NANOS = 20_000;
  private static final long BITS_PER_SECOND = 10_000_000_000L;

  private Rehearsal() {}

  /**
   * Rehearses; returns when it has. It never fails: without it links work as well, only later at
   * first.
   *
   * @param most how long it may take at most
   */
  public static void of(Transport transport, Clock clock, Duration most) {
    InetSocketAddress anywhere = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    DirectionCondition direction =
        DirectionCondition.NONE.withDelay(Delay.constant(DELAY_NANOS)).withRate(BITS_PER_SECOND);
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        TcpProxy proxy =
            TcpProxy.open(
                transport,
                clock,
                TcpProxy.Setup.over(
                    new Link(Condition.both(direction), 1),
                    anywhere,
                    (InetSocketAddress) server.getLocalSocketAddress()))) {
      Thread echo = Thread.ofVirtual().start(() -> echo(server));
      exchange(proxy.address(), clock.nanos() + most.toNanos(), clock);
      echo.interrupt();
    } catch (IOException | RuntimeException impossible) {
      // Then the first messages over the real link are a little later.
    }
  }

  private static void echo(ServerSocket server) {
    byte[] bytes = new byte[MESSAGE];
    try (Socket client = server.accept()) {
      client.setTcpNoDelay(true);
      InputStream in = client.getInputStream();
      OutputStream out = client.getOutputStream();
      int size;
      while ((size = in.read(bytes)) > 0) {
        out.write(bytes, 0, size);
      }
    } catch (IOException over) {
      // The rehearsal is over.
    }
  }

  private static void exchange(InetSocketAddress proxy, long until, Clock clock)
      throws IOException {
    byte[] bytes = new byte[MESSAGE];
    try (Socket socket = new Socket()) {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(TIME_OUT);
      socket.connect(proxy, TIME_OUT);
      for (int i = 0; i < ROUNDS && clock.nanos() - until < 0; i++) {
        socket.getOutputStream().write(bytes);
        if (socket.getInputStream().readNBytes(bytes, 0, MESSAGE) < MESSAGE) {
          return;
        }
      }
    }
  }
}
