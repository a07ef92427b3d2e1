package dev.assay.network.proxy;

import dev.assay.network.link.DatagramFlow;
import dev.assay.network.link.Link;
import dev.assay.network.link.LinkDirection;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** What one client of a UDP proxy sends and gets. Used on the event loop of the proxy only. */
final class UdpSession {

  /** The datagrams on their way in one direction; more are dropped, as by a full queue. */
  private static final int UNDERWAY_MOST = 65_536;

  private static final int HEADERS = 28;

  private final UdpProxy proxy;
  private final InetSocketAddress client;
  private final DatagramChannel socket;
  private final @Nullable Way up;
  private final @Nullable Way down;
  private final long[] arrivals = new long[2];
  private long lastActivity;
  private boolean flushing;
  private boolean closed;

  /** One direction over a link. */
  private record Way(LinkDirection direction, DatagramFlow flow, Underway underway) {}

  private UdpSession(
      UdpProxy proxy,
      InetSocketAddress client,
      DatagramChannel socket,
      @Nullable Link link,
      long number,
      Timetable timetable) {
    this.proxy = proxy;
    this.client = client;
    this.socket = socket;
    this.lastActivity = proxy.nanos();
    if (link == null) {
      up = null;
      down = null;
    } else {
      up =
          new Way(
              link.up(),
              link.up().datagrams(number),
              new Underway(timetable, this::sendUp, this::flushUp));
      down =
          new Way(
              link.down(),
              link.down().datagrams(number),
              new Underway(timetable, this::sendDown, this::flushDown));
    }
  }

  /** Opens a socket towards the server; null where that is not possible. */
  static @Nullable UdpSession open(
      UdpProxy proxy,
      InetSocketAddress client,
      InetSocketAddress upstream,
      @Nullable Link link,
      long number,
      Timetable timetable) {
    DatagramChannel socket = proxy.transport().datagrams();
    UdpSockets.prepare(socket, proxy.transport(), proxy.reading());
    UdpSession made = new UdpSession(proxy, client, socket, link, number, timetable);
    socket.pipeline().addLast(UdpSockets.receiving(made::answered, made::flushDown));
    ChannelFuture _ = proxy.loop().register(socket);
    ChannelFuture connected = socket.connect(upstream);
    if (connected.isDone() && !connected.isSuccess()) {
      ChannelFuture _ = socket.close();
      return null;
    }
    return made;
  }

  InetSocketAddress client() {
    return client;
  }

  long lastActivity() {
    return lastActivity;
  }

  /** The client has sent something. */
  void up(ByteBuf datagram) {
    boolean cut = proxy.currentFaults().upCut();
    if (pass(datagram, up, cut)) {
      sendUp(datagram);
      if (!flushing) {
        flushing = true;
        proxy.flushLater(this);
      }
    }
  }

  private void answered(DatagramPacket packet) {
    ByteBuf datagram = packet.content();
    if (pass(datagram, down, proxy.currentFaults().downCut())) {
      sendDown(datagram);
    }
  }

  /** Whether it is to be sent at once; else it was taken. */
  private boolean pass(ByteBuf datagram, @Nullable Way way, boolean cut) {
    long now = proxy.nanos();
    lastActivity = now;
    int largest = proxy.currentFaults().largestPacket();
    int size = datagram.readableBytes();
    if (closed || cut || largest > 0 && size + HEADERS > largest) {
      drop(datagram);
      return false;
    }
    if (way == null || way.direction().transparent() && way.underway().size() == 0) {
      return true;
    }
    int copies = way.flow().offer(size, now, arrivals);
    if (copies == 0 || way.underway().size() >= UNDERWAY_MOST) {
      drop(datagram);
      return false;
    }
    // Of its own size, as it would keep the memory of many while it is on its way.
    ByteBuf copy = datagram.alloc().directBuffer(size, size).writeBytes(datagram);
    datagram.release();
    if (copies == 2) {
      proxy.counters().duplicated.increment();
      way.underway().add(copy.retainedDuplicate(), arrivals[1]);
    }
    way.underway().add(copy, arrivals[0]);
    return false;
  }

  private void drop(ByteBuf datagram) {
    proxy.counters().dropped.increment();
    datagram.release();
  }

  private void sendUp(ByteBuf datagram) {
    if (closed || !socket.isWritable()) {
      drop(datagram);
      return;
    }
    proxy.counters().datagramsUp.increment();
    proxy.counters().bytesUp.add(datagram.readableBytes());
    ChannelFuture _ = socket.write(datagram, socket.voidPromise());
  }

  private void sendDown(ByteBuf datagram) {
    DatagramChannel listening = proxy.socket();
    if (closed || listening == null || !listening.isWritable()) {
      drop(datagram);
      return;
    }
    proxy.counters().datagramsDown.increment();
    proxy.counters().bytesDown.add(datagram.readableBytes());
    ChannelFuture _ =
        listening.write(new DatagramPacket(datagram, client), listening.voidPromise());
  }

  void flushUp() {
    flushing = false;
    socket.flush();
  }

  private void flushDown() {
    Channel listening = proxy.socket();
    if (listening != null) {
      listening.flush();
    }
  }

  /** Closes its socket; what is on its way is lost. */
  void close() {
    closed = true;
    if (up != null) {
      up.underway().discard();
    }
    if (down != null) {
      down.underway().discard();
    }
    ChannelFuture _ = socket.close();
  }
}
