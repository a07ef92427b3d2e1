package dev.assay.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class StudentTTest {

  @Test
  void quantilesAreThoseOfTheTables() {
    assertThat(StudentT.quantile(0.05, 1)).isCloseTo(12.7062, within(1e-3));
    assertThat(StudentT.quantile(0.01, 8)).isCloseTo(3.35539, within(1e-4));
    assertThat(StudentT.quantile(0.001, 11)).isCloseTo(4.43698, within(1e-4));
    assertThat(StudentT.quantile(0.05, 1e6)).isCloseTo(1.96, within(0.003));
  }

  @Test
  void tailsAreTheInverseOfQuantiles() {
    for (double freedom : new double[] {1, 2.5, 11, 100}) {
      for (double probability : new double[] {0.5, 0.05, 1e-3, 1e-6}) {
        double value = StudentT.quantile(probability, freedom);
        assertThat(StudentT.tail(value, freedom))
            .isCloseTo(probability, within(1e-6 * probability + 1e-12));
        assertThat(StudentT.tail(-value, freedom)).isEqualTo(StudentT.tail(value, freedom));
      }
    }
    assertThat(StudentT.tail(0, 5)).isCloseTo(1, within(1e-12));
  }
}
