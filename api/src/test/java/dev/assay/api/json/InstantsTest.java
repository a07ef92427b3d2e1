package dev.assay.api.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstantsTest {

  @Property
  void whatAnInstantSaysIsReadAsThatInstant(
      @ForAll @LongRange(min = -62_167_219_200L, max = 253_402_300_799L) long second,
      @ForAll @IntRange(max = 999_999_999) int nano) {
    for (int rounding : new int[] {1, 1_000, 1_000_000, 1_000_000_000}) {
      Instant instant = Instant.ofEpochSecond(second, nano / rounding * rounding);
      assertThat(Instants.parse(instant.toString())).isEqualTo(instant);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2024-02-29T00:00:00Z",
        "2024-12-31T23:59:59.5Z",
        "2024-01-31T24:00:00Z",
        "2016-12-31T23:59:60Z",
        "2024-01-01T10:00:00+02:00",
        "2024-01-01t10:00:00z",
        "+12024-01-01T10:00:00Z",
        "2024-01-01T10:00:00.Z"
      })
  void everyOtherFormIsReadAsTheJdkReadsIt(String text) {
    assertThat(Instants.parse(text)).isEqualTo(Instant.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Z",
        "2023-02-29T00:00:00Z",
        "2024-13-01T00:00:00Z",
        "2024-00-01T00:00:00Z",
        "2024-01-00T00:00:00Z",
        "2024-01-01T25:00:00Z",
        "2024-01-01T10:61:00Z",
        "2024-01-01T10:00:00.1234567891Z",
        "2024-01-01T10:00:00",
        "2024-01-01T10:00Z",
        "2024/01/01T10:00:00Z",
        "20x4-01-01T10:00:00Z"
      })
  void whatIsNoInstantIsRefusedAsTheJdkRefusesIt(String text) {
    assertThatThrownBy(() -> Instants.parse(text)).isInstanceOf(DateTimeParseException.class);
  }
}
