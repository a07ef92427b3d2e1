package dev.assay.load.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.assay.api.value.Comparison;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CriterionTest {

  private static Criterion of(String key, String comparison) {
    return Criterion.parse(key, Comparison.parse(comparison));
  }

  /** One to a thousand milliseconds, each once. */
  private static ProbeNumbers milliseconds() {
    Histogram times = new Histogram(3);
    for (int i = 1; i <= 1000; i++) {
      times.recordValue(i * 1_000_000L);
    }
    ProbeNumbers numbers = new ProbeNumbers();
    numbers.add("get", times, times, 10, 1000);
    return numbers;
  }

  @ParameterizedTest
  @CsvSource({
    "latency.p99, < 1.2 s", "latency.p50, < 600 ms", "service.time.mean, <= 600 ms",
    "latency[get].max, <= 1.01 s", "errors, < 3 %", "errors[get], < 3 %"
  })
  void whatIsClearlyWithinItsBoundIsMet(String key, String comparison) {
    assertThat(of(key, comparison).met(milliseconds())).isGreaterThan(0.99);
  }

  @ParameterizedTest
  @CsvSource({
    "latency.p99, < 900 ms", "latency.p50, < 400 ms", "latency.mean, < 450 ms",
    "latency[get].max, < 990 ms", "errors, < 0.1 %", "latency[other].p50, < 10 s"
  })
  void whatIsClearlyBeyondItsBoundOrWasNeverMeasuredIsNotMet(String key, String comparison) {
    assertThat(of(key, comparison).met(milliseconds())).isLessThan(0.01);
  }

  @Test
  void whatIsOnlyJustWithinIsNoFullYes() {
    assertThat(of("latency.p50", "< 501 ms").met(milliseconds())).isCloseTo(0.5, within(0.1));
    assertThat(of("latency.p50", "< 520 ms").met(milliseconds())).isBetween(0.7, 0.97);
    assertThat(of("latency.p50", "< 480 ms").met(milliseconds())).isBetween(0.03, 0.3);
    assertThat(of("errors", "< 1.2 %").met(milliseconds())).isBetween(0.55, 0.9);
  }

  @Test
  void failuresAloneAreNotMet() {
    ProbeNumbers dead = new ProbeNumbers();
    dead.add("get", new Histogram(3), new Histogram(3), 1000, 1000);
    assertThat(of("latency.p99", "< 1 s").met(dead)).isZero();
    assertThat(of("errors", "< 1 %").met(dead)).isLessThan(1e-6);
  }

  @Test
  void aSentenceSaysValueAndBound() {
    assertThat(of("latency.p50", "< 100 ms").sentence(milliseconds()))
        .isEqualTo("latency.p50 is 500 ms, not < 100 ms");
    assertThat(of("errors", "< 2 %").sentence(milliseconds())).isEqualTo("errors is 1 % (< 2 %)");
  }

  @Test
  void itSaysHowManyRequestsItNeeds() {
    assertThat(of("latency.p99", "< 1 s").leastSamples()).isEqualTo(500);
    assertThat(of("errors", "< 1 %").leastSamples()).isEqualTo(100);
    assertThat(of("latency.max", "< 1 s").leastSamples()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "latency, < 50 ms", "latency.p99, > 50 ms", "latency.p99, 50 ms", "latency.p99, < 50 %",
    "errors, < 5 ms", "errors.p99, < 1 %", "throughput, > 5/s", "latency.p0, < 1 s",
    "latency.p99, ~ 5"
  })
  void whatIsNoUpperBoundOfTimeOrErrorsIsRefused(String key, String comparison) {
    assertThatIllegalArgumentException().isThrownBy(() -> of(key, comparison));
  }
}
