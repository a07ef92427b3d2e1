package dev.assay.network.proxy;

import io.netty.channel.EventLoop;
import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.epoll.LinuxSocket;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.NativeInetAddress;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** A listening TCP socket of Linux. */
final class EpollListeningSocket implements ListeningSocket, EpollIoHandle {

  private static final int ACCEPTS_AT_ONCE = 64;
  private static final int CLOSE_TIME = 5_000;

  private final IoEventLoop loop;
  private final Socket socket;
  private final Knocker knocker;
  private final InetSocketAddress address;
  private final byte[] remote = new byte[25];
  private @Nullable IoRegistration registration;
  private @Nullable SynGate gate;

  private EpollListeningSocket(IoEventLoop loop, Socket socket, Knocker knocker) {
    this.loop = loop;
    this.socket = socket;
    this.knocker = knocker;
    this.address = socket.localAddress();
  }

  /** Listens. */
  static EpollListeningSocket open(IoEventLoop loop, InetSocketAddress address, Knocker knocker)
      throws IOException {
    Socket socket = LinuxSocket.newSocketStream(address.getAddress() instanceof Inet6Address);
    EpollListeningSocket made;
    try {
      socket.setReuseAddress(true);
      socket.bind(address);
      socket.listen(BACKLOG);
      made = new EpollListeningSocket(loop, socket, knocker);
    } catch (IOException impossible) {
      socket.close();
      throw impossible;
    }
    loop.submit(made::register).syncUninterruptibly();
    return made;
  }

  private void register() {
    IoRegistration made = loop.register(this).getNow();
    registration = made;
    made.submit(EpollIoOps.EPOLLIN);
  }

  @Override
  public void handle(IoRegistration from, IoEvent event) {
    for (int i = 0; i < ACCEPTS_AT_ONCE && socket.isOpen(); i++) {
      int descriptor;
      try {
        descriptor = socket.accept(remote);
      } catch (IOException gone) {
        // A client that left already, or too many open files: the next one gets its turn.
        return;
      }
      if (descriptor < 0) {
        return;
      }
      if (gate != null) {
        PacketFilter.remove(new Socket(descriptor)); // it has inherited the listener's
      }
      knocker.accepted(new Taken(descriptor, NativeInetAddress.address(remote, 1, remote[0])));
    }
  }

  @Override
  public InetSocketAddress address() {
    return address;
  }

  @Override
  public EventLoop loop() {
    return loop;
  }

  @Override
  public boolean ignore(boolean whether) {
    if (whether) {
      return PacketFilter.dropEverything(socket);
    }
    return gate == null ? PacketFilter.remove(socket) : PacketFilter.attach(socket, SynGate.gate());
  }

  @Override
  public boolean delay(Timetable timetable, SynGate.Handshake handshake) {
    if (!(address.getAddress() instanceof Inet4Address)) {
      return false;
    }
    return loop.inEventLoop()
        ? delayNow(timetable, handshake)
        : loop.submit(() -> delayNow(timetable, handshake)).syncUninterruptibly().getNow();
  }

  private boolean delayNow(Timetable timetable, SynGate.Handshake handshake) {
    gate = SynGate.open(loop, address, timetable, handshake).orElse(null);
    return gate != null && PacketFilter.attach(socket, SynGate.gate());
  }

  @Override
  public FileDescriptor fd() {
    return socket;
  }

  @Override
  public void close() {
    if (loop.inEventLoop()) {
      closeNow();
    } else if (!loop.isShuttingDown()) {
      loop.submit(this::closeNow).awaitUninterruptibly(CLOSE_TIME);
    }
  }

  private void closeNow() {
    if (!socket.isOpen()) {
      return;
    }
    try {
      socket.close();
    } catch (IOException gone) {
      // Nothing is left to be done with it.
    }
    IoRegistration made = registration;
    if (made != null) {
      made.cancel();
    }
    if (gate != null) {
      gate.close();
    }
  }

  private record Taken(int descriptor, InetSocketAddress from) implements Accepted {
    @Override
    public StreamSocket on(IoEventLoop loop, ReadBuffers buffers) throws IOException {
      return EpollStreamSocket.accepted(loop, buffers, descriptor, from);
    }

    @Override
    public void refuse() {
      try {
        new FileDescriptor(descriptor).close();
      } catch (IOException gone) {
        // Nothing is left to be done with it.
      }
    }
  }
}
