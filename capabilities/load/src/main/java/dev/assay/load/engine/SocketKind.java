package dev.assay.load.engine;

import io.netty.channel.Channel;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;

/** How the machine's sockets are reached. */
public enum SocketKind {
  /** Linux: timers to the microsecond, nothing allocated for a turn. */
  EPOLL {
    @Override
    Class<? extends SocketChannel> channel() {
      return EpollSocketChannel.class;
    }

    @Override
    Class<? extends Channel> unixChannel() {
      return EpollDomainSocketChannel.class;
    }

    @Override
    IoHandlerFactory handlers() {
      return EpollIoHandler.newFactory();
    }
  },
  /** Everywhere: waits are rounded to milliseconds. */
  NIO {
    @Override
    Class<? extends SocketChannel> channel() {
      return NioSocketChannel.class;
    }

    @Override
    Class<? extends Channel> unixChannel() {
      return NioDomainSocketChannel.class;
    }

    @Override
    IoHandlerFactory handlers() {
      return NioIoHandler.newFactory();
    }
  };

  /** The best that this machine has. */
  public static SocketKind best() {
    return Epoll.isAvailable() ? EPOLL : NIO;
  }

  abstract Class<? extends SocketChannel> channel();

  abstract Class<? extends Channel> unixChannel();

  /** The address of a Unix socket in the form that {@link #unixChannel} takes. */
  SocketAddress unixAddress(UnixDomainSocketAddress address) {
    return this == NIO ? address : new DomainSocketAddress(address.getPath().toString());
  }

  abstract IoHandlerFactory handlers();
}
