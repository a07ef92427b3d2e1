package dev.assay.network.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.network.link.Delay;
import dev.assay.network.link.DirectionCondition;
import dev.assay.network.link.Distribution;
import dev.assay.network.link.Loss;
import dev.assay.network.link.Queue;
import dev.assay.network.link.Reordering;
import dev.assay.network.link.Trace;
import dev.assay.network.profile.ConditionImport;
import java.util.List;
import org.junit.jupiter.api.Test;

class NetemWordsTest {

  private static final double MS = 1e6;

  @Test
  void aConditionBecomesArgumentsThatMeanTheSame() {
    DirectionCondition condition =
        DirectionCondition.NONE
            .withDelay(new Delay(new Distribution.Normal(100 * MS, 20 * MS), 0.25))
            .withLoss(new Loss.GilbertElliott(0.01, 0.2, 0.7, 0.001))
            .withRate(1e6)
            .withDuplicate(0.005)
            .withReordering(new Reordering(0.02, 3, true))
            .withQueue(Queue.dropTail(151_400));
    List<String> words = NetemWords.of(condition);
    assertThat(String.join(" ", words))
        .isEqualTo(
            "limit 100 delay 100000.000us 20000.000us 25.000000% distribution normal"
                + " loss gemodel 1.000000% 20.000000% 70.000000% 0.100000%"
                + " duplicate 0.500000% reorder 2.000000% gap 3 rate 1000000bit");
    DirectionCondition again =
        ConditionImport.read(String.join(" ", words), "words", ConditionImport.Kind.NETEM)
            .getFirst()
            .condition()
            .down();
    assertThat(again).isEqualTo(condition);
  }

  @Test
  void whatNetemDoesNotHaveIsAProblem() {
    for (DirectionCondition condition :
        List.of(
            DirectionCondition.NONE.withTrace(new Trace(1)),
            DirectionCondition.NONE.withQueue(Queue.codel(5_000_000, 0)),
            DirectionCondition.NONE.withDelay(Delay.of(Distribution.LogNormal.of(MS, MS))),
            DirectionCondition.NONE.withDelay(Delay.of(Distribution.Pareto.ofMean(MS, 2))))) {
      assertThatThrownBy(() -> NetemWords.of(condition)).hasMessageContaining("ASSAY-NETWORK-014");
    }
  }
}
