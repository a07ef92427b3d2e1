package dev.assay.observe.slo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Figures of objectives for people. */
class SloTextTest {

  @Test
  void aShareOfABudgetIsAsExactAsAnybodyWantsToKnowIt() {
    assertThat(SloText.about(84.70291)).isEqualTo("8470 %");
    assertThat(SloText.about(1)).isEqualTo("100 %");
    assertThat(SloText.about(0.37218)).isEqualTo("37 %");
    assertThat(SloText.about(0.04218)).isEqualTo("4.2 %");
    assertThat(SloText.about(0.00034)).isEqualTo("0.03 %");
    assertThat(SloText.about(0)).isEqualTo("0 %");
    assertThat(SloText.about(Double.NaN)).isEqualTo("–");
    assertThat(SloText.left(0.37218)).isEqualTo("37 % of the budget is left");
  }

  @Test
  void aShareThatWasPromisedIsAsItWasWritten() {
    assertThat(SloText.percent(0.99955)).isEqualTo("99.955 %");
    assertThat(SloText.percent(0.5)).isEqualTo("50 %");
  }
}
