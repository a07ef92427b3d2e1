package dev.assay.network.toxiproxy;

import dev.assay.network.proxy.Stage;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.atomic.LongAdder;

/**
 * The end of a chain of toxics: counts what leaves it, and where a toxic has closed the stream,
 * ends the whole connection, as Toxiproxy does, once the bytes before have left.
 */
final class ExitStage extends Stage {

  private enum Ending {
    PASS,
    CLOSE,
    RESET
  }

  private final LongAdder sent;
  private Ending ending = Ending.PASS;
  private boolean ended;

  ExitStage(LongAdder sent) {
    this.sent = sent;
  }

  /** The next end of the stream ends the connection. */
  void closeAtEnd() {
    ending = Ending.CLOSE;
  }

  /** The next end of the stream resets the connection. */
  void resetAtEnd() {
    ending = Ending.RESET;
  }

  @Override
  public void data(ByteBuf bytes) {
    if (ended) {
      bytes.release();
      return;
    }
    sent.add(bytes.readableBytes());
    next().data(bytes);
  }

  @Override
  public void end() {
    if (ended) {
      return;
    }
    ended = true;
    switch (ending) {
      case PASS -> next().end();
      case CLOSE -> connection().close();
      case RESET -> connection().reset();
    }
  }
}
