package dev.assay.network.proxy;

import io.netty.channel.ChannelException;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.unix.IntegerUnixChannelOption;
import java.util.function.Consumer;

/** How the sockets of a UDP proxy are set up. */
final class UdpSockets {

  private static final int SOL_SOCKET = 1;
  private static final int BUFFER = 8 * 1024 * 1024;
  // Linux lets only root have buffers beyond net.core.rmem_max; others get as much as that allows.
  private static final IntegerUnixChannelOption FORCE_RECEIVE =
      new IntegerUnixChannelOption("SO_RCVBUFFORCE", SOL_SOCKET, 33);
  private static final IntegerUnixChannelOption FORCE_SEND =
      new IntegerUnixChannelOption("SO_SNDBUFFORCE", SOL_SOCKET, 32);
  private static final WriteBufferWaterMark WATER_MARK =
      new WriteBufferWaterMark(2 * 1024 * 1024, 4 * 1024 * 1024);

  private UdpSockets() {}

  /** Sets the options of a socket; before it is registered. */
  static void prepare(DatagramChannel socket, Transport transport, DatagramReading reading) {
    socket.config().setAllocator(transport.allocator());
    socket.config().setWriteBufferWaterMark(WATER_MARK);
    if (transport.epoll()) {
      socket.config().setRecvByteBufAllocator(reading);
      socket
          .config()
          .setOption(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, DatagramReading.LARGEST);
      force(socket, FORCE_RECEIVE, ChannelOption.SO_RCVBUF);
      force(socket, FORCE_SEND, ChannelOption.SO_SNDBUF);
    } else {
      socket
          .config()
          .setRecvByteBufAllocator(new FixedRecvByteBufAllocator(DatagramReading.LARGEST));
      socket.config().setOption(ChannelOption.SO_RCVBUF, BUFFER);
      socket.config().setOption(ChannelOption.SO_SNDBUF, BUFFER);
    }
  }

  private static void force(
      DatagramChannel socket, IntegerUnixChannelOption option, ChannelOption<Integer> usual) {
    try {
      socket.config().setOption(option, BUFFER);
    } catch (ChannelException notRoot) {
      socket.config().setOption(usual, BUFFER);
    }
  }

  /** Hands on what comes in, and says when a batch of it is over. */
  static ChannelHandler receiving(Consumer<DatagramPacket> packets, Runnable batchEnd) {
    return new ChannelInboundHandlerAdapter() {
      @Override
      public void channelRead(ChannelHandlerContext context, Object message) {
        packets.accept((DatagramPacket) message);
      }

      @Override
      public void channelReadComplete(ChannelHandlerContext context) {
        batchEnd.run();
      }

      @Override
      public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // Nobody listens at the other end (ICMP), as the sender of a datagram may never hear.
      }
    };
  }
}
