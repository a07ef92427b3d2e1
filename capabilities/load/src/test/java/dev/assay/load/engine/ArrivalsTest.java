package dev.assay.load.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.load.engine.Arrivals.Piece;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class ArrivalsTest {

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private static List<Long> offsets(Arrivals arrivals, int loops) {
    List<Long> all = new ArrayList<>();
    for (int loop = 0; loop < loops; loop++) {
      long number = loop;
      for (Arrivals.Cursor at = arrivals.cursor(loop, loops); at.here(); at.advance()) {
        assertThat(at.number()).isEqualTo(number);
        assertThat(at.left()).isEqualTo((arrivals.count() - number - 1) / loops + 1);
        number += loops;
        all.add(at.offset());
      }
    }
    return all.stream().sorted().toList();
  }

  @Test
  void aConstantRateIsExact() {
    List<Long> offsets = offsets(Arrivals.constant(500, 30 * SECOND), 1);
    assertThat(offsets).hasSize(15_000);
    for (int i = 0; i < offsets.size(); i++) {
      assertThat(offsets.get(i)).isEqualTo(i * 2_000_000L);
    }
    assertThat(Arrivals.constant(1 / 60.0, TimeUnit.HOURS.toNanos(1)).count()).isEqualTo(60);
  }

  @Test
  void neverDriftsInADay() {
    Arrivals day = Arrivals.constant(7, TimeUnit.DAYS.toNanos(1));
    long last = -1;
    long number = 0;
    for (Arrivals.Cursor at = day.cursor(0, 1); at.here(); at.advance()) {
      assertThat(at.offset()).isGreaterThan(last);
      last = at.offset();
      number++;
    }
    assertThat(number).isEqualTo(7 * 86_400L);
    assertThat(last).isEqualTo((7 * 86_400L - 1) * SECOND / 7);
  }

  @Test
  void aRampHoldsAsManyArrivalsAsItsArea() {
    Arrivals ramp = Arrivals.even(List.of(new Piece(0, 100, 10 * SECOND)));
    List<Long> offsets = offsets(ramp, 3);
    assertThat(offsets).hasSize(500);
    // A quarter of the area of a triangle is reached at half of its base.
    assertThat(offsets.get(125)).isBetween(5 * SECOND - 1000, 5 * SECOND + 1000);
    assertThat(offsets.getLast()).isLessThan(10 * SECOND);
    List<Long> down = offsets(Arrivals.even(List.of(new Piece(100, 0, 10 * SECOND))), 1);
    assertThat(down).hasSize(500).isSorted();
    assertThat(down.get(375)).isBetween(5 * SECOND - 1000, 5 * SECOND + 1000);
  }

  @Test
  void aSpikeIsWhereItIsWritten() {
    Arrivals spike =
        Arrivals.even(
            List.of(
                new Piece(10, 10, SECOND),
                new Piece(1000, 1000, SECOND),
                new Piece(10, 10, SECOND)));
    List<Long> offsets = offsets(spike, 2);
    assertThat(offsets).hasSize(1020);
    assertThat(offsets.stream().filter(at -> at >= SECOND && at < 2 * SECOND).count())
        .isEqualTo(1000);
  }

  @Test
  void randomArrivalsDoNotDependOnHowManyLoopsShareThem() {
    Arrivals poisson = Arrivals.poisson(List.of(new Piece(100, 300, 20 * SECOND)), 7);
    List<Long> one = offsets(poisson, 1);
    assertThat(one).hasSize(4000).isSorted().isEqualTo(offsets(poisson, 4));
    assertThat(offsets(Arrivals.poisson(List.of(new Piece(100, 300, 20 * SECOND)), 8), 1))
        .isNotEqualTo(one);
  }

  /** The coefficient of variation of the gaps of a Poisson process is 1. */
  @Test
  void randomArrivalsHaveTheGapsOfAPoissonProcess() {
    List<Long> offsets =
        offsets(Arrivals.poisson(List.of(new Piece(1000, 1000, 100 * SECOND)), 3), 1);
    double mean = 0;
    double squares = 0;
    for (int i = 1; i < offsets.size(); i++) {
      double gap = (offsets.get(i) - offsets.get(i - 1)) / 1e9;
      mean += gap;
      squares += gap * gap;
    }
    int gaps = offsets.size() - 1;
    mean /= gaps;
    double variation = Math.sqrt(squares / gaps - mean * mean) / mean;
    assertThat(mean).isBetween(0.00099, 0.00101);
    assertThat(variation).isBetween(0.98, 1.02);
  }

  @Test
  void recordedArrivalsAreSharedOut() {
    Arrivals recorded = Arrivals.recorded(new long[] {0, 5, 5, 9, 100}, SECOND);
    assertThat(recorded.count()).isEqualTo(5);
    assertThat(offsets(recorded, 2)).containsExactly(0L, 5L, 5L, 9L, 100L);
    assertThat(recorded.cursor(3, 2).left()).isEqualTo(1);
    assertThat(recorded.cursor(7, 2).here()).isFalse();
  }
}
