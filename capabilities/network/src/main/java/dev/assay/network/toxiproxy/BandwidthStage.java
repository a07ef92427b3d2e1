package dev.assay.network.toxiproxy;

/**
 * {@code bandwidth}: {@code rate} times 1000 bytes in a second for each connection, in pieces of at
 * most a tenth of a second. At 0 nothing passes, and what waits passes once the rate is another.
 */
final class BandwidthStage extends HoldingStage {

  private static final long MOST_HELD = 64 * 1024;

  BandwidthStage(Toxic toxic, ExitStage exit) {
    super(toxic, exit, MOST_HELD);
  }

  @Override
  int piece() {
    return (int) Math.min(Integer.MAX_VALUE, Math.max(1, bytesPerMillisecond()) * 100);
  }

  @Override
  long due(int bytes, long arrived, long earliest, long before) {
    long rate = bytesPerMillisecond();
    if (rate == 0) {
      return NEVER;
    }
    return Math.max(before, earliest) + bytes * 1_000_000L / rate;
  }

  private long bytesPerMillisecond() {
    return Math.clamp(toxic().number("rate"), 0, Integer.MAX_VALUE);
  }
}
