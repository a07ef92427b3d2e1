package dev.assay.network.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.assay.network.proxy.ProxyFaults.Admission;
import io.netty.channel.epoll.Epoll;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ProxyFaultsTest {

  private EchoThroughProxy echo;
  private Peers.Server server;
  private TcpProxy proxy;

  @BeforeEach
  void open() throws IOException {
    echo = new EchoThroughProxy(1);
    server = echo.server();
    proxy = echo.proxy();
  }

  @AfterEach
  void close() throws IOException {
    echo.close();
  }

  private static void staysSilent(Socket client) throws IOException {
    client.setSoTimeout(300);
    assertThatThrownBy(() -> client.getInputStream().read())
        .isInstanceOf(SocketTimeoutException.class);
    client.setSoTimeout(20_000);
  }

  @Test
  void newConnectionsAreRefusedAndExistingOnesGoOn() throws Exception {
    try (Socket before = Peers.connect(proxy.address())) {
      Peers.ask(before, "x");
      proxy.faults(ProxyFaults.NONE.withAdmission(Admission.REFUSE));
      assertThatThrownBy(() -> Peers.connect(proxy.address())).isInstanceOf(ConnectException.class);
      assertThat(Peers.ask(before, "still here")).isEqualTo("still here");
      proxy.faults(ProxyFaults.NONE);
      try (Socket after = Peers.connect(proxy.address())) {
        assertThat(Peers.ask(after, "again")).isEqualTo("again");
      }
    }
  }

  @Test
  void whoIsIgnoredConnectsOnlyWhenThatEnds() throws Exception {
    assumeTrue(Epoll.isAvailable(), "packets can be dropped on Linux only");
    proxy.faults(ProxyFaults.NONE.withAdmission(Admission.IGNORE));
    try (Socket client = new Socket()) {
      assertThatThrownBy(() -> client.connect(proxy.address(), 400))
          .isInstanceOf(SocketTimeoutException.class);
    }
    proxy.faults(ProxyFaults.NONE);
    try (Socket client = Peers.connect(proxy.address())) {
      assertThat(Peers.ask(client, "hello")).isEqualTo("hello");
    }
  }

  @Test
  void whoIsNotAnsweredIsServedWhenThatEnds() throws Exception {
    proxy.faults(ProxyFaults.NONE.withAdmission(Admission.MUTE));
    try (Socket client = Peers.connect(proxy.address())) {
      client.getOutputStream().write('a');
      staysSilent(client);
      assertThat(server.accepted()).isZero();
      proxy.faults(ProxyFaults.NONE);
      assertThat(client.getInputStream().read()).isEqualTo('a');
    }
  }

  @Test
  void whatIsSentIntoACutArrivesWhenItIsMended() throws Exception {
    try (Socket client = Peers.connect(proxy.address())) {
      Peers.ask(client, "x");
      proxy.faults(ProxyFaults.NONE.withCut(true, false));
      client.getOutputStream().write('a');
      staysSilent(client);
      proxy.faults(ProxyFaults.NONE.withCut(false, true));
      staysSilent(client);
      client.getOutputStream().write('b');
      proxy.faults(ProxyFaults.NONE);
      assertThat(client.getInputStream().readNBytes(2)).asString().isEqualTo("ab");
    }
  }

  @Test
  void whatIsSentWhileACutEndsDoesNotOvertakeWhatItHeld() throws Exception {
    try (Socket client = Peers.connect(proxy.address())) {
      client.setTcpNoDelay(true);
      OutputStream out = client.getOutputStream();
      for (int round = 0; round < 300; round++) {
        proxy.faults(ProxyFaults.NONE.withCut(true, false));
        out.write('a');
        CountDownLatch ready = new CountDownLatch(1);
        Thread mending =
            Thread.ofPlatform()
                .start(
                    () -> {
                      ready.countDown();
                      proxy.faults(ProxyFaults.NONE);
                    });
        ready.await();
        out.write('b');
        mending.join();
        assertThat(client.getInputStream().readNBytes(2)).asString().isEqualTo("ab");
      }
    }
  }

  @Test
  void aConnectionIsResetAfterSoManyBytes() throws Exception {
    proxy.faults(ProxyFaults.NONE.withResetAfterBytes(1000));
    try (Socket client = Peers.connect(proxy.address())) {
      assertThat(Peers.ask(client, "x".repeat(400))).hasSize(400);
      client.getOutputStream().write(new byte[400]);
      assertThatThrownBy(() -> client.getInputStream().readAllBytes())
          .hasMessageContaining("reset");
    }
    assertThat(proxy.statistics().resets()).isOne();
  }

  @Test
  void aConnectionIsResetAtAnAge() throws Exception {
    try (Socket client = Peers.connect(proxy.address())) {
      Peers.ask(client, "x");
      proxy.faults(ProxyFaults.NONE.withResetAfter(Duration.ofMillis(200)));
      assertThatThrownBy(() -> client.getInputStream().read()).hasMessageContaining("reset");
    }
  }

  @Test
  void everyConnectionIsResetOnRequest() throws Exception {
    try (Socket client = Peers.connect(proxy.address())) {
      Peers.ask(client, "x");
      proxy.resetConnections();
      assertThatThrownBy(() -> client.getInputStream().read()).hasMessageContaining("reset");
    }
  }

  @Test
  void anIdleConnectionIsForgottenAndNobodyIsTold() throws Exception {
    proxy.faults(ProxyFaults.NONE.withForgetIdle(Duration.ofMillis(200)));
    try (Socket client = Peers.connect(proxy.address())) {
      assertThat(Peers.ask(client, "x")).isEqualTo("x");
      echo.pass(Duration.ofMillis(400));
      client.getOutputStream().write('a');
      staysSilent(client);
      client.shutdownOutput();
      staysSilent(client);
      assertThat(server.troubles()).isEmpty();
      assertThat(proxy.statistics().forgotten()).isOne();
    }
  }

  @Test
  void aStreamStallsAtAPacketThatIsTooLarge() throws Exception {
    proxy.faults(ProxyFaults.NONE.withLargestPacket(1400));
    try (Socket client = Peers.connect(proxy.address())) {
      assertThat(Peers.ask(client, "x".repeat(1000))).hasSize(1000);
      client.getOutputStream().write(new byte[1400]);
      staysSilent(client);
      client.getOutputStream().write(1);
      staysSilent(client);
      assertThat(proxy.statistics().stalled()).isOne();
    }
  }
}
