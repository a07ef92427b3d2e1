package dev.assay.network.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.nio.NioIoEvent;
import io.netty.channel.nio.NioIoHandle;
import io.netty.channel.nio.NioIoOps;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnresolvedAddressException;
import java.nio.channels.UnsupportedAddressTypeException;
import org.jspecify.annotations.Nullable;

/** A TCP socket of the JDK, for systems other than Linux. */
final class NioStreamSocket extends StreamSocket implements NioIoHandle {

  private final IoEventLoop loop;
  private final SocketChannel socket;
  private final InetSocketAddress remote;
  private @Nullable IoRegistration registration;
  private NioIoOps interest = NioIoOps.NONE;
  private boolean connecting;

  private NioStreamSocket(
      IoEventLoop loop, ReadBuffers buffers, SocketChannel socket, InetSocketAddress remote)
      throws IOException {
    super(loop, buffers);
    this.loop = loop;
    this.socket = socket;
    this.remote = remote;
    socket.configureBlocking(false);
    socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
  }

  /** One that was accepted. */
  static NioStreamSocket accepted(IoEventLoop loop, ReadBuffers buffers, SocketChannel socket)
      throws IOException {
    return new NioStreamSocket(
        loop, buffers, socket, (InetSocketAddress) socket.getRemoteAddress());
  }

  /** One to connect to an address. */
  static NioStreamSocket toward(IoEventLoop loop, ReadBuffers buffers, InetSocketAddress address)
      throws IOException {
    return new NioStreamSocket(loop, buffers, SocketChannel.open(), address);
  }

  @Override
  void register() throws IOException {
    IoRegistration made = loop.register(this).getNow();
    if (made == null) {
      throw new IOException("the event loop has ended");
    }
    registration = made;
    made.submit(interest);
  }

  @Override
  void connect(InetSocketAddress address) {
    try {
      if (socket.connect(address)) {
        register();
        connectedOr(null);
      } else {
        connecting = true;
        interest = NioIoOps.CONNECT;
        register();
      }
    } catch (IOException refused) {
      connectedOr(refused);
    } catch (UnresolvedAddressException | UnsupportedAddressTypeException unknown) {
      connectedOr(new IOException("the address is not known", unknown));
    }
  }

  @Override
  public void handle(IoRegistration from, IoEvent event) {
    NioIoOps ops = ((NioIoEvent) event).ops();
    if (connecting) {
      finishConnect();
      return;
    }
    if (ops.contains(NioIoOps.WRITE)) {
      flush();
    }
    if (ops.contains(NioIoOps.READ) && open()) {
      ready(false);
    }
  }

  private void finishConnect() {
    try {
      if (!socket.finishConnect()) {
        return;
      }
    } catch (IOException refused) {
      connecting = false;
      connectedOr(refused);
      return;
    }
    connecting = false;
    interested(reads(), false);
    connectedOr(null);
  }

  @Override
  int receive(ByteBuf into) throws IOException {
    int start = into.writerIndex();
    ByteBuffer view = into.internalNioBuffer(start, into.writableBytes());
    int bytes = socket.read(view);
    if (bytes > 0) {
      into.writerIndex(start + bytes);
    }
    return bytes;
  }

  @Override
  int send(ByteBuf from) throws IOException {
    int sent = socket.write(from.internalNioBuffer(from.readerIndex(), from.readableBytes()));
    from.skipBytes(sent);
    return sent;
  }

  @Override
  void shutdownOutput() throws IOException {
    socket.shutdownOutput();
  }

  @Override
  void interested(boolean reads, boolean writes) {
    NioIoOps wanted =
        NioIoOps.valueOf(
            (reads ? NioIoOps.READ.value() : 0) | (writes ? NioIoOps.WRITE.value() : 0));
    IoRegistration made = registration;
    if (connecting || wanted.equals(interest)) {
      return;
    }
    interest = wanted;
    if (made != null) {
      made.submit(wanted);
    }
  }

  @Override
  InetSocketAddress remoteAddress() {
    return remote;
  }

  @Override
  void release(boolean reset) {
    try {
      if (reset) {
        socket.setOption(StandardSocketOptions.SO_LINGER, 0);
      }
    } catch (IOException gone) {
      // It is closed below in any case.
    }
    try {
      IoRegistration made = registration;
      if (made != null) {
        made.cancel();
      }
    } finally {
      try {
        socket.close();
      } catch (IOException gone) {
        // Nothing is left to be done with it.
      }
    }
  }

  @Override
  public SelectableChannel selectableChannel() {
    return socket;
  }

  @Override
  public void close() {
    close(false);
  }
}
