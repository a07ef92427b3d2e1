package dev.assay.network.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.api.problem.ProblemException;
import dev.assay.api.problem.Where;
import dev.assay.network.Conditions;
import dev.assay.network.link.Condition;
import dev.assay.network.link.Counting;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdHocConditionTest {

  private static Condition of(
      @Nullable String profile,
      @Nullable String rtt,
      @Nullable String delay,
      @Nullable String rate) {
    return new AdHocCondition(profile, rtt, delay, null, null, rate, null, null, null, null)
        .condition(Conditions.profiles());
  }

  @Test
  void nothingSaidIsNothingInTheWay() {
    assertThat(of(null, null, null, null)).isEqualTo(Condition.NONE);
    assertThat(of(null, null, "0ms", "0kbit")).isEqualTo(Condition.NONE);
  }

  @Test
  void aRoundTripIsHalvedAndADelayIsNot() {
    assertThat(of(null, "100ms", null, null).down().delay().mean()).isEqualTo(50e6);
    assertThat(of(null, null, "100ms", null).down().delay().mean()).isEqualTo(100e6);
    assertThat(of(null, null, "100", null).up().delay().mean()).isEqualTo(100e6);
  }

  @ParameterizedTest
  @CsvSource({"1.6mbit, 1.6e6", "750kbit, 750e3", "1.6 Mbit/s, 1.6e6", "9600, 9600", "1gbit, 1e9"})
  void ratesAreReadAsPeopleWriteThem(String text, double bits) {
    assertThat(of(null, null, null, text).up().bitsPerSecond()).isEqualTo(bits);
  }

  @Test
  void aProfileKeepsWhatIsNotChanged() {
    Condition plain = Conditions.profiles().named("3g", Where.named("test"));
    Condition slower = of("3g", "900ms", null, null);
    assertThat(slower.roundTrip()).isEqualTo(900e6);
    assertThat(slower.down().bitsPerSecond()).isEqualTo(plain.down().bitsPerSecond());
  }

  @Test
  void spreadIsUniformAndCountingCanBePayload() {
    Condition made =
        new AdHocCondition(null, null, "50ms", null, "20ms", null, null, "1mbit", "1%", "payload")
            .condition(Conditions.profiles());
    assertThat(made.up().delay().distribution().mean()).isEqualTo(50e6);
    assertThat(made.up().delay().distribution().deviation())
        .isCloseTo(20e6 / Math.sqrt(3), org.assertj.core.data.Offset.offset(1e4));
    assertThat(made.up().counting()).isEqualTo(Counting.PAYLOAD);
    assertThat(made.up().bitsPerSecond()).isEqualTo(1e6);
    assertThat(made.down().bitsPerSecond()).isZero();
    assertThat(made.down().loss().mean()).isEqualTo(0.01);
  }

  @Test
  void whatCannotBeReadIsAProblem() {
    assertThatThrownBy(() -> of(null, "soon", null, null))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("ASSAY-NETWORK-032");
    assertThatThrownBy(() -> of(null, "1ms", "1ms", null)).isInstanceOf(ProblemException.class);
    assertThatThrownBy(() -> of(null, null, null, "10 apples"))
        .isInstanceOf(ProblemException.class);
    assertThatThrownBy(() -> of("3gg", null, null, null)).hasMessageContaining("'3g'");
  }

  @ParameterizedTest
  @CsvSource({
    ":9000, 127.0.0.1:9000",
    "127.0.0.1:80, 127.0.0.1:80",
    "[::1]:80, [0:0:0:0:0:0:0:1]:80"
  })
  void addressesMayLackAHost(String text, String meant) {
    assertThat(Address.text(Address.of(text, Where.named("test")))).isEqualTo(meant);
  }

  @ParameterizedTest
  @CsvSource({"localhost", "a:b", "127.0.0.1:70000", "::1:80"})
  void whatIsNoAddressIsAProblem(String text) {
    assertThatThrownBy(() -> Address.of(text, Where.named("test")))
        .hasMessageContaining("ASSAY-NETWORK-031");
  }
}
