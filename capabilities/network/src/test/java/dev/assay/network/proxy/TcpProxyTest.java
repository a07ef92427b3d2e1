package dev.assay.network.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.assay.api.problem.ProblemException;
import dev.assay.api.spi.Clock;
import dev.assay.api.spi.SystemClock;
import dev.assay.network.link.Condition;
import dev.assay.network.link.Delay;
import dev.assay.network.link.DirectionCondition;
import dev.assay.network.link.Link;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Exchanger;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(120)
class TcpProxyTest {

  private static final InetSocketAddress ANYWHERE =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  private static final long MILLIS = 1_000_000;

  private final Clock clock = new SystemClock();
  private final List<AutoCloseable> open = new ArrayList<>();

  /** How bytes get through. */
  enum Way {
    STRAIGHT,
    STRAIGHT_PORTABLE,
    EMPTY_LINK,
    LINK,
    LINK_PORTABLE
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open.reversed()) {
      each.close();
    }
  }

  private <T extends AutoCloseable> T kept(T made) {
    open.add(made);
    return made;
  }

  private static Condition delayed(int millis) {
    return Condition.both(DirectionCondition.NONE.withDelay(Delay.constant(millis * MILLIS)));
  }

  private TcpProxy proxy(Way way, InetSocketAddress server) {
    boolean portable = way.name().endsWith("PORTABLE");
    Transport transport = kept(portable ? Transport.portable(2) : Transport.open(2));
    TcpProxy.Setup setup =
        switch (way) {
          case STRAIGHT, STRAIGHT_PORTABLE -> TcpProxy.Setup.straight(ANYWHERE, server);
          case EMPTY_LINK -> TcpProxy.Setup.over(new Link(Condition.NONE, 1), ANYWHERE, server);
          case LINK, LINK_PORTABLE ->
              TcpProxy.Setup.over(
                  new Link(
                      Condition.both(
                          DirectionCondition.NONE
                              .withDelay(Delay.constant(2 * MILLIS))
                              .withRate(400e6)),
                      1),
                  ANYWHERE,
                  server);
        };
    return kept(TcpProxy.open(transport, clock, setup));
  }

  private TcpProxy proxy(Condition condition, InetSocketAddress server) {
    Transport transport = kept(Transport.open(1));
    return kept(
        TcpProxy.open(
            transport, clock, TcpProxy.Setup.over(new Link(condition, 1), ANYWHERE, server)));
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited too long").isLessThan(end);
      Thread.sleep(5);
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void bytesArriveUnchangedHoweverTheyAreSplit(Way way) throws Exception {
    Peers.Server server = kept(Peers.echo());
    TcpProxy proxy = proxy(way, server.address());
    SplittableRandom random = new SplittableRandom(7);
    byte[] sent = new byte[3_000_000];
    random.nextBytes(sent);
    try (Socket client = Peers.connect(proxy.address())) {
      CompletableFuture<Void> writer =
          CompletableFuture.runAsync(() -> writeInPieces(client, sent, random));
      byte[] received = client.getInputStream().readAllBytes();
      writer.join();
      assertThat(Arrays.equals(received, sent)).isTrue();
    }
    assertThat(server.troubles()).isEmpty();
    await(() -> proxy.statistics().open() == 0);
    assertThat(proxy.statistics().bytesUp()).isEqualTo(sent.length);
    assertThat(proxy.statistics().bytesDown()).isEqualTo(sent.length);
  }

  private static void writeInPieces(Socket client, byte[] bytes, SplittableRandom random) {
    try {
      OutputStream out = client.getOutputStream();
      int at = 0;
      while (at < bytes.length) {
        int size = Math.min(bytes.length - at, 1 + random.nextInt(20_000));
        out.write(bytes, at, size);
        at += size;
      }
      client.shutdownOutput();
    } catch (IOException broken) {
      throw new IllegalStateException(broken);
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void aServerMayAnswerAfterTheClientHasEndedItsStream(Way way) throws Exception {
    Peers.Server server =
        kept(
            Peers.server(socket -> {
              byte[] all = socket.getInputStream().readAllBytes();
              socket.getOutputStream().write(("got " + all.length).getBytes());
            }));
    TcpProxy proxy = proxy(way, server.address());
    try (Socket client = Peers.connect(proxy.address())) {
      client.getOutputStream().write(new byte[100]);
      client.shutdownOutput();
      assertThat(client.getInputStream().readAllBytes()).asString().isEqualTo("got 100");
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void aClientMaySendAfterTheServerHasEndedItsStream(Way way) throws Exception {
    CompletableFuture<Integer> got = new CompletableFuture<>();
    Peers.Server server =
        kept(
            Peers.server(socket -> {
              socket.getOutputStream().write(1);
              socket.shutdownOutput();
              got.complete(socket.getInputStream().readAllBytes().length);
            }));
    TcpProxy proxy = proxy(way, server.address());
    try (Socket client = Peers.connect(proxy.address())) {
      assertThat(client.getInputStream().readAllBytes()).hasSize(1);
      client.getOutputStream().write(new byte[50_000]);
    }
    assertThat(got.get(20, TimeUnit.SECONDS)).isEqualTo(50_000);
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void aResetOfTheClientIsAResetForTheServer(Way way) throws Exception {
    Peers.Server server = kept(Peers.echo());
    TcpProxy proxy = proxy(way, server.address());
    try (Socket client = Peers.connect(proxy.address())) {
      assertThat(Peers.ask(client, "hello")).isEqualTo("hello");
      client.setSoLinger(true, 0);
    }
    await(() -> !server.troubles().isEmpty());
    assertThat(server.troubles().getFirst()).hasMessageContaining("reset");
    await(() -> proxy.statistics().open() == 0);
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void aResetOfTheServerIsAResetForTheClient(Way way) throws Exception {
    Peers.Server server =
        kept(
            Peers.server(socket -> {
              socket.getInputStream().read();
              socket.setSoLinger(true, 0);
            }));
    TcpProxy proxy = proxy(way, server.address());
    try (Socket client = Peers.connect(proxy.address())) {
      client.getOutputStream().write(1);
      assertThatThrownBy(() -> client.getInputStream().read()).hasMessageContaining("reset");
    }
    await(() -> proxy.statistics().open() == 0);
  }

  /** The server's end of stream is passed on to a client that is gone by then. */
  @ParameterizedTest
  @EnumSource(Way.class)
  void whatIsResetInTheMomentItsStreamEndsIsGone(Way way) throws Exception {
    Exchanger<Boolean> moment = new Exchanger<>();
    Peers.Server server =
        kept(
            Peers.server(socket -> {
              socket.getInputStream().read();
              moment.exchange(true, 20, TimeUnit.SECONDS);
            }));
    TcpProxy proxy = proxy(way, server.address());
    Warnings warnings = kept(new Warnings());
    for (int round = 0; round < 200; round++) {
      try (Socket client = Peers.connect(proxy.address())) {
        client.setSoLinger(true, 0);
        client.getOutputStream().write(1);
        moment.exchange(true, 20, TimeUnit.SECONDS);
      }
    }
    await(() -> proxy.statistics().open() == 0);
    // An exception in an event loop loses what other connections have to say in that turn.
    assertThat(warnings.said).isEmpty();
  }

  /** What Netty warns of meanwhile. */
  private static final class Warnings extends Handler implements AutoCloseable {
    private final Logger logger = Logger.getLogger("io.netty.channel");
    private final List<String> said = new CopyOnWriteArrayList<>();

    Warnings() {
      logger.addHandler(this);
    }

    @Override
    public void publish(LogRecord one) {
      if (one.getLevel().intValue() >= Level.WARNING.intValue()) {
        said.add(one.getMessage() + " " + one.getThrown());
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
      logger.removeHandler(this);
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void aServerThatIsNotThereIsAReset(Way way) throws Exception {
    Peers.Server gone = Peers.echo();
    gone.close();
    TcpProxy proxy = proxy(way, gone.address());
    // It may be reset while it connects.
    assertThatThrownBy(
            () -> {
              try (Socket client = Peers.connect(proxy.address())) {
                client.getInputStream().read();
              }
            })
        .hasMessageContaining("reset");
    assertThat(proxy.statistics().failed()).isOne();
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void whoDoesNotReadHoldsUpWhoSends(Way way) throws Exception {
    CompletableFuture<Void> goOn = new CompletableFuture<>();
    CompletableFuture<Long> got = new CompletableFuture<>();
    Peers.Server server =
        kept(
            Peers.server(socket -> {
              goOn.join();
              got.complete(socket.getInputStream().transferTo(OutputStream.nullOutputStream()));
            }));
    TcpProxy proxy = proxy(way, server.address());
    try (SocketChannel client = SocketChannel.open(proxy.address())) {
      client.configureBlocking(false);
      ByteBuffer block = ByteBuffer.allocate(64 * 1024);
      long sent = 0;
      long quietSince = System.nanoTime();
      // Until nothing is taken for a while; the kernel's buffers take some megabytes each.
      while (System.nanoTime() - quietSince < TimeUnit.MILLISECONDS.toNanos(1_500)) {
        int size = client.write(block.clear());
        if (size > 0) {
          quietSince = System.nanoTime();
          sent += size;
          assertThat(sent).as("bytes that the proxy took").isLessThan(64L << 20);
        } else {
          Thread.sleep(10);
        }
      }
      goOn.complete(null);
      client.shutdownOutput();
      assertThat(got.get(60, TimeUnit.SECONDS)).isEqualTo(sent);
    }
  }

  @Test
  void aDelayIsNeverShorterThanAsked() throws Exception {
    Peers.Server server = kept(Peers.echo());
    TcpProxy proxy = proxy(delayed(30), server.address());
    try (Socket client = Peers.connect(proxy.address())) {
      Peers.ask(client, "warm");
      for (int i = 0; i < 5; i++) {
        long begin = System.nanoTime();
        Peers.ask(client, "x");
        assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(60 * MILLIS);
      }
    }
  }

  @Test
  void connectingTakesTheLinksRoundTrip() throws Exception {
    assumeTrue(SystemCalls.rawTcpSocket().isPresent(), "this user has no raw sockets");
    TcpProxy proxy = proxy(delayed(75), kept(Peers.echo()).address());
    for (int i = 0; i < 3; i++) {
      long begun = System.nanoTime();
      try (Socket client = Peers.connect(proxy.address())) {
        long connected = System.nanoTime();
        assertThat(connected - begun).isGreaterThanOrEqualTo(150 * MILLIS);
        assertThat(Peers.ask(client, "hello")).isEqualTo("hello");
        assertThat(System.nanoTime() - connected).isGreaterThanOrEqualTo(150 * MILLIS);
      }
    }
  }

  @Test
  void nobodyConnectsOverALinkThatIsOffline() throws Exception {
    assumeTrue(SystemCalls.rawTcpSocket().isPresent(), "this user has no raw sockets");
    TcpProxy proxy = proxy(Condition.OFFLINE, kept(Peers.echo()).address());
    try (Socket client = new Socket()) {
      assertThatThrownBy(() -> client.connect(proxy.address(), 300))
          .isInstanceOf(SocketTimeoutException.class);
    }
    proxy.change(Condition.NONE);
    try (Socket client = Peers.connect(proxy.address())) {
      assertThat(Peers.ask(client, "hello")).isEqualTo("hello");
    }
  }

  @Test
  void theFirstAnswerTakesTheHandshakesRoundTripToo() throws Exception {
    Peers.Server server = kept(Peers.echo());
    TcpProxy proxy = proxy(delayed(40), server.address());
    long begin = System.nanoTime();
    try (Socket client = Peers.connect(proxy.address())) {
      Peers.ask(client, "x");
    }
    assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(160 * MILLIS);
  }

  @Test
  void allConnectionsOfALinkShareItsRate() throws Exception {
    int size = 250_000;
    Peers.Server server =
        kept(Peers.server(socket -> socket.getOutputStream().write(new byte[size])));
    TcpProxy proxy =
        proxy(Condition.NONE.withDown(DirectionCondition.NONE.withRate(8e6)), server.address());
    long begin = System.nanoTime();
    List<CompletableFuture<Integer>> downloads = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      downloads.add(CompletableFuture.supplyAsync(() -> download(proxy.address())));
    }
    downloads.forEach(each -> assertThat(each.join()).isEqualTo(size));
    // 500 kB and its headers at 1 MB/s, less the packet that may be sent at once.
    assertThat(System.nanoTime() - begin).isGreaterThan(495 * MILLIS);
  }

  private static int download(InetSocketAddress address) {
    try (Socket client = Peers.connect(address)) {
      return client.getInputStream().readAllBytes().length;
    } catch (IOException broken) {
      throw new IllegalStateException(broken);
    }
  }

  @Test
  void aConditionIsChangedForExistingConnections() throws Exception {
    Peers.Server server = kept(Peers.echo());
    TcpProxy proxy = proxy(Condition.NONE, server.address());
    try (Socket client = Peers.connect(proxy.address())) {
      Peers.ask(client, "x");
      proxy.change(delayed(40));
      await(() -> roundTrip(client) >= 80 * MILLIS);
      proxy.change(Condition.NONE);
      await(() -> roundTrip(client) < 40 * MILLIS);
    }
  }

  private static long roundTrip(Socket client) {
    long begin = System.nanoTime();
    try {
      assertThat(Peers.ask(client, "x")).isEqualTo("x");
    } catch (IOException broken) {
      throw new IllegalStateException(broken);
    }
    return System.nanoTime() - begin;
  }

  @Test
  void whatIsSentOfflineArrivesWhenTheLinkIsBack() throws Exception {
    Peers.Server server = kept(Peers.echo());
    TcpProxy proxy = proxy(Condition.NONE, server.address());
    try (Socket client = Peers.connect(proxy.address())) {
      Peers.ask(client, "before");
      proxy.change(Condition.OFFLINE);
      client.setSoTimeout(300);
      assertThatThrownBy(() -> Peers.ask(client, "during")).hasMessageContaining("timed out");
      client.setSoTimeout(20_000);
      proxy.change(Condition.NONE);
      assertThat(client.getInputStream().readNBytes(6)).asString().isEqualTo("during");
    }
  }

  @Test
  void aThousandConnectionsGoOverOneLink() throws Exception {
    Peers.Server server = kept(Peers.echo());
    TcpProxy proxy = proxy(delayed(5), server.address());
    List<Socket> clients = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      clients.add(kept(Peers.connect(proxy.address())));
    }
    for (int i = 0; i < clients.size(); i++) {
      clients.get(i).getOutputStream().write(("client " + (i + 10_000)).getBytes());
    }
    for (int i = 0; i < clients.size(); i++) {
      assertThat(clients.get(i).getInputStream().readNBytes(12))
          .asString()
          .isEqualTo("client " + (i + 10_000));
    }
    assertThat(proxy.statistics().open()).isEqualTo(1000);
    for (Socket client : clients) {
      client.close();
    }
    await(() -> proxy.statistics().open() == 0);
    assertThat(server.troubles()).isEmpty();
  }

  @Test
  void anAddressThatIsTakenIsAProblem() throws Exception {
    Peers.Server server = kept(Peers.echo());
    Transport transport = kept(Transport.open(1));
    assertThatThrownBy(() ->
            TcpProxy.open(
                transport, clock, TcpProxy.Setup.straight(server.address(), server.address())))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("ASSAY-NETWORK-030");
  }

  @Test
  void closingAProxyEndsItsConnections() throws Exception {
    Peers.Server server = kept(Peers.echo());
    TcpProxy proxy = proxy(delayed(1), server.address());
    try (Socket client = Peers.connect(proxy.address())) {
      Peers.ask(client, "x");
      proxy.close();
      assertThat(client.getInputStream().read()).isEqualTo(-1);
      assertThatThrownBy(() -> Peers.connect(proxy.address()))
          .isInstanceOf(java.net.ConnectException.class);
    }
  }

  @Test
  void durationsOfFaultsAreNotNegative() {
    assertThatThrownBy(() -> ProxyFaults.NONE.withResetAfter(Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
