package dev.assay.network.toxiproxy;

import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * {@code reset_peer}: resets the connection {@code timeout} after the first data or the end of the
 * stream, and drops all data.
 */
final class ResetPeerStage extends ToxicStage {

  private @Nullable ScheduledFuture<?> timer;
  private boolean armed;
  private boolean over;

  ResetPeerStage(Toxic toxic, ExitStage exit) {
    super(toxic, exit);
  }

  @Override
  public void data(ByteBuf bytes) {
    bytes.release();
    arm();
  }

  @Override
  public void end() {
    arm();
  }

  @Override
  public boolean writable() {
    return !armed;
  }

  private void arm() {
    if (!armed) {
      armed = true;
      timer = connection().loop().schedule(this::finish, millis("timeout"), TimeUnit.NANOSECONDS);
    }
  }

  /** Bytes are missing already, so the connection cannot go on. */
  @Override
  public void removed() {
    if (armed) {
      finish();
    }
  }

  @Override
  public void discard() {
    stop();
    over = true;
  }

  private void finish() {
    stop();
    if (!over) {
      over = true;
      resetInOrder();
    }
  }

  private void stop() {
    ScheduledFuture<?> running = timer;
    if (running != null) {
      running.cancel(false);
      timer = null;
    }
  }
}
