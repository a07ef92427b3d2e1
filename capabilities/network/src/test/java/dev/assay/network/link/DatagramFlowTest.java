package dev.assay.network.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class DatagramFlowTest {

  private static final long MS = 1_000_000L;
  private static final int DATAGRAMS = 200_000;

  private static DatagramFlow flow(DirectionCondition condition) {
    return new Link(Condition.both(condition), 12).up().datagrams(1);
  }

  @Test
  void lostDatagramsDoNotArriveAndDoubledOnesTwice() {
    DatagramFlow flow =
        flow(DirectionCondition.NONE.withLoss(new Loss.Independent(0.05)).withDuplicate(0.1));
    long[] arrivals = new long[2];
    int[] copies = new int[3];
    for (int i = 0; i < DATAGRAMS; i++) {
      copies[flow.offer(100, i * MS, arrivals)]++;
    }
    // as in netem a lost one takes only one of two copies away
    double none = 0.05 * 0.9;
    double two = 0.95 * 0.1;
    assertThat((double) copies[0] / DATAGRAMS).isCloseTo(none, within(0.002));
    assertThat((double) copies[2] / DATAGRAMS).isCloseTo(two, within(0.003));
  }

  @Test
  void datagramsStayInOrderUnlessTheyMayOvertake() {
    Delay jitter = Delay.of(new Distribution.Normal(50 * MS, 20 * MS));
    assertThat(overtaking(DirectionCondition.NONE.withDelay(jitter))).isZero();
    Reordering byJitter = new Reordering(0, 0, true);
    assertThat(overtaking(DirectionCondition.NONE.withDelay(jitter).withReordering(byJitter)))
        .isGreaterThan(0.3);
    Delay constant = Delay.constant(50 * MS);
    Reordering some = Reordering.of(0.1);
    assertThat(overtaking(DirectionCondition.NONE.withDelay(constant).withReordering(some)))
        .isCloseTo(0.1, within(0.01));
  }

  @Test
  void onlyEveryGapthDatagramOvertakes() {
    Reordering every = new Reordering(1, 5, false);
    Delay constant = Delay.constant(50 * MS);
    assertThat(overtaking(DirectionCondition.NONE.withDelay(constant).withReordering(every)))
        .isCloseTo(0.2, within(0.001));
  }

  @Test
  void wholePacketsAreCountedAsTheyAre() {
    DirectionCondition condition = DirectionCondition.NONE.withRate(8e6);
    long[] arrivals = new long[2];
    new Link(Condition.both(condition), 1).up().packets(1).offer(1000, 0, arrivals);
    assertThat(arrivals[0]).isEqualTo(MS);
    flow(condition).offer(1000 - 28, 0, arrivals);
    assertThat(arrivals[0]).isEqualTo(MS);
    // three fragments
    flow(condition).offer(4000, 0, arrivals);
    assertThat(arrivals[0]).isEqualTo(4068 * MS / 1000);
  }

  @Test
  void nothingArrivesOffline() {
    assertThat(flow(Condition.OFFLINE.up()).offer(10, 0, new long[2])).isZero();
  }

  /** The share of datagrams that arrive before one that was sent before them. */
  private static double overtaking(DirectionCondition condition) {
    DatagramFlow flow = flow(condition);
    long[] arrivals = new long[2];
    long latest = 0;
    int early = 0;
    for (int i = 0; i < DATAGRAMS; i++) {
      flow.offer(100, i * MS, arrivals);
      early += arrivals[0] < latest ? 1 : 0;
      latest = Math.max(latest, arrivals[0]);
    }
    return (double) early / DATAGRAMS;
  }
}
