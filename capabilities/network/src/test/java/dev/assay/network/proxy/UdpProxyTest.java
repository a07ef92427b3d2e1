package dev.assay.network.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.api.spi.SystemClock;
import dev.assay.network.link.Condition;
import dev.assay.network.link.Delay;
import dev.assay.network.link.DirectionCondition;
import dev.assay.network.link.Link;
import dev.assay.network.link.Loss;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class UdpProxyTest {

  private static final InetSocketAddress ANYWHERE =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private final List<AutoCloseable> open = new ArrayList<>();
  private final Set<InetSocketAddress> senders = new HashSet<>();
  private DatagramSocket server;

  @BeforeEach
  void serve() throws IOException {
    server = new DatagramSocket(ANYWHERE);
    open.add(server);
    Thread.ofVirtual().start(this::echo);
  }

  private void echo() {
    byte[] buffer = new byte[65_536];
    while (!server.isClosed()) {
      DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
      try {
        server.receive(packet);
        synchronized (senders) {
          senders.add((InetSocketAddress) packet.getSocketAddress());
        }
        server.send(packet);
      } catch (IOException closed) {
        return;
      }
    }
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open.reversed()) {
      each.close();
    }
  }

  private UdpProxy proxy(Transport transport, @Nullable Condition condition) {
    open.add(transport);
    UdpProxy proxy =
        UdpProxy.open(
            transport,
            new SystemClock(),
            ANYWHERE,
            (InetSocketAddress) server.getLocalSocketAddress(),
            condition == null ? null : new Link(condition, 3));
    open.add(proxy);
    return proxy;
  }

  private DatagramSocket client(UdpProxy proxy) throws IOException {
    DatagramSocket client = new DatagramSocket();
    open.add(client);
    client.connect(proxy.address());
    client.setSoTimeout(10_000);
    return client;
  }

  private static void send(DatagramSocket client, byte[] bytes) throws IOException {
    client.send(new DatagramPacket(bytes, bytes.length));
  }

  private static byte[] receive(DatagramSocket client) throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[65_536], 65_536);
    client.receive(packet);
    return java.util.Arrays.copyOf(packet.getData(), packet.getLength());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1200, 9000, 60_000})
  void datagramsOfAnySizeArriveWhole(int size) throws Exception {
    byte[] sent = new byte[size];
    for (int i = 0; i < size; i++) {
      sent[i] = (byte) i;
    }
    for (Transport transport : List.of(Transport.open(1), Transport.portable(1))) {
      DatagramSocket client = client(proxy(transport, null));
      send(client, sent);
      assertThat(receive(client)).isEqualTo(sent);
    }
  }

  @Test
  void eachClientHasASocketOfItsOwnTowardsTheServer() throws Exception {
    UdpProxy proxy = proxy(Transport.open(1), null);
    for (int i = 0; i < 20; i++) {
      DatagramSocket client = client(proxy);
      for (int j = 0; j < 3; j++) {
        send(client, new byte[] {(byte) i, (byte) j});
        assertThat(receive(client)).containsExactly(i, j);
      }
    }
    synchronized (senders) {
      assertThat(senders).hasSize(20);
    }
    assertThat(proxy.statistics().connections()).isEqualTo(20);
    assertThat(proxy.statistics().datagramsUp()).isEqualTo(60);
  }

  @Test
  void aDelayIsNeverShorterThanAsked() throws Exception {
    DirectionCondition slow = DirectionCondition.NONE.withDelay(Delay.constant(25_000_000));
    DatagramSocket client = client(proxy(Transport.open(1), Condition.both(slow)));
    for (int i = 0; i < 5; i++) {
      long begin = System.nanoTime();
      send(client, new byte[] {(byte) i});
      assertThat(receive(client)).containsExactly(i);
      assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(50_000_000);
    }
  }

  @Test
  void datagramsAreLostAsTheLinkSaysAndCounted() throws Exception {
    DirectionCondition lossy = DirectionCondition.NONE.withLoss(new Loss.Independent(0.3));
    UdpProxy proxy = proxy(Transport.open(1), Condition.NONE.withUp(lossy));
    DatagramSocket client = client(proxy);
    int sent = 1000;
    for (int i = 0; i < sent; i++) {
      send(client, new byte[20]);
      Thread.sleep(0, 100_000);
    }
    long end = System.nanoTime() + 10_000_000_000L;
    while (proxy.statistics().dropped() + proxy.statistics().datagramsUp() < sent) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.sleep(5);
    }
    // Five standard deviations of a binomial.
    assertThat(proxy.statistics().dropped()).isBetween(228L, 372L);
  }

  @Test
  void nothingPassesACutAndWhatIsTooLargeVanishes() throws Exception {
    UdpProxy proxy = proxy(Transport.open(1), null);
    DatagramSocket client = client(proxy);
    client.setSoTimeout(300);
    proxy.faults(ProxyFaults.NONE.withCut(true, false));
    send(client, new byte[10]);
    assertThatThrownBy(() -> receive(client)).isInstanceOf(SocketTimeoutException.class);
    proxy.faults(ProxyFaults.NONE.withLargestPacket(1000));
    send(client, new byte[980]);
    assertThatThrownBy(() -> receive(client)).isInstanceOf(SocketTimeoutException.class);
    client.setSoTimeout(10_000);
    send(client, new byte[972]);
    assertThat(receive(client)).hasSize(972);
  }
}
