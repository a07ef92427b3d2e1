package dev.assay.load.engine;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;

/** How the machine's sockets are reached. */
public enum SocketKind {
  /** Linux: timers to the microsecond, nothing allocated for a turn. */
  EPOLL {
    @Override
    Class<? extends SocketChannel> channel() {
      return EpollSocketChannel.class;
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
    IoHandlerFactory handlers() {
      return NioIoHandler.newFactory();
    }
  };

  /** The best that this machine has. */
  public static SocketKind best() {
    return Epoll.isAvailable() ? EPOLL : NIO;
  }

  abstract Class<? extends SocketChannel> channel();

  abstract IoHandlerFactory handlers();
}
