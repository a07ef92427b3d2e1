package dev.assay.api.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.assay.api.value.Comparison.Operator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ComparisonTest {

  @ParameterizedTest
  @CsvSource({
    "< 150 ms, 149e6, true",
    "< 150 ms, 150e6, false",
    "<= 150 ms, 150e6, true",
    "<= 150 ms, 151e6, false",
    "> 0, 1, true",
    "> 0, 0, false",
    ">= 80 %, 0.8, true",
    ">= 80 %, 0.79, false",
    "200, 200, true",
    "200, 201, false",
    "= 200, 200, true",
    "== 200, 200, true",
    "!= 0, 1, true",
    "!= 0, 0, false",
    "<150ms, 1, true",
    "> 5, Infinity, true",
    "abc, 5, false",
    "!= abc, 5, false",
    "~ 5, 5, false",
    "!~ 5, 6, false"
  })
  void comparesNumbers(String comparison, double value, boolean holds) {
    assertThat(Comparison.parse(comparison).holds(value)).isEqualTo(holds);
  }

  @ParameterizedTest
  @ValueSource(strings = {"< 1", "<= 1", "> 1", ">= 1", "1", "= 1", "== 1", "!= 1", "~ 1", "!~ 1"})
  void aNaNHoldsForNothing(String comparison) {
    assertThat(Comparison.parse(comparison).holds(Double.NaN)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"< 1", "<= 1", "> 1", ">= 1", "1", "= 1", "== 1", "!= 1", "~ 1"})
  void aNaNAsATextHoldsForNoComparisonWithANumber(String comparison) {
    assertThat(Comparison.parse(comparison).holds("NaN")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "ok, ok, true",
    "ok, OK, false",
    "= ok, ok, true",
    "!= ok, no, true",
    "!= ok, ok, false",
    "200, 200, true",
    "200, 200.0, true",
    "200, 2e2, true",
    "200, 200d, false",
    "200, 0xC8, false",
    "200, '', false",
    "!= 200, 200.0, false",
    "!= 200, x, true",
    "> 5, 6, true",
    "> 5, x, false",
    "> 5, Infinity, false",
    "> 5, 6 ms, false",
    "< 250 ms, 0.2 s, true",
    "< 250 ms, 0.3 s, false",
    "< 250 ms, 5, false",
    "> 250 ms, 500000000, false",
    "< 10 kB, 512, true",
    "< 10 kB, 20000, false",
    "< 10 kB, 5 ms, false",
    ">= 80 %, 81 %, true",
    ">= 80 %, 1, false",
    "~ ^a.c$, abc, true",
    "~ b, abc, true",
    "~ ^b, abc, false",
    "!~ b, abc, false",
    "!~ x, abc, true"
  })
  void comparesTexts(String comparison, String value, boolean holds) {
    assertThat(Comparison.parse(comparison).holds(value)).isEqualTo(holds);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<",
        "< x",
        ">= ms",
        "> ",
        "<= 5 parsecs",
        "~",
        "!~",
        "~ ",
        "~ [",
        "!~ (",
        "< NaN"
      })
  void refusesWhatCannotBeCompared(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Comparison.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "< 150 ms",
        ">= 80 %",
        "200",
        "!= 0",
        "~ a|b",
        "!~ x",
        "==x",
        "= =x",
        "",
        "<= 5",
        "> 1"
      })
  void isReadBackFromHowItIsShown(String text) {
    Comparison comparison = Comparison.parse(text);
    assertThat(Comparison.parse(comparison.toString()))
        .isEqualTo(comparison)
        .hasSameHashCodeAs(comparison);
  }

  @Test
  void theSignsOfEqualityAreOneOperator() {
    assertThat(Comparison.parse("= 5")).isEqualTo(Comparison.parse("== 5"));
    assertThat(Comparison.parse("5")).isEqualTo(Comparison.of(Operator.SAME, "5"));
    assertThat(Comparison.parse("5")).hasToString("= 5").isNotEqualTo(Comparison.parse("!= 5"));
  }

  @Test
  void ofTwoRegularExpressionsTheSameTextIsEqual() {
    assertThat(Comparison.parse("~ a+")).isEqualTo(Comparison.parse("~a+"));
    assertThat(Comparison.parse("~ a+")).isNotEqualTo(Comparison.parse("~ a*"));
  }
}
