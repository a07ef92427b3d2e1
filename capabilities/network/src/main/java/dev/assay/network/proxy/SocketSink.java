package dev.assay.network.proxy;

import io.netty.buffer.ByteBuf;
import java.util.concurrent.atomic.LongAdder;

/** The last stage: the socket that is written. */
final class SocketSink extends Stage {

  private final StreamSocket socket;
  private final LongAdder bytes;

  SocketSink(StreamSocket socket, LongAdder bytes) {
    this.socket = socket;
    this.bytes = bytes;
  }

  @Override
  public void data(ByteBuf buffer) {
    bytes.add(buffer.readableBytes());
    socket.write(buffer);
  }

  @Override
  public void end() {
    socket.end();
  }

  @Override
  public void reset() {
    socket.fail();
  }

  @Override
  public boolean writable() {
    return socket.writable();
  }
}
