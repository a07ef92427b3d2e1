package dev.assay.core.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.core.report.MetricReport.Events;
import dev.assay.core.report.MetricReport.Slice;
import dev.assay.core.report.SampleRun;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PlotTest {

  @Test
  void everyAxisHoldsItsValuesBetweenFewRoundTicks() {
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 20_000; i++) {
      double least = Math.pow(10, random.nextDouble(-3, 12));
      double greatest = least * Math.pow(10, random.nextDouble(0, 9));
      Axis axis = Axis.fitting(least, greatest, 4);
      assertThat(axis.ticks()).hasSizeBetween(2, 12).isSorted();
      assertThat(axis.at(greatest)).isBetween(0.0, 1.0);
      assertThat(axis.max()).isGreaterThanOrEqualTo(greatest * 0.999);
      assertThat(axis.min()).isLessThanOrEqualTo(least * 1.001);
      assertThat(axis.at(least)).isLessThanOrEqualTo(axis.at(greatest));
    }
  }

  @Test
  void anAxisOfTimeEndsWithTheRunAndHasFewTicks() {
    for (double seconds = 0.01; seconds < 1e6; seconds *= 1.07) {
      Axis axis = Axis.time(seconds, 6);
      assertThat(axis.max()).isEqualTo(seconds);
      assertThat(axis.ticks()).as("%s", seconds).hasSizeBetween(2, 8);
      assertThat(axis.ticks().getLast()).isLessThanOrEqualTo(seconds * 1.001);
    }
  }

  @Test
  void ticksAreRound() {
    assertThat(Axis.linear(68.4, 4).ticks()).containsExactly(0.0, 20.0, 40.0, 60.0, 80.0);
    assertThat(Axis.fitting(5, 2_000, 4).ticks())
        .containsExactly(3.0, 10.0, 30.0, 100.0, 300.0, 1_000.0, 3_000.0);
    assertThat(Axis.time(30, 6).ticks()).containsExactly(0.0, 5.0, 10.0, 15.0, 20.0, 25.0, 30.0);
  }

  @Test
  void percentilesHaveTheNinesThatTellThemApart() {
    assertThat(PercentilePlot.percent(0)).isEqualTo("0 %");
    assertThat(PercentilePlot.percent(Math.log10(2))).isEqualTo("50 %");
    assertThat(PercentilePlot.percent(1)).isEqualTo("90 %");
    assertThat(PercentilePlot.percent(2)).isEqualTo("99 %");
    assertThat(PercentilePlot.percent(3)).isEqualTo("99.9 %");
    assertThat(PercentilePlot.percent(5)).isEqualTo("99.999 %");
  }

  private static Slice slice(double from, long count) {
    return new Slice(SampleRun.at(from), SampleRun.at(from + 1), new Events(count));
  }

  @Test
  void aStallIsAMomentWithoutValue() {
    Moments moments = Moments.of(List.of(slice(0, 5), slice(1, 5), slice(4, 5)));
    assertThat(moments.moments()).hasSize(4);
    assertThat(moments.moments().get(2).value()).isNull();
    assertThat(moments.values(moment -> 1, 0)).containsExactly(1, 1, 0, 1);
    assertThat(moments.end()).isEqualTo(5);
  }

  @Test
  void aLongRunIsShownInFewMomentsThatLoseNoCount() {
    List<Slice> hour = new ArrayList<>();
    for (int second = 0; second < 3_600; second++) {
      hour.add(slice(second, 2));
    }
    Moments moments = Moments.of(hour);
    assertThat(moments.moments()).hasSizeLessThanOrEqualTo(Moments.MOST);
    assertThat(moments.moments().stream().mapToLong(each -> ((Events) each.value()).count()).sum())
        .isEqualTo(7_200);
  }
}
