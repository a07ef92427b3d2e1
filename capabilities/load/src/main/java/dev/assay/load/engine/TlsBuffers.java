package dev.assay.load.engine;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * What all TLS connections of a loop encrypt and decrypt into, since each is done with it before
 * the next begins. Not thread-safe.
 */
final class TlsBuffers {

  /** A record of the most plain bytes with all that surrounds it, and room to spare. */
  private static final int RECORD = 20 * 1024;

  /** As much as one read brings. */
  private static final int PLAIN = 64 * 1024;

  final ByteBuf plain = Unpooled.directBuffer(PLAIN, PLAIN);
  final ByteBuf record = Unpooled.directBuffer(RECORD, RECORD);

  void release() {
    plain.release();
    record.release();
  }
}
