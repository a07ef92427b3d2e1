package dev.assay.suite.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TailQueueTest {

  private static Map<String, Double> seconds(int tests, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Map<String, Double> seconds = new HashMap<>();
    for (int i = 0; i < tests; i++) {
      seconds.put("t" + i, Math.exp(random.nextGaussian()));
    }
    return seconds;
  }

  @Property(tries = 100)
  void everyTestIsGivenOnceWhoeverAsks(
      @ForAll @IntRange(min = 0, max = 60) int tests,
      @ForAll @IntRange(min = 1, max = 6) int workers,
      @ForAll @DoubleRange(min = 0, max = 1) double fixed,
      @ForAll @IntRange(min = 0, max = 1000) int seed) {
    Map<String, Double> seconds = seconds(tests, seed);
    TailQueue queue = new TailQueue(ShardPlanner.plan(seconds, workers), seconds, fixed);
    SplittableRandom random = new SplittableRandom(seed);
    List<String> given = new ArrayList<>();

    for (int i = 0; i < tests; i++) {
      given.add(queue.next(random.nextInt(workers)).orElseThrow());
    }

    assertThat(given).containsExactlyInAnyOrderElementsOf(seconds.keySet());
    assertThat(queue.next(0)).isEmpty();
  }

  @Test
  void aRetriedWorkerGetsTheSameTestsAgain() {
    Map<String, Double> seconds = seconds(20, 1);
    TailQueue queue = new TailQueue(ShardPlanner.plan(seconds, 2), seconds, 0.8);
    List<String> first = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      first.add(queue.next(1).orElseThrow());
    }

    queue.retry(1);

    List<String> again = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      again.add(queue.next(1).orElseThrow());
    }
    assertThat(again).isEqualTo(first).isEqualTo(queue.given(1));
    assertThat(first).doesNotContain(queue.next(1).orElseThrow());
  }

  @Test
  void whatALostWorkerDidNotFinishIsRunByTheOthers() {
    Map<String, Double> seconds = seconds(20, 2);
    TailQueue queue = new TailQueue(ShardPlanner.plan(seconds, 2), seconds, 0.8);
    String finished = queue.next(0).orElseThrow();
    queue.next(0).orElseThrow();

    queue.lost(0, Set.of(finished));

    Set<String> ran = new HashSet<>();
    for (int i = 0; i < 19; i++) {
      ran.add(queue.next(1).orElseThrow());
    }
    assertThat(ran).hasSize(19).doesNotContain(finished);
    assertThat(queue.next(1)).isEmpty();
  }

  @Test
  void aSlowWorkerIsRelievedByThePull() {
    Map<String, Double> seconds = seconds(200, 3);
    ShardPlan plan = ShardPlanner.plan(seconds, 4);
    double[] slowness = {2, 1, 1, 1};

    double pulled = pulled(new TailQueue(plan, seconds, 0.5), seconds, slowness);

    double alone = plan.shards().getFirst().seconds() * 2;
    assertThat(pulled).isLessThan(alone * 0.7);
  }

  private static double pulled(TailQueue queue, Map<String, Double> seconds, double[] slowness) {
    double[] free = new double[slowness.length];
    while (true) {
      int worker = 0;
      for (int i = 1; i < free.length; i++) {
        worker = free[i] < free[worker] ? i : worker;
      }
      var test = queue.next(worker);
      if (test.isEmpty()) {
        return Arrays.stream(free).max().orElseThrow();
      }
      free[worker] += seconds.get(test.get()) * slowness[worker];
    }
  }

  @Test
  void aWorkerThatIsNoneIsRefused() {
    TailQueue queue = new TailQueue(ShardPlanner.plan(Map.of(), 2), Map.of(), 0.8);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> queue.next(2))
        .withMessageContaining("0 to 1");
  }
}
