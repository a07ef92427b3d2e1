package dev.assay.network.toxiproxy;

import dev.assay.network.proxy.Stage;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.atomic.LongAdder;

/** The beginning of a chain of toxics: counts what enters it. */
final class EntryStage extends Stage {

  private final LongAdder received;

  EntryStage(LongAdder received) {
    this.received = received;
  }

  @Override
  public void data(ByteBuf bytes) {
    received.add(bytes.readableBytes());
    next().data(bytes);
  }
}
