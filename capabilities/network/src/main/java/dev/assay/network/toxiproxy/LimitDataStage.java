package dev.assay.network.toxiproxy;

import io.netty.buffer.ByteBuf;

/**
 * {@code limit_data}: closes the connection once {@code bytes} have passed; the rest is dropped.
 */
final class LimitDataStage extends ToxicStage {

  private long passed;
  private boolean over;

  LimitDataStage(Toxic toxic, ExitStage exit) {
    super(toxic, exit);
  }

  @Override
  public void data(ByteBuf bytes) {
    long rest = over ? 0 : Math.max(0, toxic().number("bytes") - passed);
    int passing = (int) Math.min(rest, bytes.readableBytes());
    passed += passing;
    if (passing > 0) {
      next().data(bytes.readRetainedSlice(passing));
    }
    bytes.release();
    if (passing == rest && !over) {
      over = true;
      closeInOrder();
    }
  }

  @Override
  public void end() {
    if (!over) {
      over = true;
      next().end();
    }
  }
}
