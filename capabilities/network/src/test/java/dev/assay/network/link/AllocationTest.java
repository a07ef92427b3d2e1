package dev.assay.network.link;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AllocationTest {

  private static final long MS = 1_000_000L;

  @Test
  void offersAllocateNothingInTheSteadyState() {
    DirectionCondition condition =
        DirectionCondition.NONE
            .withRate(50e6)
            .withDelay(
                new Delay(Percentiles.of(Map.of(0.0, 5 * MS, 0.5, 20 * MS, 0.99, 90 * MS)), 0.3))
            .withLoss(new Loss.GilbertElliott(0.001, 0.2, 0.5, 0))
            .withQueue(Queue.codel(5 * MS, 128 * 1024))
            .withDuplicate(0.01)
            .withReordering(Reordering.of(0.01));
    Link link = new Link(Condition.both(condition), 1);
    StreamFlow stream = link.down().stream(1);
    DatagramFlow datagrams = link.up().datagrams(1);
    long[] arrivals = new long[2];
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    send(stream, datagrams, arrivals, 0);
    long before = threads.getCurrentThreadAllocatedBytes();
    send(stream, datagrams, arrivals, 100_000);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(allocated).isLessThan(100_000);
  }

  private static void send(StreamFlow stream, DatagramFlow datagrams, long[] arrivals, int from) {
    for (int i = from; i < from + 100_000; i++) {
      long now = i * 200_000L;
      if (stream.room(now) > 0) {
        stream.offer(1448, now);
      } else {
        stream.roomAt(now);
      }
      datagrams.offer(1000, now, arrivals);
    }
  }
}
