package dev.assay.network.proxy;

import io.netty.buffer.ByteBuf;
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
  private final StreamSocket source;
  private final SocketSink sink;

  private List<Stage> stages = List.of();
  private List<Stage> made = List.of();
  private @Nullable FaultStage faults;
  private @Nullable LinkStage link;
  private Stage first;
  private boolean started;
  private boolean resetSeen;
  private boolean endSeen;

  Route(TcpConnection connection, Direction direction, StreamSocket source, SocketSink sink) {
    this.connection = connection;
    this.direction = direction;
    this.source = source;
    this.sink = sink;
    this.first = sink;
    sink.join(connection, direction, null, null, this::resume);
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

  /** Whether the end of the stream, or a reset, has come in. */
  boolean over() {
    return endSeen || resetSeen;
  }

  void reset() {
    if (!resetSeen) {
      resetSeen = true;
      first.reset();
    }
  }

  /** The socket that is written takes bytes again. */
  void sinkWritable() {
    sink.resumed();
  }

  private void pause() {
    source.read(false);
  }

  private void resume() {
    if (started && !source.reads() && source.open() && first.writable()) {
      source.read(true);
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
