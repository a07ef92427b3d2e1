package dev.assay.network.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.assay.api.spi.SystemClock;
import dev.assay.network.link.Condition;
import dev.assay.network.link.Delay;
import dev.assay.network.link.DirectionCondition;
import dev.assay.network.link.Loss;
import dev.assay.network.packet.PacketLink.Far;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PacketLinkTest {

  private static final long MS = 1_000_000L;

  private final RecordingJournal journal = new RecordingJournal();
  private final List<AutoCloseable> opened = new ArrayList<>();

  @BeforeEach
  void needsTheRightsOfRoot() {
    Optional<String> missing = Namespaces.missing();
    assumeTrue(missing.isEmpty(), () -> "no links on packets here: " + missing.orElseThrow());
  }

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable each : opened.reversed()) {
      each.close();
    }
    assertThat(journal.open()).isEmpty();
  }

  private PacketLink open(Condition condition, Far far) {
    PacketLink link = PacketLink.open(condition, 7, far, new SystemClock(), journal);
    opened.add(link);
    return link;
  }

  private static List<String> peer(String... words) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-Xmx64m", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(Peer.class.getName());
    command.addAll(List.of(words));
    return command;
  }

  private Process start(List<String> words) throws IOException {
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    opened.add(() -> process.destroyForcibly().waitFor());
    return process;
  }

  private void server(PacketLink link, String part) throws IOException {
    BufferedReader output = start(link.inServer(peer(part))).inputReader();
    assertThat(output.readLine()).isEqualTo("ready");
  }

  private List<Long> client(PacketLink link, String... words) throws Exception {
    Process process = start(link.inClient(peer(words)));
    List<String> lines = process.inputReader().lines().toList();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as("%s", lines).isZero();
    return lines.stream().map(Long::parseLong).toList();
  }

  private static Condition delayed(long up, long down) {
    return new Condition(
        DirectionCondition.NONE.withDelay(Delay.constant(up)),
        DirectionCondition.NONE.withDelay(Delay.constant(down)));
  }

  @Test
  void aRoundTripTakesTheDelayOfBothWays() throws Exception {
    PacketLink link = open(delayed(30 * MS, 20 * MS), Far.NAMESPACE);
    server(link, "echo");
    List<Long> trips = client(link, "ping", link.serverAddress(), "20", "1");
    assertThat(trips).hasSize(20).allMatch(trip -> trip >= 50 * MS);
    assertThat(trips.stream().sorted().toList().get(10)).isLessThan(90 * MS);
    link.change(delayed(60 * MS, 60 * MS));
    assertThat(client(link, "ping", link.serverAddress(), "5", "1"))
        .allMatch(trip -> trip >= 120 * MS);
  }

  @Test
  void connectingTakesARoundTrip() throws Exception {
    PacketLink link = open(delayed(40 * MS, 40 * MS), Far.NAMESPACE);
    server(link, "sink");
    assertThat(client(link, "connect", link.serverAddress()))
        .allMatch(time -> time >= 80 * MS && time < 2000 * MS);
  }

  @Test
  void aTransferIsBoundedByTheRate() throws Exception {
    Condition slow = Condition.NONE.withUp(DirectionCondition.NONE.withRate(8e6));
    PacketLink link = open(slow, Far.NAMESPACE);
    server(link, "sink");
    long took = client(link, "push", link.serverAddress(), "1000000").getFirst();
    // a million bytes of payload with their headers at 8 Mbit/s
    assertThat(took).isBetween((long) (1000 * MS * 1500.0 / 1448), 10_000 * MS);
  }

  @Test
  void packetsAreLostAtTheRateThatIsAsked() throws Exception {
    Condition lossy =
        Condition.NONE.withUp(DirectionCondition.NONE.withLoss(new Loss.Independent(0.2)));
    PacketLink link = open(lossy, Far.NAMESPACE);
    server(link, "echo");
    List<Long> trips = client(link, "ping", link.serverAddress(), "2000", "0");
    assertThat(trips).hasSize(2000);
    PacketCounts up = link.up();
    assertThat(up.offered()).isGreaterThanOrEqualTo(2000);
    double error = 5 * Math.sqrt(0.2 * 0.8 / up.offered());
    assertThat((double) up.dropped() / up.offered()).isCloseTo(0.2, within(error));
    assertThat(up.crowded()).isZero();
  }

  @Test
  void theFarEndCanBeThisMachine() throws Exception {
    PacketLink link = open(delayed(20 * MS, 20 * MS), Far.HOST);
    assertThat(link.serverNamespace()).isEmpty();
    try (ServerSocket server =
        new ServerSocket(7007, 5, InetAddress.getByName(link.serverAddress()))) {
      Thread serving =
          Thread.startVirtualThread(() -> {
            try (Socket socket = server.accept();
                InputStream in = socket.getInputStream()) {
              in.readAllBytes();
              socket.getOutputStream().write(1);
            } catch (IOException ended) {
              // the client says so
            }
          });
      long took = client(link, "push", link.serverAddress(), "10000").getFirst();
      assertThat(took).isGreaterThanOrEqualTo(80 * MS);
      serving.join();
    }
  }

  @Test
  void whatACrashLeavesIsRemovedWithAllThatRunsThere() throws Exception {
    PacketLink link = open(Condition.NONE, Far.NAMESPACE);
    Process process = start(link.inServer(peer("echo")));
    assertThat(process.inputReader().readLine()).isEqualTo("ready");
    List<RecordingJournal.Written> entries = journal.open();
    assertThat(entries).hasSize(2);
    for (RecordingJournal.Written entry : entries) {
      assertThat(entry.kind()).isEqualTo("network.namespace");
      assertThat(new NamespaceUndo().undo("id", entry.details())).isPresent();
      assertThat(new NamespaceUndo().undo("id", entry.details())).isEmpty();
    }
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(Namespaces.exists(link.clientNamespace())).isFalse();
  }

  @Test
  void whenItsProcessIsKilledTheDevicesGoAndTheNamespacesAreRemovedLater() throws Exception {
    Process process = start(peer("link"));
    BufferedReader output = process.inputReader();
    List<String> names = List.of(output.readLine(), output.readLine());
    try {
      assertThat(names).allMatch(Namespaces::exists);
      process.destroyForcibly().waitFor();
      assertThat(Tool.run("ip", "-n", names.getFirst(), "-o", "link").output().lines())
          .singleElement()
          .asString()
          .contains("lo");
    } finally {
      for (String name : names) {
        assertThat(new NamespaceUndo().undo("id", Map.of("namespace", name))).isPresent();
      }
    }
    assertThat(names).noneMatch(Namespaces::exists);
  }

  @Test
  void linksSideBySideHaveNamesAndAddressesOfTheirOwn() {
    PacketLink one = open(Condition.NONE, Far.NAMESPACE);
    PacketLink two = open(Condition.NONE, Far.HOST);
    assertThat(one.clientNamespace()).isNotEqualTo(two.clientNamespace());
    one.close();
    assertThat(Namespaces.exists(one.clientNamespace())).isFalse();
    assertThat(Namespaces.exists(two.clientNamespace())).isTrue();
  }

  @Test
  void nothingButItsOwnIsEverRemoved() {
    assertThatThrownBy(() -> new NamespaceUndo().undo("id", Map.of("namespace", "production")))
        .isInstanceOf(IllegalStateException.class);
    assertThat(new QdiscUndo().undo("id", Map.of("device", "lo"))).isEmpty();
  }
}
