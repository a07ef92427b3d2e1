package dev.assay.network.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelConfig;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;

/**
 * How much is read from a socket at once, and whether at all. Netty reads a socket whose other end
 * has closed until nothing is left, whatever back-pressure says; this one refuses while reading is
 * not wanted. One per socket; used on its event loop only.
 *
 * <p>The amount begins small, so that connections that say little use little, and grows with
 * traffic.
 */
final class Reading implements RecvByteBufAllocator, RecvByteBufAllocator.ExtendedHandle {

  /** Thrown instead of reading; caught by {@link TcpConnection}. */
  static final RuntimeException NOT_WANTED = new NotWanted();

  private static final int SMALLEST = 2 * 1024;
  private static final int LARGEST = 256 * 1024;
  private static final int READS_AT_ONCE = 8;

  private boolean wanted;
  private int size = SMALLEST;
  private int smallReads;
  private int attempted;
  private int last;
  private int reads;

  void wanted(boolean whether) {
    wanted = whether;
  }

  boolean wanted() {
    return wanted;
  }

  @Override
  public Handle newHandle() {
    return this;
  }

  @Override
  public ByteBuf allocate(ByteBufAllocator allocator) {
    if (!wanted) {
      throw NOT_WANTED;
    }
    return allocator.directBuffer(size, size);
  }

  @Override
  public int guess() {
    return size;
  }

  @Override
  public void reset(ChannelConfig config) {
    reads = 0;
  }

  @Override
  public void incMessagesRead(int messages) {
    reads += messages;
  }

  @Override
  public void lastBytesRead(int bytes) {
    last = bytes;
    if (bytes == attempted && bytes > 0) {
      smallReads = 0;
      size = Math.min(LARGEST, size * 4);
    } else if (bytes < size / 8 && size > SMALLEST) {
      if (++smallReads >= 4) {
        smallReads = 0;
        size = Math.max(SMALLEST, size / 2);
      }
    } else {
      smallReads = 0;
    }
  }

  @Override
  public int lastBytesRead() {
    return last;
  }

  @Override
  public void attemptedBytesRead(int bytes) {
    attempted = bytes;
  }

  @Override
  public int attemptedBytesRead() {
    return attempted;
  }

  @Override
  public boolean continueReading() {
    return wanted && last == attempted && reads < READS_AT_ONCE;
  }

  @Override
  public boolean continueReading(UncheckedBooleanSupplier maybeMoreData) {
    return wanted && reads < READS_AT_ONCE && maybeMoreData.get();
  }

  @Override
  public void readComplete() {}

  private static final class NotWanted extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotWanted() {
      super("reading is not wanted now", null, false, false);
    }
  }
}
