package dev.assay.load.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.api.value.Comparison;
import dev.assay.load.capacity.CapacitySearch.Answer;
import dev.assay.load.capacity.CapacitySearch.Found;
import dev.assay.load.capacity.CapacitySearch.GeneratorLimit;
import dev.assay.load.capacity.CapacitySearch.Limits;
import dev.assay.load.capacity.CapacitySearch.NeverMet;
import dev.assay.load.capacity.CapacitySearch.Probe;
import dev.assay.load.capacity.CapacitySearch.StillMet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The search on simulated targets whose capacity is known. */
class CapacitySearchTest {

  private static final int MOST = 30;
  private static final Limits LIMITS = new Limits(100, 5000, 0.05, MOST, Duration.ofHours(1));
  private static final Duration EACH = Duration.ofSeconds(10);

  private final List<Double> asked = new ArrayList<>();

  private Answer search(Limits limits, DoubleUnaryOperator meets) {
    CapacitySearch search = new CapacitySearch(limits);
    while (search.next() instanceof Probe probe) {
      assertThat(search.next()).isEqualTo(probe);
      asked.add(probe.rate());
      search.probed(probe.rate(), meets.applyAsDouble(probe.rate()), EACH);
    }
    assertThat(search.probes()).isLessThanOrEqualTo(limits.probes());
    return (Answer) search.next();
  }

  @Test
  void theRateDoublesUntilItIsNotMet() {
    search(LIMITS, rate -> rate <= 730 ? 1 : 0);
    assertThat(asked).startsWith(100.0, 200.0, 400.0, 800.0);
    assertThat(asked.subList(4, asked.size()))
        .allSatisfy(rate -> assertThat(rate).isLessThan(1600));
  }

  @Test
  void aTargetWithoutNoiseIsFoundAsNarrowlyAsAsked() {
    Found found = (Found) search(LIMITS, rate -> rate <= 730 ? 1 : 0);
    assertThat(found.narrow()).isTrue();
    assertThat(found.rate().contains(730)).isTrue();
    assertThat(found.rate().high() / found.rate().low()).isLessThanOrEqualTo(1.05);
  }

  @Test
  void oneFalseOutcomeFarBelowTheBorderIsOutvoted() {
    Found found = (Found) search(LIMITS, rate -> asked.size() == 3 ? 0 : rate <= 3000 ? 1 : 0);
    assertThat(found.rate().contains(3000)).isTrue();
  }

  @Test
  void whatIsNotEvenMetAtTheLowestRateIsSaid() {
    assertThat(search(LIMITS, rate -> 0)).isEqualTo(new NeverMet(100));
    assertThat(asked).hasSizeLessThanOrEqualTo(4).containsOnly(100.0);
  }

  @Test
  void whatIsStillMetAtTheHighestRateIsSaid() {
    assertThat(search(LIMITS, rate -> 1)).isEqualTo(new StillMet(5000));
    assertThat(asked).endsWith(5000.0).hasSizeLessThanOrEqualTo(11);
  }

  @Test
  void timeEndsASearchAndItsIntervalIsThenWider() {
    Limits hurried = new Limits(100, 5000, 0.05, MOST, Duration.ofSeconds(65));
    Found found = (Found) search(hurried, rate -> rate <= 730 ? 1 : 0);
    assertThat(asked).hasSize(7);
    assertThat(found.narrow()).isFalse();
    assertThat(found.rate().contains(730)).isTrue();
  }

  @Test
  void aSearchThatKnowsNothingSaysSo() {
    Limits hurried = new Limits(100, 5000, 0.05, 1, Duration.ofHours(1));
    Found found = (Found) search(hurried, rate -> 1);
    assertThat(found.rate().high()).isInfinite();
    assertThat(found.narrow()).isFalse();
  }

  @Test
  void aGeneratorThatIsLateAtTwoThousandIsTheLimitOfAFasterTarget() {
    CapacitySearch search = new CapacitySearch(LIMITS);
    while (search.next() instanceof Probe probe) {
      if (probe.rate() >= 2000) {
        search.generatorLate(probe.rate(), EACH);
      } else {
        search.probed(probe.rate(), 1, EACH);
      }
    }
    GeneratorLimit limit = (GeneratorLimit) search.next();
    assertThat(limit.met()).isBetween(1800.0, 2000.0);
    assertThat(limit.ceiling()).isBetween(limit.met(), limit.met() * 1.05);
    assertThat(search.probes()).isLessThan(MOST);
  }

