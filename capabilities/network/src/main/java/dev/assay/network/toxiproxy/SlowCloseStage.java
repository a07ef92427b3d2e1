package dev.assay.network.toxiproxy;

/** {@code slow_close}: the end of the stream arrives {@code delay} late; data does not. */
final class SlowCloseStage extends HoldingStage {

  private static final long MOST_HELD = 64 * 1024;

  SlowCloseStage(Toxic toxic, ExitStage exit) {
    super(toxic, exit, MOST_HELD);
  }

  @Override
  long due(int bytes, long arrived, long earliest, long before) {
    return earliest;
  }

  @Override
  long endDue(long now) {
    return now + millis("delay");
  }
}
