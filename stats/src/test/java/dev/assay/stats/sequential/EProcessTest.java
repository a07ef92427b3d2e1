package dev.assay.stats.sequential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.assay.stats.Interval;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

class EProcessTest {

  private static final int RUNS = 1000;

  /** Five per cent of 1,000 are 50; more than 64 come in one of forty where that is the truth. */
  private static final int ALARMS = 64;

  @Test
  void anUrnIsTheHypergeometricDistribution() {
    // 5 of 10 drawn, 4 marked: C(4,2) C(6,3) / C(10,5)
    assertThat(Math.exp(new Urn(6, 4, 5, 2).logProbability(1)))
        .isCloseTo(120.0 / 252, within(1e-12));
    double sum = 0;
    double mean = 0;
    for (int k = 0; k <= 4; k++) {
      double p = Math.exp(new Urn(6, 4, 5, k).logProbability(3));
      sum += p;
      mean += k * p;
    }
    assertThat(sum).isCloseTo(1, within(1e-12));
    assertThat(mean).isGreaterThan(2);
    assertThat(new Urn(1_000_000, 1_000_000, 400_000, 390_000).logProbability(1))
        .isNegative()
        .isFinite();
  }

  @Test
  void aHealthyCanaryIsRarelyAlarmedAboutHoweverOftenOneLooks() {
    // one per cent of errors, a tenth of the traffic, a look each second for ten minutes
    assertThat(
            alarms(seed -> {
              SplittableRandom random = new SplittableRandom(seed);
              ErrorRates rates = new ErrorRates();
              for (int second = 0; second < 600; second++) {
                double rate = second % 60 == 0 ? 0.1 : 0.01;
                rates.look(hits(random, 45, rate), 45, hits(random, 5, rate), 5);
              }
              return rates.alarm(0.05);
            }))
        .isLessThan(ALARMS);
  }

  @Test
  void aDoubledErrorRateIsFoundWithinTenLooksOfFiveHundred() {
    assertThat(
            alarms(seed -> {
              SplittableRandom random = new SplittableRandom(seed);
              ErrorRates rates = new ErrorRates();
              for (int look = 0; look < 10; look++) {
                rates.look(hits(random, 500, 0.02), 500, hits(random, 500, 0.04), 500);
              }
              return rates.alarm(0.05);
            }))
        .isGreaterThan(970);
  }

  @Test
  void slowerRequestsAreFoundAndEqualOnesAreNot() {
    assertThat(alarms(seed -> latencies(seed, 1, 0))).isLessThan(ALARMS);
    assertThat(alarms(seed -> latencies(seed, 1.2, 0))).isGreaterThan(970);
    assertThat(alarms(seed -> latencies(seed, 1, 0.05))).isGreaterThan(970);
  }

  private static boolean latencies(int seed, double factor, double tail) {
    SplittableRandom random = new SplittableRandom(seed);
    Latencies latencies = new Latencies();
    for (int look = 0; look < 10; look++) {
      double[] control = new double[400];
      double[] candidate = new double[100];
      double weather = Math.exp(0.3 * random.nextGaussian());
      for (int i = 0; i < control.length; i++) {
        control[i] = weather * Math.exp(0.5 * random.nextGaussian());
      }
      for (int i = 0; i < candidate.length; i++) {
        candidate[i] = factor * weather * Math.exp(0.5 * random.nextGaussian());
        candidate[i] *= random.nextDouble() < tail ? 5 : 1;
      }
      latencies.look(control, candidate);
    }
    return latencies.alarm(0.05);
  }

  @Test
  void fewEventsSufficeWhereNearlyAllAreTheCandidates() {
    EventCounts counts = new EventCounts();
    for (int i = 0; i < 18; i++) {
      counts.look(i % 6 == 0 ? 1 : 0, 9, 1, 1);
    }
    assertThat(counts.excess()).isEqualTo(new Excess(18, 21, 0.1));
    assertThat(counts.excess().expected()).isCloseTo(2.1, within(1e-12));
    assertThat(counts.alarm(0.001)).isTrue();
    assertThat(
            alarms(seed -> {
              SplittableRandom random = new SplittableRandom(seed);
              EventCounts few = new EventCounts();
              for (int look = 0; look < 300; look++) {
                few.look(hits(random, 9, 0.01), 9, hits(random, 1, 0.01), 1);
              }
              return few.alarm(0.05);
            }))
        .isLessThan(ALARMS);
  }

  @Test
  void signsOfPairsAreACoinsWhileNothingDiffers() {
    assertThat(alarms(seed -> pairs(seed, 0))).isLessThan(ALARMS);
    assertThat(alarms(seed -> pairs(seed, 1))).isGreaterThan(940);
  }

