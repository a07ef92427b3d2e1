package dev.assay.network.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class StreamFlowTest {

  private static final long S = 1_000_000_000L;
  private static final long MS = 1_000_000L;

  private static DirectionCondition delayed(Distribution distribution) {
    return DirectionCondition.NONE.withDelay(Delay.of(distribution));
  }

  private static LinkDirection down(DirectionCondition condition) {
    return new Link(Condition.both(condition), 5).down();
  }

  @Test
  void aConstantDelayIsThatDelayWhateverTheClockSays() {
    for (long start : new long[] {0, 5 * S, -7 * S, Long.MIN_VALUE / 2}) {
      StreamFlow flow = down(delayed(new Distribution.Constant(50 * MS))).stream(1);
      assertThat(flow.offer(1000, start)).isEqualTo(start + 50 * MS);
      assertThat(flow.finish(start + 1)).isEqualTo(start + 1 + 50 * MS);
    }
  }

  @Test
  void aStreamStaysInOrderWhateverTheDelayTheLossAndTheChanges() {
    SplittableRandom random = new SplittableRandom(31);
    DirectionCondition[] conditions = {
      delayed(new Distribution.Normal(50 * MS, 40 * MS)),
      delayed(Distribution.Pareto.ofMean(20 * MS, 1.5)).withRate(2e6),
      delayed(new Distribution.Uniform(20 * MS, 20 * MS)).withLoss(new Loss.Independent(0.2)),
      DirectionCondition.NONE,
      DirectionCondition.NONE.withTrace(new Trace(3, 9, 200)),
    };
    Link link = new Link(Condition.both(conditions[0]), 3);
    StreamFlow flow = link.down().stream(1);
    long now = 0;
    long last = 0;
    for (int i = 0; i < 20_000; i++) {
      now += random.nextLong(2 * MS);
      if (i % 500 == 499) {
        link.change(Condition.both(conditions[random.nextInt(conditions.length)]), now);
      }
      long arrives = flow.offer(random.nextInt(1448), now);
      assertThat(arrives).isGreaterThanOrEqualTo(last).isGreaterThanOrEqualTo(now);
      last = arrives;
    }
  }

  @Test
  void theSameSeedGivesTheSameTimes() {
    DirectionCondition condition =
        delayed(new Distribution.Normal(50 * MS, 20 * MS)).withLoss(new Loss.Independent(0.05));
    StreamFlow one = down(condition).stream(4);
    StreamFlow two = down(condition).stream(4);
    StreamFlow other = down(condition).stream(5);
    int differing = 0;
    for (int i = 0; i < 100; i++) {
      long arrives = one.offer(1000, i * S);
      assertThat(two.offer(1000, i * S)).isEqualTo(arrives);
      differing += other.offer(1000, i * S) == arrives ? 0 : 1;
    }
    assertThat(differing).isGreaterThan(90);
  }

  @Test
  void nothingIsInTheWayWhereNothingIsAsked() {
    LinkDirection direction = down(DirectionCondition.NONE);
    assertThat(direction.transparent()).isTrue();
    StreamFlow flow = direction.stream(1);
    assertThat(flow.piece()).isEqualTo(256 * 1024);
    assertThat(flow.room(9)).isEqualTo(256 * 1024);
    assertThat(flow.offer(256 * 1024, 9)).isEqualTo(9);
    assertThat(down(delayed(new Distribution.Constant(1))).transparent()).isFalse();
  }

  @Test
  void aLinkThatIsOfflineTakesNothingUntilItIsBack() {
    Link link = new Link(Condition.NONE, 1);
    StreamFlow flow = link.up().stream(1);
    link.change(Condition.OFFLINE, 10);
    assertThat(flow.room(20)).isZero();
    assertThat(flow.roomAt(20)).isEqualTo(Long.MAX_VALUE);
    assertThat(flow.offer(10, 20)).isEqualTo(Long.MAX_VALUE);
    assertThat(flow.finish(20)).isEqualTo(Long.MAX_VALUE);
    assertThat(link.connected(20, 1)).isEqualTo(Long.MAX_VALUE);
    link.change(Condition.NONE, 30);
    assertThat(flow.offer(10, 30)).isEqualTo(30);
  }

  @Test
  void theWindowBoundsWhatIsOnItsWay() {
    DirectionCondition condition =
        delayed(new Distribution.Constant(50 * MS)).withWindow(1_000_000);
    LinkDirection direction = down(condition);
    StreamFlow flow = direction.stream(1);
    long sent = 0;
    while (flow.room(0) > 0) {
      sent += flow.room(0);
      flow.offer(flow.room(0), 0);
    }
    assertThat(sent).isBetween(700_000L, 1_000_000L);
    assertThat(flow.unacknowledged(0)).isEqualTo(sent);
    // the acknowledgement takes the way back
    assertThat(flow.roomAt(0)).isEqualTo(100 * MS);
    List<Greedy.Arrival> arrivals = new Greedy(direction, 1).run(0, 10 * S);
    assertThat(Greedy.payload(arrivals, S, 10 * S) / 9.0).isBetween(7e6, 10e6);
  }

  @Test
  void aStreamThatStartsSlowlyDoublesWithEachRoundTrip() {
    DirectionCondition condition =
        delayed(new Distribution.Constant(50 * MS)).withSlowStart(true).withWindow(200_000);
    LinkDirection direction = down(condition);
    Greedy greedy = new Greedy(direction, 1);
    List<Greedy.Arrival> arrivals = greedy.run(0, S);
    for (int trip = 0; trip < 4; trip++) {
      long sent = Greedy.payload(arrivals, (trip * 100 + 40) * MS, (trip * 100 + 140) * MS);
      assertThat(sent).as("round trip %s", trip).isEqualTo(10L * 1448 << trip);
    }
    assertThat(Greedy.payload(arrivals, 740 * MS, 840 * MS)).isBetween(198_000L, 200_000L);
    // after a rest it begins anew
    int before = arrivals.size();
    greedy.run(10 * S, 10 * S + 1);
    assertThat(arrivals).hasSize(before + 10);
  }

  @Test
  void aLossIsAStallOfATimeOutWhereNothingFollowsAndOfARoundTripWhereMuchDoes() {
    DirectionCondition condition =
        delayed(new Distribution.Constant(50 * MS)).withLoss(new Loss.Independent(0.01));
    // single packets: RTO = 100 ms + 200 ms
    StreamFlow sparse = down(condition).stream(1);
    int stalled = 0;
    for (int i = 0; i < 20_000; i++) {
      long late = sparse.offer(1000, i * S) - i * S - 50 * MS;
      assertThat(late).isIn(0L, 300 * MS, 900 * MS, 2100 * MS);
      stalled += late > 0 ? 1 : 0;
    }
    assertThat(stalled / 20_000.0).isCloseTo(0.01, within(0.003));
    // many packets on their way: one round trip
    StreamFlow busy = down(condition).stream(2);
    long stalls = 0;
    long last = 0;
    for (int i = 0; i < 20_000; i++) {
      long now = i * 10 * MS;
      long arrives = busy.offer(1000, now);
      if (arrives > now + 50 * MS && arrives > last) {
        assertThat(arrives - now - 50 * MS).isIn(100 * MS, 400 * MS, 1000 * MS);
        stalls++;
      }
      last = arrives;
    }
    assertThat(stalls).isBetween(80L, 240L);
  }

  @Test
  void lossBoundsTheThroughputAsTheFormulaSays() {
    for (double loss : new double[] {0.001, 0.01, 0.05}) {
      DirectionCondition condition =
          delayed(new Distribution.Constant(50 * MS)).withLoss(new Loss.Independent(loss));
      List<Greedy.Arrival> arrivals = new Greedy(down(condition), 1).run(0, 200 * S);
      double packets = Greedy.payload(arrivals, 5 * S, 195 * S) / 1448.0 / 190;
      double wanted = StreamModel.packetsPerSecond(loss, 0.1, 0.3);
      assertThat(packets).as("loss %s", loss).isCloseTo(wanted, within(wanted / 20));
    }
  }

  @Test
  void severalStreamsGetMoreThroughALossyLinkThanOne() {
    DirectionCondition condition =
        delayed(new Distribution.Constant(50 * MS))
            .withLoss(new Loss.Independent(0.01))
            .withRate(100e6);
    List<Greedy.Arrival> one = new Greedy(down(condition), 1).run(0, 20 * S);
    List<Greedy.Arrival> four = new Greedy(down(condition), 4).run(0, 20 * S);
    double ratio =
        (double) Greedy.payload(four, 2 * S, 20 * S) / Greedy.payload(one, 2 * S, 20 * S);
    assertThat(ratio).isBetween(3.5, 4.5);
  }

  @Test
  void connectingTakesARoundTrip() {
    DirectionCondition up = delayed(new Distribution.Constant(30 * MS));
    DirectionCondition down = delayed(new Distribution.Constant(70 * MS)).withRate(480e3);
    Link link = new Link(new Condition(up, down), 1);
    // 60 bytes of 480 kbit/s are one millisecond
    assertThat(link.connected(5, 1)).isEqualTo(5 + 101 * MS);
  }

  @Test
  void aLostSynCostsASecondThenTwo() {
    DirectionCondition lossy =
        delayed(new Distribution.Constant(10 * MS)).withLoss(new Loss.Independent(0.1));
    Link link = new Link(Condition.both(lossy), 1);
    int[] seconds = new int[130];
    int never = 0;
    for (int i = 0; i < 20_000; i++) {
      long established = link.connected(0, i);
      if (established == Long.MAX_VALUE) {
        never++;
      } else {
        seconds[(int) (established / S)]++;
      }
    }
    assertThat(seconds[0] / 20_000.0).isCloseTo(0.81, within(0.01));
    assertThat(seconds[1] / 20_000.0).isCloseTo(0.81 * 0.19, within(0.01));
    assertThat(seconds[3] / 20_000.0).isCloseTo(0.81 * 0.19 * 0.19, within(0.005));
    assertThat(seconds[2]).isZero();
    assertThat(never).isLessThan(5);
  }

  @Test
  void aPromiseOfASlowLinkDoesNotOutliveIt() {
    Link link = new Link(Condition.both(DirectionCondition.NONE.withRate(1000)), 1);
    StreamFlow flow = link.down().stream(1);
    while (flow.room(0) > 0) {
      flow.offer(flow.room(0), 0);
    }
    assertThat(flow.roomAt(0)).isGreaterThan(S);
    link.change(Condition.NONE, 10);
    assertThat(flow.room(10)).isPositive();
  }

  @Test
  void turnsThatAreGivenUpKeepNobodyWaiting() {
    LinkDirection direction = down(DirectionCondition.NONE.withRate(1e6));
    StreamFlow first = direction.stream(0);
    while (first.room(0) > 0) {
      first.offer(first.room(0), 0);
    }
    for (int i = 1; i <= 10_000; i++) {
      assertThat(direction.stream(i).roomAt(0)).isGreaterThan(0);
    }
    // none of them comes; the queue is empty within about half a second
    long again = first.roomAt(0);
    assertThat(again).isLessThan(S);
    assertThat(first.room(again)).isPositive();
    assertThat(direction.stream(20_000).room(again)).isPositive();
  }
}
