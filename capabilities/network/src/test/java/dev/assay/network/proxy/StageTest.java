package dev.assay.network.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.spi.SystemClock;
import dev.assay.network.link.Condition;
import dev.assay.network.link.Link;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StageTest {

  private final List<Stage> seen = new CopyOnWriteArrayList<>();
  private Transport transport;
  private Peers.Server server;
  private TcpProxy proxy;

  @BeforeEach
  void open() throws IOException {
    transport = Transport.open(2);
    server = Peers.echo();
    proxy =
        TcpProxy.open(
            transport,
            new SystemClock(),
            TcpProxy.Setup.over(
                new Link(Condition.NONE, 1),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                server.address()));
  }

  @AfterEach
  void close() throws IOException {
    proxy.close();
    server.close();
    transport.close();
  }

  /** Adds one to every byte. */
  private static final class Next extends Stage {
    @Override
    public void data(ByteBuf bytes) {
      for (int i = bytes.readerIndex(); i < bytes.writerIndex(); i++) {
        bytes.setByte(i, bytes.getByte(i) + 1);
      }
      next().data(bytes);
    }
  }

  /** Keeps everything until it is removed. */
  private static final class Keep extends Stage {
    private final ArrayDeque<ByteBuf> kept = new ArrayDeque<>();

    @Override
    public void data(ByteBuf bytes) {
      kept.add(bytes);
    }

    @Override
    public void removed() {
      while (!kept.isEmpty()) {
        next().data(kept.remove());
      }
    }

    @Override
    public void discard() {
      kept.forEach(ByteBuf::release);
      kept.clear();
    }
  }

  @Test
  void stagesWorkInTheirOrderAndDirection() throws Exception {
    proxy.stages((connection, direction, current) ->
        direction == Direction.UP ? List.of(new Next()) : current);
    try (Socket client = Peers.connect(proxy.address())) {
      assertThat(Peers.ask(client, "abc")).isEqualTo("bcd");
    }
  }

  @Test
  void stagesAreChangedForExistingConnections() throws Exception {
    try (Socket client = Peers.connect(proxy.address())) {
      assertThat(Peers.ask(client, "abc")).isEqualTo("abc");
      proxy.stages((connection, direction, current) -> List.of(new Next()));
      settle();
      assertThat(Peers.ask(client, "abc")).isEqualTo("cde");
      proxy.stages(StageFactory.NONE);
      settle();
      assertThat(Peers.ask(client, "abc")).isEqualTo("abc");
    }
  }

  @Test
  void whatAStageHoldsArrivesInOrderWhenItIsRemoved() throws Exception {
    proxy.stages((connection, direction, current) ->
        direction == Direction.UP ? List.of(new Keep(), new Keep()) : List.of());
    try (Socket client = Peers.connect(proxy.address())) {
      client.getOutputStream().write("one ".getBytes());
      settle();
      client.getOutputStream().write("two ".getBytes());
      settle();
      proxy.stages(StageFactory.NONE);
      client.getOutputStream().write("three".getBytes());
      assertThat(client.getInputStream().readNBytes(13)).asString().isEqualTo("one two three");
    }
  }

  @Test
  void stagesThatStayKeepWhatTheyHold() throws Exception {
    StageFactory keeping =
        (connection, direction, current) -> {
          List<Stage> stages = new ArrayList<>(current);
          if (direction == Direction.UP && stages.isEmpty()) {
            stages.add(new Keep());
          }
          seen.addAll(stages);
          return stages;
        };
    proxy.stages(keeping);
    try (Socket client = Peers.connect(proxy.address())) {
      client.getOutputStream().write("one ".getBytes());
      settle();
      proxy.stages(keeping);
      client.getOutputStream().write("two".getBytes());
      settle();
      assertThat(seen).hasSizeGreaterThan(1).allMatch(stage -> stage == seen.getFirst());
      proxy.stages(StageFactory.NONE);
      assertThat(client.getInputStream().readNBytes(7)).asString().isEqualTo("one two");
    }
  }

  /** What was asked of the proxy, or sent before, has reached its event loop. */
  private void settle() throws InterruptedException {
    Thread.sleep(50);
    transport.loops().forEach(loop -> loop.submit(() -> {}).syncUninterruptibly());
  }
}
