package dev.assay.load.engine;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;

/**
 * Reads of all connections of a loop go into one buffer, because each is scanned to its end before
 * the next begins. Not for TLS, whose records wait in the buffer for their rest.
 */
final class SharedReadBuffer extends DefaultMaxMessagesRecvByteBufAllocator {

  private final ByteBuf buffer;

  /** Reads into that direct buffer, which stays the caller's. */
  SharedReadBuffer(ByteBuf buffer) {
    this.buffer = buffer;
  }

  @Override
  @SuppressWarnings("deprecation") // Netty deprecates the return type, not the method
  public RecvByteBufAllocator.Handle newHandle() {
    return new MaxMessageHandle() {
      @Override
      public int guess() {
        return buffer.capacity();
      }

      @Override
      public ByteBuf allocate(ByteBufAllocator allocator) {
        return buffer.clear().retain();
      }
    };
  }
}
