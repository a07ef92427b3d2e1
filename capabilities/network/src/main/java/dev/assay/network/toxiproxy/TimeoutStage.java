package dev.assay.network.toxiproxy;

import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * {@code timeout}: drops all data, and closes the connection once none has come for {@code
 * timeout}; never at 0. Closes it too when the stream ends and when the toxic is taken away, as
 * bytes are missing from it.
 */
final class TimeoutStage extends ToxicStage {

  private @Nullable ScheduledFuture<?> timer;
  private boolean over;

  TimeoutStage(Toxic toxic, ExitStage exit) {
    super(toxic, exit);
  }

  @Override
  public void added() {
    restart();
  }

  @Override
  void changed() {
    restart();
  }

  @Override
  public void data(ByteBuf bytes) {
    bytes.release();
    restart();
  }

  @Override
  public boolean writable() {
    return true;
  }

  @Override
  public void end() {
    finish();
  }

  @Override
  public void removed() {
    finish();
  }

  @Override
  public void discard() {
    stop();
    over = true;
  }

  private void restart() {
    stop();
    long timeout = millis("timeout");
    if (timeout > 0 && !over) {
      timer = connection().loop().schedule(this::finish, timeout, TimeUnit.NANOSECONDS);
    }
  }

  private void finish() {
    stop();
    if (!over) {
      over = true;
      closeInOrder();
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
