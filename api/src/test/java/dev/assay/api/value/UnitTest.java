package dev.assay.api.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class UnitTest {

  @ParameterizedTest
  @CsvSource({
    "NONE, 0, 0",
    "NONE, -0.0, 0",
    "NONE, 42, 42",
    "NONE, -42, -42",
    "NONE, 999999, 999999",
    "NONE, 1234567, 1.23e+06",
    "NONE, 1.2345, 1.23",
    "NONE, 9.999, 10",
    "NONE, 99.96, 100",
    "NONE, 1234.5, 1235",
    "NONE, 0.5, 0.5",
    "NONE, 0.09996, 0.1",
    "NONE, 0.01234, 0.0123",
    "NONE, 0.001234, 0.00123",
    "NONE, 0.0001494, 0.000149",
    "NONE, 0.0000012345, 0.00000123",
    "NONE, 1.234e-7, 1.23e-07",
    "NONE, -0.001234, -0.00123",
    "NONE, NaN, nothing",
    "NONE, Infinity, ∞",
    "NANOSECONDS, -Infinity, -∞",
    "BYTES, NaN, nothing",
    "RATIO, 0.001, 0.1 %",
    "RATIO, 1, 100 %",
    "RATIO, 0.12345, 12.3 %",
    "RATIO, 0, 0 %",
    "RATIO, 0.0000149, 0.00149 %",
    "PER_SECOND, 500, 500/s",
    "PER_SECOND, 0.027777, 0.0278/s",
    "NANOSECONDS, 0, 0 ns",
    "NANOSECONDS, 1, 1 ns",
    "NANOSECONDS, 999, 999 ns",
    "NANOSECONDS, 999.6, 1 µs",
    "NANOSECONDS, 1000, 1 µs",
    "NANOSECONDS, 999499, 999 µs",
    "NANOSECONDS, 999500, 1 ms",
    "NANOSECONDS, 1250000, 1.25 ms",
    "NANOSECONDS, 999600000, 1 s",
    "NANOSECONDS, 119500000000, 120 s",
    "NANOSECONDS, 125000000000, 2 min 5 s",
    "NANOSECONDS, 7199400000000, 119 min 59 s",
    "NANOSECONDS, 7200000000000, 2 h 0 min",
    "NANOSECONDS, 90061000000000, 25 h 1 min",
    "NANOSECONDS, -1250000, -1.25 ms",
    "NANOSECONDS, -125000000000, -2 min 5 s",
    "NANOSECONDS, -10000000000000, -2 h 46 min",
    "BYTES, 512, 512 B",
    "BYTES, 999.7, 1 kB",
    "BYTES, 1000, 1 kB",
    "BYTES, 65536, 65.5 kB",
    "BYTES, 999600, 1 MB",
    "BYTES, 1500000, 1.5 MB",
    "BYTES, 2.5e9, 2.5 GB"
  })
  void showsThreeDigitsForPeople(Unit unit, double value, String shown) {
    assertThat(unit.format(value)).isEqualTo(shown);
  }

  @Property(seed = "1")
  void whatIsShownIsWithinHalfAPerCentOfTheValue(
      @ForAll @DoubleRange(min = 1, max = 100e9) double nanos) {
    double shown = Quantity.parse(Unit.NANOSECONDS.format(nanos)).value();
    assertThat(shown / nanos).isBetween(0.9949, 1.0051);
  }

  @ParameterizedTest
  @EnumSource
  void isFoundByItsCode(Unit unit) {
    assertThat(Unit.of(unit.code())).isEqualTo(unit);
  }

  @Test
  void anUnknownCodeIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> Unit.of("furlong"));
  }
}