  private static boolean pairs(int seed, double more) {
    SplittableRandom random = new SplittableRandom(seed);
    Pairs pairs = new Pairs();
    double weather = 0;
    for (int second = 0; second < 60; second++) {
      weather = 0.95 * weather + random.nextGaussian();
      pairs.look(weather + random.nextGaussian(), weather + random.nextGaussian() + more);
    }
    return pairs.alarm(0.05);
  }

  @Test
  void whatIsAcceptedIsNotAlarmedAbout() {
    assertThat(
            alarms(seed -> {
              SplittableRandom random = new SplittableRandom(seed);
              ErrorRates rates = new ErrorRates(1.5);
              for (int look = 0; look < 20; look++) {
                rates.look(hits(random, 500, 0.02), 500, hits(random, 500, 0.0285), 500);
              }
              return rates.alarm(0.05);
            }))
        .isLessThan(ALARMS);
  }

  @Test
  void moreErrorsAreMoreEvidence() {
    double last = Double.NEGATIVE_INFINITY;
    for (int errors = 0; errors <= 40; errors++) {
      ErrorRates rates = new ErrorRates();
      rates.look(10, 1000, errors, 1000);
      assertThat(rates.logValue()).isGreaterThan(last);
      last = rates.logValue();
    }
  }

  @Test
  void withoutLooksOrOnOneSideOnlyThereIsNoEvidence() {
    ErrorRates rates = new ErrorRates();
    assertThat(rates.value()).isEqualTo(1);
    assertThat(rates.pValue()).isEqualTo(1);
    rates.look(0, 0, 30, 30);
    rates.look(0, 100, 0, 100);
    assertThat(rates.value()).isCloseTo(1, within(1e-12));
    assertThat(EProcess.average(0, 30)).isEqualTo(15);
    assertThatIllegalArgumentException().isThrownBy(() -> EProcess.average());
    assertThatIllegalArgumentException().isThrownBy(() -> EProcess.average(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> rates.look(2, 1, 0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> rates.alarm(0));
    assertThatIllegalArgumentException().isThrownBy(() -> new ErrorRates(0.5));
    assertThatIllegalArgumentException().isThrownBy(() -> new EventCounts(0.5));
    assertThatIllegalArgumentException().isThrownBy(() -> new EventCounts().look(1, -1, 0, 1));
  }

  @Test
  void aConfidenceSequenceHoldsTheTruthAtAllTimesAtOnce() {
    assertThat(
            alarms(seed -> {
              SplittableRandom random = new SplittableRandom(seed);
              long hits = 0;
              boolean outside = false;
              for (int n = 1; n <= 1000; n++) {
                hits += random.nextDouble() < 0.1 ? 1 : 0;
                outside |= !ConfidenceSequence.proportion(hits, n).contains(0.1);
              }
              return outside;
            }))
        .isLessThan(ALARMS);
    assertThat(
            alarms(seed -> {
              SplittableRandom random = new SplittableRandom(seed);
              double sum = 0;
              double squares = 0;
              boolean outside = false;
              for (int n = 1; n <= 2000; n++) {
                double value = -Math.log(1 - random.nextDouble());
                sum += value;
                squares += value * value;
                double deviation = Math.sqrt(Math.max(0, squares / n - sum / n * sum / n));
                outside |= n >= 100 && !ConfidenceSequence.mean(n, sum / n, deviation).contains(1);
              }
              return outside;
            }))
        .isLessThan(ALARMS);
  }

  @Test
  void aSequenceOfRatiosNarrowsAroundTheRatio() {
    Interval few = ConfidenceSequence.ratio(9, 9, 2, 1);
    Interval many = ConfidenceSequence.ratio(900, 9, 200, 1);
    assertThat(few.contains(1)).isTrue();
    assertThat(many.low()).isBetween(1.4, 2.0);
    assertThat(many.high()).isBetween(2.0, 2.7);
    assertThat(ConfidenceSequence.ratio(0, 1, 0, 1).high()).isInfinite();
    assertThat(ConfidenceSequence.proportion(0, 0)).isEqualTo(new Interval(0, Double.NaN, 1));
    assertThat(ConfidenceSequence.proportion(0, 100).low()).isZero();
    assertThat(ConfidenceSequence.proportion(100, 100).high()).isEqualTo(1);
    assertThatIllegalArgumentException().isThrownBy(() -> ConfidenceSequence.ratio(1, 0, 1, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> ConfidenceSequence.proportion(2, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> ConfidenceSequence.mean(1, 1, 1));
  }

  private static int alarms(IntPredicate run) {
    int alarms = 0;
    for (int seed = 0; seed < RUNS; seed++) {
      alarms += run.test(seed) ? 1 : 0;
    }
    return alarms;
  }

  private static long hits(SplittableRandom random, int total, double rate) {
    long hits = 0;
    for (int i = 0; i < total; i++) {
      hits += random.nextDouble() < rate ? 1 : 0;
    }
    return hits;
  }
}
