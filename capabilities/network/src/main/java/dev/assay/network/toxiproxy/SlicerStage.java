package dev.assay.network.toxiproxy;

import io.netty.buffer.ByteBuf;
import java.util.SplittableRandom;

/**
 * {@code slicer}: cuts data in two, again and again, until a part is at most {@code average_size}
 * plus {@code size_variation} bytes; each cut is up to {@code size_variation} from the middle. The
 * parts go on {@code delay} microseconds apart.
 */
final class SlicerStage extends HoldingStage {

  private static final long MOST_HELD = 64 * 1024;

  private final SplittableRandom random;

  SlicerStage(Toxic toxic, ExitStage exit, long seed) {
    super(toxic, exit, MOST_HELD);
    this.random = new SplittableRandom(seed);
  }

  @Override
  void hold(ByteBuf bytes, long now) {
    int size = bytes.readableBytes();
    long variation = Math.max(0, toxic().number("size_variation"));
    long whole = Math.max(1, toxic().number("average_size")) + variation;
    if (whole < 0 || size <= whole) {
      super.hold(bytes, now);
      return;
    }
    int left = Math.clamp(size / 2 + off(variation), 1, size - 1);
    hold(bytes.readRetainedSlice(left), now);
    hold(bytes, now);
  }

  private long off(long variation) {
    return variation == 0 ? 0 : random.nextLong(-variation, variation);
  }

  @Override
  long due(int bytes, long arrived, long earliest, long before) {
    long delay = nanoseconds("delay", 1000);
    return before == Long.MIN_VALUE ? earliest : Math.max(earliest, before + delay);
  }
}
