package dev.assay.network.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelConfig;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The memory that datagrams are read into: room for as many of the largest as are read at once,
 * used again as soon as they have been passed on. Shared by the sockets of one event loop.
 */
final class DatagramReading implements RecvByteBufAllocator, RecvByteBufAllocator.ExtendedHandle {

  /** The largest datagram, in the memory of one. */
  static final int LARGEST = 64 * 1024;

  private final int room;
  private @Nullable ByteBuf spare;
  private int attempted;
  private int last;

  /**
   * Makes none of the memory yet.
   *
   * @param atOnce how many datagrams are read at once
   */
  DatagramReading(int atOnce) {
    room = atOnce * LARGEST;
  }

  @Override
  @SuppressWarnings("deprecation") // the interface still asks for it
  public Handle newHandle() {
    return this;
  }

  @Override
  public ByteBuf allocate(ByteBufAllocator allocator) {
    ByteBuf known = spare;
    if (known != null && known.refCnt() == 1) {
      return known.clear().retain();
    }
    if (known != null) {
      known.release();
    }
    ByteBuf made = allocator.directBuffer(room, room);
    spare = made;
    return made.retain();
  }

  /** Gives the memory back. */
  void close() {
    if (spare != null) {
      spare.release();
      spare = null;
    }
  }

  @Override
  public int guess() {
    return room;
  }

  @Override
  public void reset(ChannelConfig config) {}

  @Override
  public void incMessagesRead(int messages) {}

  @Override
  public void lastBytesRead(int bytes) {
    last = bytes;
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
    return false;
  }

  @Override
  public boolean continueReading(UncheckedBooleanSupplier maybeMoreData) {
    return false;
  }

  @Override
  public void readComplete() {}
}
