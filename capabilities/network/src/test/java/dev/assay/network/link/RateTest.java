package dev.assay.network.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RateTest {

  private static final long S = 1_000_000_000L;
  private static final long MS = 1_000_000L;

  private static LinkDirection down(DirectionCondition condition) {
    return new Link(Condition.both(condition), 5).down();
  }

  @Test
  void aStreamGetsTheRateWithoutItsHeaders() {
    for (double rate : new double[] {400e3, 1.6e6, 12e6, 100e6, 1e9}) {
      DirectionCondition condition =
          DirectionCondition.NONE.withRate(rate).withDelay(Delay.constant(20 * MS));
      List<Greedy.Arrival> arrivals = new Greedy(down(condition), 1).run(0, 11 * S);
      double bits = 8.0 * Greedy.payload(arrivals, S, 11 * S) / 10;
      double wanted = Math.min(rate * 1448 / 1500, 8.0 * (4 << 20) / 0.04);
      assertThat(bits).as("%s bit/s", rate).isCloseTo(wanted, within(wanted / 100));
    }
  }

  @Test
  void payloadIsCountedWhereThatIsAsked() {
    DirectionCondition condition =
        DirectionCondition.NONE.withRate(8e6).withCounting(Counting.PAYLOAD);
    List<Greedy.Arrival> arrivals = new Greedy(down(condition), 1).run(0, 11 * S);
    assertThat(Greedy.payload(arrivals, S, 11 * S) / 10.0).isCloseTo(1e6, within(1e4));
  }

  @Test
  void streamsShareOneRateEvenly() {
    LinkDirection direction = down(DirectionCondition.NONE.withRate(10e6));
    List<Greedy.Arrival> arrivals = new Greedy(direction, 5).run(0, 11 * S);
    double all = 8.0 * Greedy.payload(arrivals, S, 11 * S) / 10;
    assertThat(all).isCloseTo(10e6 * 1448 / 1500, within(1e5));
    for (int i = 0; i < 5; i++) {
      int stream = i;
      List<Greedy.Arrival> own =
          arrivals.stream().filter(arrival -> arrival.stream() == stream).toList();
      double bits = 8.0 * Greedy.payload(own, S, 11 * S) / 10;
      assertThat(bits).as("stream %s", i).isCloseTo(all / 5, within(all / 25));
    }
  }

  @Test
  void noWindowCarriesMoreThanTheRateAndOnePacket() {
    SplittableRandom random = new SplittableRandom(77);
    for (int run = 0; run < 200; run++) {
      double rate = Math.pow(10, random.nextDouble(4.5, 8));
      Link link = new Link(Condition.both(DirectionCondition.NONE.withRate(rate)), run);
      List<long[]> left = randomOffers(link.down(), random);
      long most = 0;
      long bytes = 0;
      int from = 0;
      // what has left by the end of each window of 100 ms; nothing delays it further here
      for (int to = 0; to < left.size(); to++) {
        bytes += left.get(to)[1];
        while (left.get(to)[0] - left.get(from)[0] > 100 * MS) {
          bytes -= left.get(from++)[1];
        }
        most = Math.max(most, bytes);
      }
      assertThat((double) most).as("run %s at %s", run, rate).isLessThan(rate / 80 + 1500 + 1);
    }
  }

  /** Streams and datagrams of random sizes at random times: when they arrived, and their bytes. */
  private static List<long[]> randomOffers(LinkDirection direction, SplittableRandom random) {
    StreamFlow[] flows = {direction.stream(1), direction.stream(2)};
    DatagramFlow datagrams = direction.datagrams(3);
    long[] arrivals = new long[2];
    List<long[]> left = new ArrayList<>();
    long now = 0;
    for (int i = 0; i < 2000; i++) {
      if (random.nextInt(10) == 0) {
        now += random.nextLong(20 * MS);
      }
      int payload = random.nextInt(1, 1449);
      if (random.nextInt(3) == 0) {
        if (datagrams.offer(payload, now, arrivals) == 1) {
          left.add(new long[] {arrivals[0], payload + 28});
        }
      } else {
        StreamFlow flow = flows[random.nextInt(2)];
        if (flow.room(now) >= payload) {
          left.add(new long[] {flow.offer(payload, now), payload + 52});
        }
      }
    }
    return left;
  }

  @Test
  void theQueueIsBounded() {
    DirectionCondition condition =
        DirectionCondition.NONE.withRate(1e6).withQueue(Queue.dropTail(20_000));
    LinkDirection direction = down(condition);
    StreamFlow flow = direction.stream(1);
    int sent = 0;
    while (flow.room(0) > 0) {
      flow.offer(flow.room(0), 0);
      sent++;
    }
    assertThat(sent).isEqualTo(13);
    assertThat(direction.backlog(0)).isBetween(18_000L, 20_000L);
    long again = flow.roomAt(0);
    assertThat(flow.room(again - 1)).isZero();
    assertThat(flow.room(again)).isEqualTo(1448);
  }

  @Test
  void aFullQueueDropsDatagrams() {
    DirectionCondition condition =
        DirectionCondition.NONE.withRate(1e6).withQueue(Queue.dropTail(15_000));
    DatagramFlow flow = down(condition).datagrams(1);
    long[] arrivals = new long[2];
    int arrived = 0;
    for (int i = 0; i < 100; i++) {
      arrived += flow.offer(1472, 0, arrivals);
    }
    assertThat(arrived).isEqualTo(10);
  }

  @Test
  void codelKeepsTheQueueOfDatagramsNearItsTarget() {
    long target = 5 * MS;
    DirectionCondition condition =
        DirectionCondition.NONE.withRate(10e6).withQueue(Queue.codel(target, 1 << 20));
    DatagramFlow flow = down(condition).datagrams(1);
    long[] arrivals = new long[2];
    SplittableRandom random = new SplittableRandom(6);
    long waited = 0;
    int arrived = 0;
    int sent = 0;
    // 5 % too much; drop-tail would fill its megabyte, 800 ms, within 20 s
    for (long now = 0; now < 60 * S; now += random.nextLong(2 * 1_143_000)) {
      int copies = flow.offer(1472, now, arrivals);
      if (now > 20 * S) {
        sent++;
        arrived += copies;
        waited += copies == 0 ? 0 : arrivals[0] - now;
      }
    }
    assertThat(waited / arrived).isLessThan(40 * MS);
    assertThat(1 - (double) arrived / sent).isBetween(0.03, 0.12);
  }

  @Test
  void codelLetsStreamsKeepNoStandingQueue() {
    DirectionCondition condition =
        DirectionCondition.NONE.withRate(10e6).withQueue(Queue.codel(5 * MS, 1 << 20));
    LinkDirection direction = down(condition);
    List<Greedy.Arrival> arrivals = new Greedy(direction, 2).run(0, 10 * S);
    assertThat(direction.backlog(10 * S)).isLessThan(10_000);
    double bits = 8.0 * Greedy.payload(arrivals, S, 10 * S) / 9;
    assertThat(bits).isCloseTo(10e6 * 1448 / 1500, within(1e5));
  }

  @Test
  void aTraceLeavesAtItsTimes() {
    Trace trace = new Trace(1, 1, 5, 10);
    DirectionCondition condition =
        DirectionCondition.NONE.withTrace(trace).withCounting(Counting.PAYLOAD);
    StreamFlow flow = down(condition).stream(1);
    long start = 7 * S;
    long[] wanted = {1, 1, 5, 10, 11, 11, 15, 20, 21};
    for (long ms : wanted) {
      assertThat(flow.offer(1504, start)).isEqualTo(start + ms * MS);
    }
    // an opportunity that nobody used is gone
    assertThat(flow.offer(100, start + 1000 * MS + MS / 2)).isEqualTo(start + 1001 * MS);
  }

  @Test
  void aTraceCarriesWhatItSays() {
    int[] millis = new int[500];
    SplittableRandom random = new SplittableRandom(2);
    for (int i = 1; i < millis.length; i++) {
      millis[i] = millis[i - 1] + random.nextInt(5);
    }
    Trace trace = new Trace(millis);
    List<Greedy.Arrival> arrivals =
        new Greedy(down(DirectionCondition.NONE.withTrace(trace)), 3).run(0, 20 * S);
    double bits = 8.0 * Greedy.payload(arrivals, S, 20 * S) / 19;
    double wanted = trace.bitsPerSecond() * 1448 / 1500;
    assertThat(bits).isCloseTo(wanted, within(wanted / 50));
  }

  @Test
  void aHalvedRateHalvesWhatArrivesAndReordersNothing() {
    Link link = new Link(Condition.both(DirectionCondition.NONE.withRate(10e6)), 1);
    Greedy greedy = new Greedy(link.down(), 1);
    greedy.run(0, 2 * S);
    link.change(Condition.both(DirectionCondition.NONE.withRate(5e6)), 2 * S);
    List<Greedy.Arrival> arrivals = greedy.run(2 * S, 6 * S);
    assertThat(arrivals).isSortedAccordingTo((a, b) -> Long.compare(a.at(), b.at()));
    double before = 8.0 * Greedy.payload(arrivals, S / 2, 2 * S) / 1.5;
    double after = 8.0 * Greedy.payload(arrivals, 3 * S, 6 * S) / 3;
    assertThat(after / before).isCloseTo(0.5, within(0.01));
  }
}
