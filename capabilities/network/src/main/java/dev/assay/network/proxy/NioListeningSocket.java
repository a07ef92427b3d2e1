package dev.assay.network.proxy;

import io.netty.channel.EventLoop;
import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.nio.NioIoHandle;
import io.netty.channel.nio.NioIoOps;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectableChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** A listening TCP socket of the JDK, for systems other than Linux. */
final class NioListeningSocket implements ListeningSocket, NioIoHandle {

  private static final int ACCEPTS_AT_ONCE = 64;
  private static final int CLOSE_TIME = 5_000;

  private final IoEventLoop loop;
  private final ServerSocketChannel socket;
  private final Knocker knocker;
  private final InetSocketAddress address;
  private @Nullable IoRegistration registration;

  private NioListeningSocket(IoEventLoop loop, ServerSocketChannel socket, Knocker knocker)
      throws IOException {
    this.loop = loop;
    this.socket = socket;
    this.knocker = knocker;
    this.address = (InetSocketAddress) socket.getLocalAddress();
  }

  /** Listens. */
  static NioListeningSocket open(IoEventLoop loop, InetSocketAddress address, Knocker knocker)
      throws IOException {
    ServerSocketChannel socket = ServerSocketChannel.open();
    NioListeningSocket made;
    try {
      socket.configureBlocking(false);
      socket.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      socket.bind(address, BACKLOG);
      made = new NioListeningSocket(loop, socket, knocker);
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
    made.submit(NioIoOps.ACCEPT);
  }

  @Override
  public void handle(IoRegistration from, IoEvent event) {
    for (int i = 0; i < ACCEPTS_AT_ONCE && socket.isOpen(); i++) {
      SocketChannel accepted;
      try {
        accepted = socket.accept();
      } catch (IOException gone) {
        // A client that left already, or too many open files: the next one gets its turn.
        return;
      }
      if (accepted == null) {
        return;
      }
      knocker.accepted(new Taken(accepted));
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
    return false;
  }

  @Override
  public SelectableChannel selectableChannel() {
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
    IoRegistration made = registration;
    if (made != null) {
      made.cancel();
    }
    try {
      socket.close();
    } catch (IOException gone) {
      // Nothing is left to be done with it.
    }
  }

  private record Taken(SocketChannel socket) implements Accepted {
    @Override
    public StreamSocket on(IoEventLoop loop, ReadBuffers buffers) throws IOException {
      return NioStreamSocket.accepted(loop, buffers, socket);
    }

    @Override
    public void refuse() {
      try {
        socket.close();
      } catch (IOException gone) {
        // Nothing is left to be done with it.
      }
    }
  }
}
