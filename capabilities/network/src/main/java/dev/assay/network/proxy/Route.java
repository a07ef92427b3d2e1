package dev.assay.network.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.socket.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a connection: the socket that is read, the stages, the socket that is written.
 * Used on the event loop of the connection only.
 */
final class Route {

  private final TcpConnection connection;
  private final Direction direction;
  private final SocketChannel source;
  private final Reading reading;
  private final SocketSink sink;

  private List<Stage> stages = List.of();
  private List<Stage> made = List.of();
  private @Nullable FaultStage faults;
  private @Nullable LinkStage link;
  private Stage first;
  private boolean started;
  private boolean draining;
  private int refusals;
  private boolean resetSeen;
  private boolean endSeen;

  Route(
      TcpConnection connection,
      Direction direction,
      SocketChannel source,
      Reading reading,
      SocketSink sink) {
    this.connection = connection;
    this.direction = direction;
    this.source = source;
    this.reading = reading;
    this.sink = sink;
    this.first = sink;
    sink.join(connection, direction, null, null, this::resume);
  }

  SocketSink sink() {
    return sink;
  }

  @Nullable LinkStage link() {
    return link;
  }

  @Nullable FaultStage faults() {
    return faults;
  }

  /** Begins to read. */
  void start() {
    started = true;
    resume();
  }

  void data(ByteBuf bytes) {
    first.data(bytes);
    if (!first.writable()) {
      pause();
    }
  }

  void end() {
    if (!endSeen && !resetSeen) {
      endSeen = true;
      first.end();
    }
  }

  void reset() {
    if (!resetSeen) {
      resetSeen = true;
      first.reset();
    }
  }

  /**
   * Netty wanted to read while that was not wanted. It is told of the other end's FIN once; when it
   * comes again, both directions are shut and it would come forever, so what is left in the
   * kernel's buffer, which cannot grow any more, is read.
   */
  void refused() {
    refusals++;
    if (refusals > 1) {
      draining = true;
      reading.wanted(true);
    }
  }

  /** The socket that is written takes bytes again. */
  void sinkWritable() {
    sink.resumed();
  }

  private void pause() {
    if (!draining && reading.wanted()) {
      reading.wanted(false);
      source.config().setAutoRead(false);
    }
  }

  private void resume() {
    if (started && !reading.wanted() && source.isOpen() && first.writable()) {
      refusals = 0;
      reading.wanted(true);
      source.config().setAutoRead(true);
    }
  }

  /** Makes the chain what it should be now; bytes that are in it stay in order. */
  void arrange(List<Stage> wanted, boolean withFaults, @Nullable LinkStage withLink) {
    List<Stage> whole = new ArrayList<>(wanted.size() + 2);
    if (withFaults) {
      if (faults == null) {
        faults = new FaultStage(connection);
      }
      whole.add(faults);
    } else {
      faults = null;
    }
    whole.addAll(wanted);
    if (link == null) {
      link = withLink;
    }
    if (link != null) {
      whole.add(link);
    }
    List<Stage> old = stages;
    for (int i = old.size() - 1; i >= 0; i--) {
      Stage stage = old.get(i);
      if (!whole.contains(stage)) {
        stage.removed();
        List<Stage> left = new ArrayList<>(stages);
        left.remove(stage);
        chain(left);
      }
    }
    List<Stage> before = old;
    made = List.copyOf(wanted);
    chain(whole);
    for (Stage stage : whole) {
      if (!before.contains(stage)) {
        stage.added();
      }
    }
    if (started) {
      if (first.writable()) {
        resume();
      } else {
        pause();
      }
    }
  }

  /** The stages of the factory that it has now. */
  List<Stage> made() {
    return made;
  }

  private void chain(List<Stage> list) {
    stages = List.copyOf(list);
    Stage after = sink;
    Stage previous;
    for (int i = stages.size() - 1; i >= 0; i--) {
      Stage stage = stages.get(i);
      previous = i == 0 ? null : stages.get(i - 1);
      stage.join(connection, direction, previous, after, this::resume);
      after = stage;
    }
    sink.join(
        connection,
        direction,
        stages.isEmpty() ? null : stages.get(stages.size() - 1),
        null,
        this::resume);
    first = after;
  }

  void discard() {
    for (Stage stage : stages) {
      stage.discard();
    }
  }
}
