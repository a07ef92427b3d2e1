package dev.assay.network.proxy;

import dev.assay.network.proxy.PacketFilter.Instruction;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Delays the handshake of TCP itself, as a long path does: without it the kernel accepts whoever
 * connects at once, and {@code connect()} of a client would take no time, whatever the link.
 *
 * <p>A filter before the listening socket drops the SYN of a client (RFC 9293, section 3.5); a raw
 * socket has a copy of it, which is sent to the listening socket when a round trip over the link
 * has passed. The filter knows it by its time to live of one, which no packet from elsewhere has. A
 * SYN that the link loses comes again when a client's own time-out would have sent it. Linux, IPv4
 * and the right to open raw sockets are needed.
 *
 * <p>Used on its event loop only.
 */
final class SynGate implements EpollIoHandle {

  /** When a connection that is asked for now is established. */
  @FunctionalInterface
  interface Handshake {
    /**
     * When the client has its answer.
     *
     * @param number of the connection
     * @return the time; {@link Long#MAX_VALUE} where it never has
     */
    long establishedAt(long now, long number);
  }

  /** SYNs that wait at a time; more are lost, and come again with the client's time-out. */
  private static final int HELD_MOST = 4_096;

  private static final int PACKETS_AT_ONCE = 64;
  private static final int LARGEST = 1_500;
  private static final int IP_HEADER = 20;
  private static final int TCP_HEADER = 20;
  private static final int TIME_TO_LIVE = 8;
  private static final int SOURCE = 12;
  private static final int TCP = 6;
  private static final int OURS = 1;
  private static final int SYN = 0x02;
  private static final int SYN_ACK_RST_FIN = 0x17;
  private static final int IPPROTO_IP = 0;
  private static final int IP_HDRINCL = 3;

  private final IoEventLoop loop;
  private final Timetable timetable;
  private final Handshake handshake;
  private final Socket raw;
  private final InetSocketAddress address;
  private final ByteBuf packet = Unpooled.directBuffer(LARGEST, LARGEST);
  private final Map<Long, Held> held = new HashMap<>();
  private @Nullable IoRegistration registration;
  private long numbers;

  private SynGate(
      IoEventLoop loop,
      Timetable timetable,
      Handshake handshake,
      Socket raw,
      InetSocketAddress address) {
    this.loop = loop;
    this.timetable = timetable;
    this.handshake = handshake;
    this.raw = raw;
    this.address = address;
  }

  /** Opens one for a listening socket; empty where the machine cannot do that. */
  static Optional<SynGate> open(
      IoEventLoop loop, InetSocketAddress address, Timetable timetable, Handshake handshake) {
    Optional<Integer> descriptor = SystemCalls.rawTcpSocket();
    if (descriptor.isEmpty()) {
      return Optional.empty();
    }
    Socket raw = new Socket(descriptor.get());
    try {
      raw.setIntOpt(IPPROTO_IP, IP_HDRINCL, 1);
      if (!PacketFilter.attach(raw, synsTo(address.getPort()))) {
        raw.close();
        return Optional.empty();
      }
      if (!address.getAddress().isAnyLocalAddress()) {
        raw.bind(new InetSocketAddress(address.getAddress(), 0));
      }
      SynGate made = new SynGate(loop, timetable, handshake, raw, address);
      made.register();
      return Optional.of(made);
    } catch (IOException impossible) {
      return Optional.empty();
    }
  }

  private void register() {
    IoRegistration made = loop.register(this).getNow();
    registration = made;
    made.submit(EpollIoOps.EPOLLIN);
  }

  /** What the raw socket sees: SYNs to a port that did not come from here. */
  private static Instruction[] synsTo(int port) {
    return new Instruction[] {
      new Instruction(0xb1, 0, 0, 0), // X = length of the IP header
      new Instruction(0x48, 0, 0, 2), // A = port of the destination
      new Instruction(0x15, 0, 5, port),
      new Instruction(0x50, 0, 0, 13), // A = flags of TCP
      new Instruction(0x54, 0, 0, SYN_ACK_RST_FIN),
      new Instruction(0x15, 0, 2, SYN),
      new Instruction(0x30, 0, 0, TIME_TO_LIVE),
      new Instruction(0x15, 0, 1, OURS),
      new Instruction(0x06, 0, 0, 0), // drop
      new Instruction(0x06, 0, 0, 0xffff),
    };
  }

