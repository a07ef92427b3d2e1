package dev.assay.network.toxiproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.assay.api.spi.SystemClock;
import eu.rekawek.toxiproxy.Proxy;
import eu.rekawek.toxiproxy.ToxiproxyClient;
import eu.rekawek.toxiproxy.model.Toxic;
import eu.rekawek.toxiproxy.model.ToxicDirection;
import eu.rekawek.toxiproxy.model.toxic.Latency;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The public clients of Toxiproxy, unchanged. */
class PublicClientsTest {

  private ToxiproxyServer toxiproxy;
  private EchoServer echo;

  @BeforeEach
  void start() throws IOException {
    toxiproxy =
        ToxiproxyServer.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), new SystemClock(), 42);
    echo = new EchoServer();
  }

  @AfterEach
  void stop() throws IOException {
    toxiproxy.close();
    echo.close();
  }

  private static long echoed(Proxy proxy) throws IOException {
    InetSocketAddress listen = GoAddress.parse(proxy.getListen()).resolved();
    try (Socket socket = new Socket(listen.getAddress(), listen.getPort())) {
      socket.setSoTimeout(20_000);
      long begun = System.nanoTime();
      socket.getOutputStream().write(7);
      assertThat(socket.getInputStream().read()).isEqualTo(7);
      return System.nanoTime() - begun;
    }
  }

  @Test
  void theJavaClientWorks() throws IOException {
    ToxiproxyClient client = new ToxiproxyClient("127.0.0.1", toxiproxy.address().getPort());
    assertThat(client.version()).contains("2.12.0");
    Proxy proxy = client.createProxy("java", "127.0.0.1:0", "127.0.0.1:" + echo.port());
    echoed(proxy);

    Latency latency = proxy.toxics().latency("slow", ToxicDirection.DOWNSTREAM, 200).setJitter(0);
    assertThat(echoed(proxy)).isGreaterThanOrEqualTo(200_000_000);
    latency.setLatency(300);
    latency.setToxicity(1);
    assertThat(echoed(proxy)).isGreaterThanOrEqualTo(300_000_000);
    proxy.toxics().bandwidth("cut", ToxicDirection.UPSTREAM, 0);
    proxy.toxics().slowClose("close", ToxicDirection.UPSTREAM, 1);
    proxy.toxics().slicer("slices", ToxicDirection.DOWNSTREAM, 10, 1).setSizeVariation(2);
    proxy.toxics().limitData("limit", ToxicDirection.DOWNSTREAM, 1_000_000);
    proxy.toxics().resetPeer("reset", ToxicDirection.UPSTREAM, 1);
    proxy.toxics().timeout("timeout", ToxicDirection.DOWNSTREAM, 1);
    assertThat(proxy.toxics().getAll())
        .extracting(Toxic::getName)
        .containsExactly("cut", "close", "reset", "slow", "slices", "limit", "timeout");
    for (Toxic toxic : proxy.toxics().getAll()) {
      toxic.remove();
    }
    echoed(proxy);

    proxy.disable();
    assertThatThrownBy(() -> echoed(proxy)).isInstanceOf(IOException.class);
    client.reset();
    echoed(client.getProxy("java"));
    assertThat(client.getProxies()).hasSize(1);
    proxy.delete();
    assertThat(client.getProxyOrNull("java")).isNull();
  }

  @Test
  void theNodeClientWorks(@TempDir Path folder) throws Exception {
    Path packages = Path.of("target", "node", "node_modules").toAbsolutePath();
    assumeThat(packages.resolve("toxiproxy-node-client"))
        .as("run: npm install --prefix target/node toxiproxy-node-client@4.1.0")
        .exists();
    Path script = folder.resolve("client.js");
    try (InputStream source = PublicClientsTest.class.getResourceAsStream("client.js")) {
      Files.copy(source, script);
    }
    Process node =
        new ProcessBuilder(
                "node",
                script.toString(),
                packages.toString(),
                "http://127.0.0.1:" + toxiproxy.address().getPort(),
                "127.0.0.1:" + echo.port())
            .redirectErrorStream(true)
            .start();
    String said = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(node.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(said).isEqualTo("all is well\n");
  }
}
