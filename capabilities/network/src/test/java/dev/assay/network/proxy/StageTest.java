package dev.assay.network.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StageTest {

  private final BlockingQueue<Integer> kept = new LinkedBlockingQueue<>();
  private final List<Stage> seen = new CopyOnWriteArrayList<>();
  private EchoThroughProxy echo;
  private TcpProxy proxy;

  @BeforeEach
  void open() throws IOException {
    echo = new EchoThroughProxy(2);
    proxy = echo.proxy();
  }

  @AfterEach
  void close() throws IOException {
    echo.close();
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
  private final class Keep extends Stage {
    private final ArrayDeque<ByteBuf> held = new ArrayDeque<>();

    @Override
    public void data(ByteBuf bytes) {
      held.add(bytes);
      kept.add(bytes.readableBytes());
    }

    @Override
    public void removed() {
      while (!held.isEmpty()) {
        next().data(held.remove());
      }
    }

    @Override
    public void discard() {
      held.forEach(ByteBuf::release);
      held.clear();
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
      assertThat(Peers.ask(client, "abc")).isEqualTo("cde");
      proxy.stages(StageFactory.NONE);
      assertThat(Peers.ask(client, "abc")).isEqualTo("abc");
    }
  }

  @Test
  void whatAStageHoldsArrivesInOrderWhenItIsRemoved() throws Exception {
    proxy.stages((connection, direction, current) ->
        direction == Direction.UP ? List.of(new Keep(), new Keep()) : List.of());
    try (Socket client = Peers.connect(proxy.address())) {
      client.getOutputStream().write("one ".getBytes());
      isKept("one ");
      client.getOutputStream().write("two ".getBytes());
      isKept("two ");
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
      isKept("one ");
      proxy.stages(keeping);
      client.getOutputStream().write("two".getBytes());
      isKept("two");
      assertThat(seen).hasSizeGreaterThan(1).allMatch(stage -> stage == seen.getFirst());
      proxy.stages(StageFactory.NONE);
      assertThat(client.getInputStream().readNBytes(7)).asString().isEqualTo("one two");
    }
  }

  /** What was sent is in a stage. */
  private void isKept(String text) throws InterruptedException {
    assertThat(kept.poll(20, TimeUnit.SECONDS)).isEqualTo(text.length());
  }
}
