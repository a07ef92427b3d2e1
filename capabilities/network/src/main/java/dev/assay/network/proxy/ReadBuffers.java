package dev.assay.network.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The buffers that sockets read into. The busier a socket the more it reads at once, as a system
 * call costs more than the bytes; but every socket may hold one buffer while the other side does
 * not take it, so what one may be falls as sockets become many. Thread-safe.
 */
final class ReadBuffers {

  /** What all that is held may be together. */
  private static final int ALL = 256 * 1024 * 1024;

  /** More at once saves no time: the buffer does not stay in the processor's cache. */
  private static final int LARGEST = 512 * 1024;

  private static final int LEAST = 16 * 1024;

  private final ByteBufAllocator allocator;
  private final AtomicInteger sockets = new AtomicInteger();

  ReadBuffers(ByteBufAllocator allocator) {
    this.allocator = allocator;
  }

  /** There is one socket more. */
  void opened() {
    sockets.incrementAndGet();
  }

  /** There is one less. */
  void closed() {
    sockets.decrementAndGet();
  }

  /** How much a socket may read at once now, in bytes. */
  int largest() {
    int share = ALL / Math.max(1, sockets.get());
    return Math.clamp(Integer.highestOneBit(share), LEAST, LARGEST);
  }

  /** A buffer of so many bytes; whoever has it releases it. */
  ByteBuf take(int bytes) {
    return allocator.directBuffer(bytes, bytes);
  }
}
