package dev.assay.network.packet;

import dev.assay.api.spi.Clock;
import dev.assay.network.link.Condition;
import dev.assay.network.link.DatagramFlow;
import dev.assay.network.link.Link;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Carries packets between two TUN devices over a link, on a thread of its own. Its methods may be
 * called by any thread.
 */
final class PacketRelay implements AutoCloseable {

  /** So many packets may be on their way in each direction: 100 ms of 1 Gbit/s, and more. */
  private static final int MOST = 16_384;

  /** Read so many at once before what is due is delivered. */
  private static final int BATCH = 64;

  private static final int POLLED = 8;

  private final Object lock = new Object();
  private final Clock clock;
  private final Thread thread;
  private final AtomicReference<@Nullable Condition> wanted = new AtomicReference<>();
  private final AtomicReference<@Nullable IOException> failure = new AtomicReference<>();
  private final CountDownLatch made = new CountDownLatch(1);
  private final Link link;
  private final String[] names;
  private volatile boolean closed;
  private int event = -1;
  private volatile PacketCounts up = new PacketCounts(0, 0, 0, 0);
  private volatile PacketCounts down = new PacketCounts(0, 0, 0, 0);

  /**
   * Makes both devices in this process's namespace and begins.
   *
   * @throws IOException if a device cannot be made; nothing is left then
   */
  PacketRelay(String client, String server, Condition condition, long seed, Clock clock)
      throws IOException {
    this.clock = clock;
    link = new Link(condition, seed);
    names = new String[] {client, server};
    thread = new Thread(this::run, "assay-packets-" + client);
    thread.setDaemon(true);
    thread.start();
    awaitDevices();
  }

  private void awaitDevices() throws IOException {
    boolean interrupted = false;
    while (true) {
      try {
        made.await();
        break;
      } catch (InterruptedException again) {
        // making devices takes no time; the interrupt is kept for the caller
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    IOException failed = failure.get();
    if (failed != null) {
      throw failed;
    }
  }

  /** Goes on under another condition. */
  void change(Condition condition) {
    wanted.set(condition);
    wake();
  }

  PacketCounts up() {
    return up;
  }

  PacketCounts down() {
    return down;
  }

  /** Ends it; the devices are gone when it returns. */
  @Override
  public void close() {
    closed = true;
    wake();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException again) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void wake() {
    // the number of a file that was closed could soon be another file's
    synchronized (lock) {
      if (event >= 0) {
        try (Arena arena = Arena.ofConfined()) {
          MemorySegment one = arena.allocate(ValueLayout.JAVA_LONG);
          one.set(ValueLayout.JAVA_LONG, 0, 1);
          new Libc(arena).write(event, one, 8);
        }
      }
    }
  }

  private void event(int file) {
    synchronized (lock) {
      event = file;
    }
  }

  private void run() {
    try (Arena arena = Arena.ofConfined()) {
      Libc libc = new Libc(arena);
      TunDevice client = TunDevice.make(libc, names[0]);
      try {
        TunDevice server = TunDevice.make(libc, names[1]);
        int waking = libc.eventfd();
        event(waking);
        made.countDown();
        try {
          carry(libc, arena, client, server, waking);
        } finally {
          event(-1);
          libc.close(waking);
          server.close();
        }
      } finally {
        client.close();
      }
    } catch (IOException failed) {
      failure.set(failed);
    } catch (RuntimeException failed) {
      failure.set(new IOException("packets cannot be carried: " + failed.getMessage(), failed));
      throw failed;
    } finally {
      made.countDown();
    }
  }

  private void carry(Libc libc, Arena arena, TunDevice client, TunDevice server, int waking) {
    Way toServer = new Way(client, server, link.up().packets(0), new Underway(arena, MOST));
    Way toClient = new Way(server, client, link.down().packets(0), new Underway(arena, MOST));
    MemorySegment polled = arena.allocate(3L * POLLED, 8);
    watch(polled, 0, client.file());
    watch(polled, 1, server.file());
    watch(polled, 2, waking);
    MemorySegment time = arena.allocate(16, 8);
    MemorySegment counter = arena.allocate(ValueLayout.JAVA_LONG);
    while (!closed) {
      Condition next = wanted.getAndSet(null);
      if (next != null) {
        link.change(next, clock.nanos());
      }
      toServer.deliver(clock.nanos());
      toClient.deliver(clock.nanos());
      up = toServer.counts();
      down = toClient.counts();
      long due = Math.min(toServer.due(), toClient.due());
      libc.ppoll(polled, 3, timespec(time, due));
      if (readable(polled, 0)) {
        toServer.take(clock);
      }
      if (readable(polled, 1)) {
        toClient.take(clock);
      }
      if (readable(polled, 2)) {
        libc.read(waking, counter, 8);
      }
    }
  }

  private MemorySegment timespec(MemorySegment time, long due) {
    if (due == Long.MAX_VALUE) {
      return MemorySegment.NULL;
    }
    long wait = Math.max(0, due - clock.nanos());
    time.set(ValueLayout.JAVA_LONG, 0, wait / 1_000_000_000L);
    time.set(ValueLayout.JAVA_LONG, 8, wait % 1_000_000_000L);
    return time;
  }

  private static void watch(MemorySegment polled, int number, int file) {
    polled.set(ValueLayout.JAVA_INT, (long) number * POLLED, file);
    polled.set(ValueLayout.JAVA_SHORT, (long) number * POLLED + 4, Libc.POLLIN);
  }

  private static boolean readable(MemorySegment polled, int number) {
    boolean ready = polled.get(ValueLayout.JAVA_SHORT, (long) number * POLLED + 6) != 0;
    polled.set(ValueLayout.JAVA_SHORT, (long) number * POLLED + 6, (short) 0);
    return ready;
  }

  /** One direction. Owned by the relay's thread. */
  private static final class Way {
    private final TunDevice from;
    private final TunDevice to;
    private final DatagramFlow flow;
    private final Underway underway;
    private final long[] arrivals = new long[2];
    private long offered;
    private long delivered;
    private long dropped;
    private long crowded;
    private PacketCounts counts = new PacketCounts(0, 0, 0, 0);

    Way(TunDevice from, TunDevice to, DatagramFlow flow, Underway underway) {
      this.from = from;
      this.to = to;
      this.flow = flow;
      this.underway = underway;
    }

    /** Reads what was sent. */
    void take(Clock clock) {
      for (int i = 0; i < BATCH; i++) {
        MemorySegment packet = underway.next();
        int length = from.read(packet);
        if (length <= 0) {
          return;
        }
        offered++;
        if (underway.full()) {
          crowded++;
          continue;
        }
        int copies = flow.offer(length, clock.nanos(), arrivals);
        if (copies == 0) {
          dropped++;
        } else {
          underway.add(length, arrivals[0]);
        }
        if (copies == 2 && !underway.full()) {
          underway.addCopy(packet, length, arrivals[1]);
        }
      }
    }

    /** Writes what has arrived. */
    void deliver(long now) {
      while (!underway.empty() && underway.first() <= now) {
        to.write(underway.firstPacket(), underway.firstLength());
        underway.remove();
        delivered++;
      }
    }

    long due() {
      return underway.empty() ? Long.MAX_VALUE : underway.first();
    }

    PacketCounts counts() {
      if (counts.offered() != offered || counts.delivered() != delivered) {
        counts = new PacketCounts(offered, delivered, dropped, crowded);
      }
      return counts;
    }
  }
}
