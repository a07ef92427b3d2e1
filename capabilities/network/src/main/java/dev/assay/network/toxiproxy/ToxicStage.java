package dev.assay.network.toxiproxy;

import dev.assay.network.proxy.Stage;
import io.netty.buffer.ByteBuf;

/**
 * One toxic on one direction of one connection. Times are nanoseconds of the event loop's clock.
 * Owned by the connection's event loop.
 */
abstract class ToxicStage extends Stage {

  private Toxic toxic;
  private final ExitStage exit;

  /**
   * A toxic that leaves the connection alone so far.
   *
   * @param exit the last stage of the same chain
   */
  ToxicStage(Toxic toxic, ExitStage exit) {
    this.toxic = toxic;
    this.exit = exit;
  }

  /** What the API shows of it, as of the last change. */
  final Toxic toxic() {
    return toxic;
  }

  /** The end of its chain. */
  final ExitStage exit() {
    return exit;
  }

  /** Takes other attributes while the connection goes on. */
  final void change(Toxic changed) {
    toxic = changed;
    changed();
  }

  /** Its attributes are others now. */
  void changed() {}

  /** An attribute in milliseconds, at least 0, as nanoseconds. */
  final long millis(String attribute) {
    return nanoseconds(attribute, 1_000_000);
  }

  /** An attribute in some unit, at least 0, as nanoseconds; at most a hundred years. */
  final long nanoseconds(String attribute, long unit) {
    long value = Math.max(0, toxic.number(attribute));
    return Math.min(value, 3_155_760_000_000_000_000L / unit) * unit;
  }

  final long now() {
    return connection().loop().ticker().nanoTime();
  }

  /** Ends the connection after the bytes that are before this in the chain. */
  final void closeInOrder() {
    exit.closeAtEnd();
    next().end();
  }

  /** Resets the connection after the bytes that are before this in the chain. */
  final void resetInOrder() {
    exit.resetAtEnd();
    next().end();
  }

  /** Passes bytes on unless overridden. */
  @Override
  public void data(ByteBuf bytes) {
    next().data(bytes);
  }
}
