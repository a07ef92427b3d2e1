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
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringDomainSocketChannel;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringSocketChannel;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

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

    @Override
    public @Nullable String missing() {
      return Epoll.isAvailable() ? null : reason(Epoll.unavailabilityCause());
    }
  },
  /** Newer Linux: fewer calls of the kernel, where it is allowed at all. */
  IO_URING {
    @Override
    Class<? extends SocketChannel> channel() {
      return IoUringSocketChannel.class;
    }

    @Override
    Class<? extends Channel> unixChannel() {
      return IoUringDomainSocketChannel.class;
    }

    @Override
    IoHandlerFactory handlers() {
      return IoUringIoHandler.newFactory();
    }

    @Override
    public @Nullable String missing() {
      return IoUring.isAvailable() ? null : reason(IoUring.unavailabilityCause());
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

  /** Why it cannot be used on this machine; null where it can. */
  public @Nullable String missing() {
    return null;
  }

  /** Its name for people. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static String reason(@Nullable Throwable cause) {
    Throwable deepest = cause;
    while (deepest != null && deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return deepest == null ? "it is not known why" : String.valueOf(deepest.getMessage());
  }

  abstract Class<? extends SocketChannel> channel();

  abstract Class<? extends Channel> unixChannel();

  /** The address of a Unix socket in the form that {@link #unixChannel} takes. */
  SocketAddress unixAddress(UnixDomainSocketAddress address) {
    return this == NIO ? address : new DomainSocketAddress(address.getPath().toString());
  }

  abstract IoHandlerFactory handlers();
}
