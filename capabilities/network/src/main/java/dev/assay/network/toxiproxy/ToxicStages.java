package dev.assay.network.toxiproxy;

import dev.assay.network.proxy.Direction;
import dev.assay.network.proxy.ProxyConnection;
import dev.assay.network.proxy.Stage;
import dev.assay.network.proxy.StageFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Makes the chains of a proxy's connections from its toxics. A toxic that stays goes on as it is,
 * with what it holds; chance decides once for each connection and toxic whether it works there, and
 * again when its toxicity is changed.
 */
final class ToxicStages {

  private final long seed;
  private final List<LongAdder> received;
  private final List<LongAdder> sent;

  /** Counts into a list of one adder for each {@link Stream}. */
  ToxicStages(long seed, List<LongAdder> received, List<LongAdder> sent) {
    this.seed = seed;
    this.received = received;
    this.sent = sent;
  }

  /** The chains for those toxics. */
  StageFactory of(List<Toxic> toxics) {
    return (connection, direction, current) -> chain(toxics, connection, direction, current);
  }

  private List<Stage> chain(
      List<Toxic> toxics, ProxyConnection connection, Direction direction, List<Stage> current) {
    Stream stream = direction == Direction.UP ? Stream.UPSTREAM : Stream.DOWNSTREAM;
    boolean has = !current.isEmpty();
    EntryStage entry =
        has ? (EntryStage) current.getFirst() : new EntryStage(received.get(stream.ordinal()));
    ExitStage exit =
        has ? (ExitStage) current.getLast() : new ExitStage(sent.get(stream.ordinal()));
    List<Stage> chain = new ArrayList<>();
    chain.add(entry);
    for (Toxic toxic : toxics) {
      if (toxic.stream() == stream) {
        chain.add(stage(toxic, connection, current, exit));
      }
    }
    chain.add(exit);
    return chain;
  }

  private ToxicStage stage(
      Toxic toxic, ProxyConnection connection, List<Stage> current, ExitStage exit) {
    ToxicStage before = existing(toxic, current);
    if (before != null && before.toxic().equals(toxic)) {
      return before;
    }
    if (before != null && before.toxic().toxicity() == toxic.toxicity()) {
      before.change(toxic);
      return before;
    }
    long own = mixed(toxic, connection.number());
    if (new SplittableRandom(own).nextDouble() >= toxic.toxicity()) {
      return new PassStage(toxic, exit);
    }
    if (before != null && !(before instanceof PassStage)) {
      before.change(toxic);
      return before;
    }
    return made(toxic, exit, own + 1);
  }

  private static @Nullable ToxicStage existing(Toxic toxic, List<Stage> current) {
    for (Stage stage : current) {
      if (stage instanceof ToxicStage one
          && one.toxic().name().equals(toxic.name())
          && one.toxic().type() == toxic.type()) {
        return one;
      }
    }
    return null;
  }

  private long mixed(Toxic toxic, long connection) {
    long mixed = seed ^ (connection + 1) * 0x9E3779B97F4A7C15L;
    return new SplittableRandom(mixed ^ toxic.name().hashCode() ^ toxic.stream().ordinal())
        .nextLong();
  }

  private static ToxicStage made(Toxic toxic, ExitStage exit, long seed) {
    return switch (toxic.type()) {
      case LATENCY -> new LatencyStage(toxic, exit, seed);
      case BANDWIDTH -> new BandwidthStage(toxic, exit);
      case SLOW_CLOSE -> new SlowCloseStage(toxic, exit);
      case TIMEOUT -> new TimeoutStage(toxic, exit);
      case RESET_PEER -> new ResetPeerStage(toxic, exit);
      case SLICER -> new SlicerStage(toxic, exit, seed);
      case LIMIT_DATA -> new LimitDataStage(toxic, exit);
      case NOOP, LINK -> new PassStage(toxic, exit);
    };
  }
}
