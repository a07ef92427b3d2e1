package dev.assay.network.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.epoll.LinuxSocket;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.nio.channels.NotYetConnectedException;
import org.jspecify.annotations.Nullable;

/** A TCP socket of Linux, registered once for all it may hear, edge-triggered (epoll(7)). */
final class EpollStreamSocket extends StreamSocket implements EpollIoHandle {

  private static final int EPOLLHUP = 0x10;
  private static final int WRITE = EpollIoOps.EPOLLOUT.value();
  private static final int ERROR = EpollIoOps.EPOLLERR.value();
  private static final int HANGUP = EpollIoOps.EPOLLRDHUP.value() | EPOLLHUP;
  private static final int READ = EpollIoOps.EPOLLIN.value() | HANGUP;
  private static final EpollIoOps ALL =
      EpollIoOps.EPOLLIN
          .with(EpollIoOps.EPOLLOUT)
          .with(EpollIoOps.EPOLLRDHUP)
          .with(EpollIoOps.EPOLLET);

  private final IoEventLoop loop;
  private final Socket socket;
  private final @Nullable InetSocketAddress known;
  private @Nullable IoRegistration registration;
  private boolean connecting;

  private EpollStreamSocket(
      IoEventLoop loop, ReadBuffers buffers, Socket socket, @Nullable InetSocketAddress known) {
    super(loop, buffers);
    this.loop = loop;
    this.socket = socket;
    this.known = known;
  }

  /** One that was accepted. */
  static EpollStreamSocket accepted(
      IoEventLoop loop, ReadBuffers buffers, int descriptor, InetSocketAddress remote)
      throws IOException {
    return prepared(new EpollStreamSocket(loop, buffers, new Socket(descriptor), remote));
  }

  /** One to connect to an address. */
  static EpollStreamSocket toward(IoEventLoop loop, ReadBuffers buffers, InetSocketAddress address)
      throws IOException {
    Socket socket = LinuxSocket.newSocketStream(address.getAddress() instanceof Inet6Address);
    return prepared(new EpollStreamSocket(loop, buffers, socket, address));
  }

  private static EpollStreamSocket prepared(EpollStreamSocket made) throws IOException {
    try {
      made.socket.setTcpNoDelay(true);
    } catch (IOException gone) {
      made.socket.close();
      throw gone;
    }
    return made;
  }

  @Override
  void register() throws IOException {
    IoRegistration made = loop.register(this).getNow();
    if (made == null) {
      throw new IOException("the event loop has ended");
    }
    registration = made;
    if (!connecting) {
      made.submit(ALL);
    }
  }

  @Override
  void connect(InetSocketAddress address) {
    connecting = true;
    try {
      boolean done = socket.connect(address);
      register();
      IoRegistration made = registration;
      if (made != null) {
        made.submit(ALL);
      }
      if (done) {
        connecting = false;
        connectedOr(null);
      }
    } catch (IOException refused) {
      connectedOr(refused);
    }
  }

  @Override
  public void handle(IoRegistration from, IoEvent event) {
    int ops = ((EpollIoEvent) event).ops().value();
    if (connecting && !finishConnect(ops)) {
      return;
    }
    if ((ops & ERROR) != 0) {
      fail();
      return;
    }
    if ((ops & WRITE) != 0) {
      flush();
    }
    if ((ops & READ) != 0 && open()) {
      ready((ops & HANGUP) != 0);
    }
  }

  private boolean finishConnect(int ops) {
    if ((ops & (WRITE | ERROR | EPOLLHUP)) == 0) {
      return false;
    }
    try {
      if (!socket.finishConnect()) {
        return false;
      }
    } catch (IOException refused) {
      connectedOr(refused);
      return false;
    }
    connecting = false;
    connectedOr(null);
    return open();
  }

  @Override
  int receive(ByteBuf into) throws IOException {
    int start = into.writerIndex();
    int bytes = socket.recvAddress(into.memoryAddress(), start, into.capacity());
    if (bytes > 0) {
      into.writerIndex(start + bytes);
    }
    return bytes;
  }

  @Override
  int send(ByteBuf from) throws IOException {
    int sent = socket.sendAddress(from.memoryAddress(), from.readerIndex(), from.writerIndex());
    if (sent > 0) {
      from.skipBytes(sent);
    }
    return sent;
  }

  @Override
  void shutdownOutput() throws IOException {
    try {
      socket.shutdown(false, true);
    } catch (NotYetConnectedException resetMeanwhile) {
      // what Netty makes of ENOTCONN, also where the connection was there and is no more
      throw new IOException("the other side has reset the connection", resetMeanwhile);
    }
  }

  @Override
  void interested(boolean reads, boolean writes) {
    // It hears of everything, once each time.
  }

  @Override
  InetSocketAddress remoteAddress() {
    InetSocketAddress address = known;
    return address == null ? socket.remoteAddress() : address;
  }

  @Override
  void release(boolean reset) {
    try {
      if (reset) {
        socket.setSoLinger(0);
      }
    } catch (IOException gone) {
      // It is closed below in any case.
    }
    // Closing takes it out of epoll; cancelling before would ask the kernel for that once more.
    try {
      socket.close();
    } catch (IOException gone) {
      // Nothing is left to be done with it.
    }
    IoRegistration made = registration;
    if (made != null) {
      made.cancel();
    }
  }

  @Override
  public FileDescriptor fd() {
    return socket;
  }

  @Override
  public void close() {
    close(false);
  }
}