  /** What the listening socket does not see: SYNs that did not come from here. */
  static Instruction[] gate() {
    int network = -0x100000; // SKF_NET_OFF: what follows counts from the IP header
    return new Instruction[] {
      new Instruction(0x30, 0, 0, 13), // A = flags of TCP, which the packet begins with here
      new Instruction(0x54, 0, 0, SYN_ACK_RST_FIN),
      new Instruction(0x15, 0, 2, SYN),
      new Instruction(0x30, 0, 0, network + TIME_TO_LIVE),
      new Instruction(0x15, 0, 1, OURS),
      new Instruction(0x06, 0, 0, 0xffff),
      new Instruction(0x06, 0, 0, 0), // drop
    };
  }

  @Override
  public void handle(IoRegistration from, IoEvent event) {
    for (int i = 0; i < PACKETS_AT_ONCE && raw.isOpen(); i++) {
      packet.clear();
      int size;
      try {
        size = raw.readAddress(packet.memoryAddress(), 0, LARGEST);
      } catch (IOException gone) {
        return;
      }
      if (size <= 0) {
        return;
      }
      take(packet.writerIndex(size));
    }
  }

  private void take(ByteBuf syn) {
    int header = (syn.getByte(0) & 0xf) * 4;
    int size = syn.readableBytes();
    boolean whole =
        header >= IP_HEADER
            && size >= header + TCP_HEADER
            && syn.getUnsignedShort(header + 2) == address.getPort()
            && (syn.getByte(header + 13) & SYN_ACK_RST_FIN) == SYN
            && syn.getByte(TIME_TO_LIVE) != OURS;
    if (!whole || held.size() >= HELD_MOST) {
      return;
    }
    long from = (long) syn.getInt(SOURCE) << 16 | syn.getUnsignedShort(header);
    if (held.containsKey(from)) {
      return; // asked again while the first time is still on its way
    }
    long at = handshake.establishedAt(timetable.now(), numbers++);
    if (at < Long.MAX_VALUE) {
      byte[] copy = new byte[size];
      syn.getBytes(0, copy);
      Held made = new Held(from, marked(copy, header));
      held.put(from, made);
      timetable.await(made, at);
    }
  }

  /** Marks a SYN as ours, with the sum that its sender had left to a network card. */
  private static byte[] marked(byte[] syn, int header) {
    syn[TIME_TO_LIVE] = OURS;
    ByteBuffer packet = ByteBuffer.wrap(syn);
    packet.putShort(header + 16, (short) 0);
    long sum = (long) TCP + syn.length - header;
    for (int i = SOURCE; i < SOURCE + 8; i += 2) {
      sum += packet.getShort(i) & 0xffff;
    }
    for (int i = header; i + 1 < syn.length; i += 2) {
      sum += packet.getShort(i) & 0xffff;
    }
    if ((syn.length - header) % 2 == 1) {
      sum += (syn[syn.length - 1] & 0xff) << 8;
    }
    while (sum >>> 16 != 0) {
      sum = (sum & 0xffff) + (sum >>> 16);
    }
    packet.putShort(header + 16, (short) ~sum);
    return syn;
  }

  /** A SYN on its way. */
  private final class Held extends Timetable.Entry {
    private final long from;
    private final byte[] syn;

    Held(long from, byte[] syn) {
      this.from = from;
      this.syn = syn;
    }

    @Override
    void due(long now) {
      held.remove(from);
      packet.clear().writeBytes(syn);
      try {
        int _ =
            raw.sendToAddress(packet.memoryAddress(), 0, syn.length, target(), address.getPort());
      } catch (IOException lost) {
        // As a packet is lost; the client asks again.
      }
    }

    private InetAddress target() {
      try {
        return InetAddress.getByAddress(Arrays.copyOfRange(syn, 16, 20));
      } catch (UnknownHostException impossible) {
        throw new IllegalStateException("four bytes are an address", impossible);
      }
    }
  }

  @Override
  public FileDescriptor fd() {
    return raw;
  }

  /** Forgets those who wait; they ask again by themselves. */
  @Override
  public void close() {
    if (!raw.isOpen()) {
      return;
    }
    held.values().forEach(timetable::forget);
    held.clear();
    IoRegistration made = registration;
    if (made != null) {
      made.cancel();
    }
    try {
      raw.close();
    } catch (IOException gone) {
      // Nothing is left to be done with it.
    }
    packet.release();
  }
}
