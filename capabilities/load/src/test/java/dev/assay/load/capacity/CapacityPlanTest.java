package dev.assay.load.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.stats.Interval;
import org.junit.jupiter.api.Test;

final class CapacityPlanTest {

  @Test
  void theLowEndOfTheIntervalIsTheSafeSide() {
    CapacityPlan plan = CapacityPlan.of(2000, new Interval(390, 450, 510), 0.34);

    assertThat(plan.fewest()).isEqualTo(4);
    assertThat(plan.likely()).isEqualTo(5);
    assertThat(plan.most()).isEqualTo(6);
    assertThat(plan.sentence())
        .isEqualTo(
            "2000/s takes 6 targets like this one at 2.04 an hour to be on the safe side, and 5 as"
                + " things look (1.70), as long as they share nothing that gets scarce");
  }

  @Test
  void oneTargetIsTheLeastThatARateTakes() {
    CapacityPlan plan = CapacityPlan.of(10, new Interval(390, 450, 510), null);

    assertThat(plan.most()).isEqualTo(1);
    assertThat(plan.sentence())
        .isEqualTo(
            "10/s takes 1 target like this one, as long as they share nothing that gets scarce");
  }
}