  @Test
  void aGeneratorThatIsLateOnlyOnAnOverloadedMachineDoesNotHideTheBorder() {
    CapacitySearch search = new CapacitySearch(LIMITS);
    while (search.next() instanceof Probe probe) {
      if (probe.rate() >= 1500) {
        search.generatorLate(probe.rate(), EACH);
      } else {
        search.probed(probe.rate(), probe.rate() < 1100 ? 1 : 0, EACH);
      }
    }
    assertThat(((Found) search.next()).rate().contains(1100)).isTrue();
  }

  @Test
  void aGeneratorThatIsAlwaysLateMeetsNothing() {
    CapacitySearch search = new CapacitySearch(LIMITS);
    while (search.next() instanceof Probe probe) {
      search.generatorLate(probe.rate(), EACH);
    }
    assertThat(search.next()).isEqualTo(new GeneratorLimit(0, 100));
    assertThat(search.probes()).isEqualTo(4);
  }

  /** Logistic outcomes of known border and spread, and 1 % of them the wrong way round. */
  @ParameterizedTest
  @ValueSource(doubles = {0.0001, 0.01, 0.03, 0.1})
  void theIntervalHoldsTheTruthInNineOfTenSearchesAtLeast(double spread) {
    SplittableRandom random = new SplittableRandom(11);
    int searches = 120;
    int held = 0;
    double bias = 0;
    for (int i = 0; i < searches; i++) {
      double truth = 110 * Math.pow(40, random.nextDouble());
      Answer answer = search(LIMITS, rate -> noisy(rate, truth, spread, random));
      if (answer instanceof Found found) {
        held += found.rate().contains(truth) ? 1 : 0;
        bias += Math.log(found.rate().estimate() / truth) / searches;
      }
    }
    assertThat(held / (double) searches).isGreaterThanOrEqualTo(0.9);
    assertThat(bias).isCloseTo(0, within(Math.max(0.004, spread / 2)));
  }

  private static double noisy(double rate, double truth, double spread, SplittableRandom random) {
    boolean meets = random.nextDouble() < 1 / (1 + Math.exp(Math.log(rate / truth) / spread));
    return meets ^ random.nextDouble() < 0.01 ? 1 : 0;
  }

  /**
   * A queue with one server and random arrivals and services, of which latency is known: the 99th
   * percentile is ln 100 / (mu - lambda), so 50 ms are kept up to mu - 92/s. Probes of half a
   * minute are long enough to see it; in ten seconds the border seems up to 4 % higher than it is.
   */
  @Test
  void theBorderOfAQueueWithOneServerIsFound() {
    SplittableRandom random = new SplittableRandom(5);
    Criterion criterion = Criterion.parse("latency.p99", Comparison.parse("< 50 ms"));
    int searches = 60;
    int held = 0;
    double bias = 0;
    for (int i = 0; i < searches; i++) {
      double service = 300 * Math.pow(3, random.nextDouble());
      double truth = service - Math.log(100) / 0.05;
      Found found = (Found) search(LIMITS, rate -> criterion.met(queue(rate, service, random)));
      held += found.rate().contains(truth) ? 1 : 0;
      bias += Math.log(found.rate().estimate() / truth) / searches;
    }
    assertThat(held / (double) searches).isGreaterThanOrEqualTo(0.9);
    assertThat(bias).isCloseTo(0, within(0.02));
  }

  /** Thirty seconds of it after five of settling. */
  private static ProbeNumbers queue(double rate, double service, SplittableRandom random) {
    Histogram latency = new Histogram(3);
    double now = 0;
    double free = 0;
    while (now < 35) {
      now += -Math.log1p(-random.nextDouble()) / rate;
      free = Math.max(free, now) - Math.log1p(-random.nextDouble()) / service;
      if (now > 5) {
        latency.recordValue((long) ((free - now) * 1e9));
      }
    }
    ProbeNumbers numbers = new ProbeNumbers();
    numbers.add("get", latency, latency, 0, latency.getTotalCount());
    return numbers;
  }
}
