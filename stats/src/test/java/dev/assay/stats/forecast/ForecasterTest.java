package dev.assay.stats.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class ForecasterTest {

  private static final int DAY = 24;
  private static final int WEEK = 7 * DAY;
  private static final int HORIZON = 48;

  @Test
  void whatRepeatsByTheWeekIsForecastByTheWeek() {
    double ours = 0;
    double daily = 0;
    for (int seed = 0; seed < 20; seed++) {
      // the last two days are a weekend, which no day before it tells of
      double[] all = hours(seed, 5 * WEEK + 5 * DAY + HORIZON, 0.02);
      double[] past = Arrays.copyOf(all, all.length - HORIZON);
      double[] mean = new Forecaster(DAY).forecast(past, HORIZON).mean();
      for (int h = 0; h < HORIZON; h++) {
        double truth = all[past.length + h];
        ours += Math.abs(mean[h] - truth);
        daily += Math.abs(past[past.length - DAY + h % DAY] - truth);
      }
    }
    assertThat(ours).isLessThan(0.25 * daily);
  }

  @Test
  void intervalsHoldWhatComes() {
    double held = 0;
    double width = 0;
    int cases = 60;
    for (int seed = 0; seed < cases; seed++) {
      double[] all = hours(seed, 4 * WEEK + HORIZON, 0.05);
      double[] past = Arrays.copyOf(all, all.length - HORIZON);
      Forecast forecast = new Forecaster(DAY).forecast(past, HORIZON);
      for (int h = 0; h < HORIZON; h++) {
        double truth = all[past.length + h];
        held += forecast.lower()[h] <= truth && truth <= forecast.upper()[h] ? 1 : 0;
        width += forecast.upper()[h] - forecast.lower()[h];
      }
    }
    assertThat(held / (cases * HORIZON)).isBetween(0.92, 0.995);
    // 95 % of the noise alone are 4 · 5 % of a level of about 100
    assertThat(width / (cases * HORIZON)).isLessThan(45);
  }

  @Test
  void aDiskThatFillsReachesItsLimitInAnInterval() {
    SplittableRandom random = new SplittableRandom(1);
    double[] used = new double[200];
    for (int i = 0; i < used.length; i++) {
      used[i] = 100 + 2 * i + 5 * random.nextGaussian();
    }
    Forecast.Reach reach = new Forecaster(1).forecast(used, 120).rise(600);
    assertThat(reach.likely().orElseThrow()).isBetween(40, 62);
    assertThat(reach.earliest().orElseThrow()).isLessThanOrEqualTo(reach.likely().orElseThrow());
    assertThat(reach.latest().orElse(999)).isGreaterThanOrEqualTo(reach.likely().orElseThrow());
    assertThat(new Forecaster(1).forecast(used, 10).rise(600).likely()).isEmpty();
    assertThat(new Forecaster(1).forecast(used, 5).fall(1e6).likely()).hasValue(1);
  }

  @Test
  void shortConstantAndGappySeriesAreForecast() {
    assertThat(new Forecaster(1).forecast(new double[] {5, 5, 5}, 3).mean())
        .containsExactly(5, 5, 5);
    double[] constant = new double[500];
    Arrays.fill(constant, 7);
    Forecast same = new Forecaster(DAY).forecast(constant, 5);
    assertThat(same.mean()).containsExactly(new double[] {7, 7, 7, 7, 7}, within(1e-6));
    double[] gaps = hours(3, 4 * WEEK, 0.02);
    for (int i = 5; i < gaps.length; i += 17) {
      gaps[i] = Double.NaN;
    }
    double[] mean = new Forecaster(DAY).forecast(gaps, DAY).mean();
    double[] whole = new Forecaster(DAY).forecast(hours(3, 4 * WEEK, 0.02), DAY).mean();
    for (int h = 0; h < DAY; h++) {
      // of a level of about 100
      assertThat(mean[h]).isCloseTo(whole[h], within(10.0));
    }
    for (int n = 3; n < 120; n++) {
      double[] some = Arrays.copyOf(hours(4, 120, 0.02), n);
      assertThat(
              Arrays.stream(new Forecaster(DAY).forecast(some, HORIZON).mean())
                  .allMatch(Double::isFinite))
          .as("of %s values", n)
          .isTrue();
    }
  }

  @Test
  void whatIsNeverNegativeIsNotForecastToBe() {
    double[] falling = new double[60];
    Arrays.setAll(falling, i -> Math.max(0, 100 - 2 * i));
    Forecast forecast = new Forecaster(1).forecast(falling, 30);
    assertThat(Arrays.stream(forecast.lower()).min().orElseThrow()).isNotNegative();
  }

  @Test
  void whatCannotBeIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Forecaster(0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Forecaster(1).forecast(new double[] {1, 2}, 1))
        .withMessageContaining("3 known values or more, not 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Forecaster(1).forecast(new double[] {1, 2, 3}, 0));
  }

  @Property(seed = "8", tries = 15)
  void theUnitDoesNotMatter(
      @ForAll @LongRange(min = 0, max = 100) long seed,
      @ForAll @DoubleRange(min = 0.01, max = 1000) double factor) {
    double[] values = hours(seed, 4 * WEEK, 0.03);
    double[] scaled = Arrays.stream(values).map(value -> factor * value).toArray();
    double[] one = new Forecaster(DAY).forecast(values, HORIZON).mean();
    double[] other = new Forecaster(DAY).forecast(scaled, HORIZON).mean();
    for (int h = 0; h < HORIZON; h++) {
      assertThat(other[h] / factor / one[h]).isCloseTo(1, within(1e-6));
    }
  }

  /** Days with a noon, and weekends at half. */
  private static double[] hours(long seed, int length, double noise) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] values = new double[length];
    for (int i = 0; i < length; i++) {
      boolean weekend = i / DAY % 7 >= 5;
      double shape = 1.2 - Math.cos(2 * Math.PI * i / DAY);
      values[i] = 80 * shape * (weekend ? 0.5 : 1) * Math.exp(noise * random.nextGaussian());
    }
    return values;
  }
}
