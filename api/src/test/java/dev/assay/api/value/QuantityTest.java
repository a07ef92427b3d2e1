package dev.assay.api.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTest {

  @ParameterizedTest
  @CsvSource({
    "5, 5, NONE",
    "-5, -5, NONE",
    "+5, 5, NONE",
    "1_000, 1000, NONE",
    "0.1, 0.1, NONE",
    "1e3, 1000, NONE",
    "1.5E-2, 0.015, NONE",
    "' 7 ', 7, NONE",
    "3 ns, 3, NANOSECONDS",
    "3us, 3000, NANOSECONDS",
    "3 µs, 3000, NANOSECONDS",
    "150 ms, 150000000, NANOSECONDS",
    "1.001s, 1001000000, NANOSECONDS",
    "2 min, 120000000000, NANOSECONDS",
    "2m, 120000000000, NANOSECONDS",
    "1 h, 3600000000000, NANOSECONDS",
    "1d, 86400000000000, NANOSECONDS",
    "0.1 %, 0.001, RATIO",
    "80%, 0.8, RATIO",
    "29 %, 0.29, RATIO",
    "512 B, 512, BYTES",
    "10 kB, 10000, BYTES",
    "10 KB, 10000, BYTES",
    "1.5 MB, 1500000, BYTES",
    "1 GB, 1000000000, BYTES",
    "64 KiB, 65536, BYTES",
    "1 MiB, 1048576, BYTES",
    "1 GiB, 1073741824, BYTES",
    "500/s, 500, PER_SECOND",
    "30 /min, 0.5, PER_SECOND",
    "36/h, 0.01, PER_SECOND"
  })
  void readsNumbersWithUnits(String text, double value, Unit unit) {
    assertThat(Quantity.parse(text)).isEqualTo(new Quantity(value, unit));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "ms",
        "x",
        "1.",
        ".5",
        "1,5",
        "1 2",
        "--1",
        "NaN",
        "Infinity",
        "0x10",
        "5 ms ms",
        "5 MS",
        "5 parsecs",
        "_1",
        "1e",
        "1e400",
        "1e99999",
        "1e99999999999",
        "1e-2147483647 ms",
        "٣",
      })
  void refusesWhatIsNone(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Quantity.parse(text));
  }

  @Test
  void refusesAnEndlessTextWithAShortMessage() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Quantity.parse("1".repeat(1_000_000)))
        .satisfies(thrown -> assertThat(thrown.getMessage()).hasSizeLessThan(200));
  }

  @Test
  void namesTheUnitsItKnows() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Quantity.parse("5 parsecs"))
        .withMessageStartingWith("'parsecs' is not a unit; the units are ns, us, µs, ms, s, min");
  }

  @Property(seed = "1")
  void wholeMillisecondsAreReadExactly(@ForAll @LongRange(min = 0, max = 9_000_000_000L) long ms) {
    assertThat(Quantity.parse(ms + " ms").duration()).isEqualTo(Duration.ofMillis(ms));
  }

  @ParameterizedTest
  @CsvSource({
    "0.1, s",
    "1234.567, ms",
    "-0, s",
    "-0.001, kB",
    "9007199254740991, ns",
    "9007199254740992, ns",
    "9007199254740993, ns",
    "900719925474099.35, %",
    "0.30000000000000004, ms",
    "0.000000000000000000001, d",
    "123456789012, d",
    "1.7976931348623157, GiB"
  })
  void isTheDoubleNearestToTheDecimal(String number, String unit) {
    BigDecimal factor = BigDecimal.valueOf(Quantity.parse("1 " + unit).value());
    assertThat(Quantity.parse(number + " " + unit).value())
        .isEqualTo(new BigDecimal(number).multiply(factor).doubleValue());
  }

  @Property(seed = "2")
  void everyDecimalIsTheNearestDouble(
      @ForAll @BigRange(min = "-99999999999", max = "99999999999") @Scale(8) BigDecimal number) {
    String text = number.toPlainString();
    assertThat(Quantity.parse(text).value()).isEqualTo(number.doubleValue());
    assertThat(Quantity.parse(text + " min").value())
        .isEqualTo(number.multiply(BigDecimal.valueOf(60_000_000_000L)).doubleValue());
  }

  @Test
  void onlyTimesAreDurations() {
    assertThat(Quantity.parse("1.5 s").duration()).isEqualTo(Duration.ofMillis(1500));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Quantity.parse("5 %").duration())
        .withMessage("'5 %' is not a duration; write it like 30s or 150 ms");
  }

  @ParameterizedTest
  @CsvSource({"500/s, 500", "30/min, 0.5", "900/h, 0.25", "10000000/s, 1e7"})
  void readsRates(String text, double perSecond) {
    assertThat(Rate.parse(text).perSecond()).isEqualTo(perSecond);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0/s", "-1/s", "10000001/s", "500", "500 ms", "x"})
  void refusesWhatIsNoRate(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Rate.parse(text));
  }

  @Test
  void aRateIsANumber() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Rate(Double.NaN));
  }

  @Test
  void readsShares() {
    assertThat(Share.parse("5 %")).isEqualTo(new Share(0.05)).hasToString("5 %");
    assertThat(Share.parse("250 %").ratio()).isEqualTo(2.5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "-1 %", "5 ms", "%"})
  void refusesWhatIsNoShare(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Share.parse(text));
  }

  @Test
  void readsSizes() {
    assertThat(Size.parse("64 KiB")).isEqualTo(new Size(65_536)).hasToString("65.5 kB");
    assertThat(Size.parse("0 B").bytes()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "-1 B", "5 ms", "B"})
  void refusesWhatIsNoSize(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Size.parse(text));
  }
}
