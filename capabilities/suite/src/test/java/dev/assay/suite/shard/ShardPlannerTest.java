package dev.assay.suite.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ShardPlannerTest {

  private static Map<String, Double> seconds(double... times) {
    Map<String, Double> seconds = new TreeMap<>();
    for (int i = 0; i < times.length; i++) {
      seconds.put("t" + i, times[i]);
    }
    return seconds;
  }

  @Test
  void whatLongestFirstDividesBadlyIsMended() {
    // longest first gives 7; 3 + 3 and 2 + 2 + 2 is possible
    ShardPlan plan = ShardPlanner.plan(seconds(3, 3, 2, 2, 2), 2);

    assertThat(plan.slowest()).isEqualTo(6);
    assertThat(plan.imbalance()).isEqualTo(1);
  }

  @Test
  void oneLongTestIsTheBound() {
    ShardPlan plan = ShardPlanner.plan(seconds(100, 1, 1, 1), 3);

    assertThat(plan.bound()).isEqualTo(100);
    assertThat(plan.shards().getFirst().tests()).containsExactly("t0");
    assertThat(plan.imbalance()).isEqualTo(1);
  }

  @Test
  void twoOfThreeEqualTestsHaveToMeetOnTwoShards() {
    assertThat(ShardPlanner.plan(seconds(5, 5, 5), 2).bound()).isEqualTo(10);
  }

  @Test
  void moreShardsThanTestsLeavesSomeEmpty() {
    ShardPlan plan = ShardPlanner.plan(seconds(1, 2), 4);

    assertThat(plan.shards()).extracting(shard -> shard.tests().size()).containsExactly(1, 1, 0, 0);
  }

  @Test
  void testsOfNoTimeAreSpreadOutToo() {
    ShardPlan plan = ShardPlanner.plan(seconds(new double[12]), 4);

    assertThat(plan.shards()).allSatisfy(shard -> assertThat(shard.tests()).hasSize(3));
    assertThat(plan.imbalance()).isEqualTo(1);
  }

  @Test
  void noTestsGiveEmptyShards() {
    ShardPlan plan = ShardPlanner.plan(Map.of(), 2);

    assertThat(plan.shards()).hasSize(2).allSatisfy(shard -> assertThat(shard.tests()).isEmpty());
    assertThat(plan.slowest()).isZero();
  }

  @Test
  void aNumberOfShardsOrATimeThatIsNoneIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ShardPlanner.plan(seconds(1), 0))
        .withMessageContaining("not 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ShardPlanner.plan(seconds(Double.NaN), 1))
        .withMessageContaining("t0");
  }

  @Property(tries = 200)
  void everyTestIsInExactlyOneShardAndNoShardIsSlowerThanItHasToBe(
      @ForAll @Size(max = 60) List<@DoubleRange(min = 0, max = 1000) Double> times,
      @ForAll @IntRange(min = 1, max = 12) int count) {
    Map<String, Double> seconds =
        seconds(times.stream().mapToDouble(Double::doubleValue).toArray());

    ShardPlan plan = ShardPlanner.plan(seconds, count);

    List<String> all = new ArrayList<>();
    for (Shard shard : plan.shards()) {
      all.addAll(shard.tests());
      double sum = shard.tests().stream().mapToDouble(seconds::get).sum();
      assertThat(shard.seconds()).isCloseTo(sum, within(1e-6));
    }
    assertThat(plan.shards()).hasSize(count);
    assertThat(all).containsExactlyInAnyOrderElementsOf(seconds.keySet());
    // what longest first never exceeds (Graham): 4/3 of the best, which is at least the bound
    double longest = times.stream().mapToDouble(Double::doubleValue).max().orElse(0);
    double total = times.stream().mapToDouble(Double::doubleValue).sum();
    assertThat(plan.slowest())
        .isGreaterThanOrEqualTo(plan.bound() - 1e-9)
        .isLessThanOrEqualTo(total / count + longest + 1e-6);
  }

  @Property(tries = 100)
  void theSameTestsGiveTheSameShardsInWhateverOrderTheyAreNamed(
      @ForAll @Size(max = 40) List<@DoubleRange(min = 0, max = 10) Double> times,
      @ForAll @IntRange(min = 1, max = 6) int count,
      @ForAll long seed) {
    Map<String, Double> seconds =
        seconds(times.stream().mapToDouble(Double::doubleValue).toArray());
    List<String> names = new ArrayList<>(seconds.keySet());
    Collections.shuffle(names, new Random(seed));
    Map<String, Double> shuffled = new LinkedHashMap<>();
    names.forEach(name -> shuffled.put(name, seconds.get(name)));

    assertThat(ShardPlanner.plan(shuffled, count)).isEqualTo(ShardPlanner.plan(seconds, count));
  }

  @Property(tries = 60)
  void smallDivisionsAreWithinATenthOfTheBestThereIs(
      @ForAll @Size(min = 1, max = 9) List<@DoubleRange(min = 0.01, max = 10) Double> times,
      @ForAll @IntRange(min = 2, max = 3) int count) {
    double[] tests = times.stream().mapToDouble(Double::doubleValue).toArray();

    double best = best(tests, 0, new double[count]);

    assertThat(ShardPlanner.plan(seconds(tests), count).slowest()).isLessThanOrEqualTo(best * 1.1);
  }

  private static double best(double[] tests, int next, double[] loads) {
    if (next == tests.length) {
      double slowest = 0;
      for (double load : loads) {
        slowest = Math.max(slowest, load);
      }
      return slowest;
    }
    double best = Double.POSITIVE_INFINITY;
    for (int i = 0; i < loads.length; i++) {
      loads[i] += tests[next];
      best = Math.min(best, best(tests, next + 1, loads));
      loads[i] -= tests[next];
    }
    return best;
  }

  @Test
  void onHistoriesTheSlowestShardIsWithinATenthOfTheBestPossible() {
    SplittableRandom random = new SplittableRandom(5);
    Map<String, Double> usual = new HashMap<>();
    Map<String, List<Double>> history = new TreeMap<>();
    for (int test = 0; test < 400; test++) {
      String name = "org.example.p" + test % 20 + ".Test" + test;
      usual.put(name, Math.exp(random.nextGaussian(0, 1.2)));
      history.put(name, new ArrayList<>());
    }
    double worst = 0;
    for (int cycle = 0; cycle < 40; cycle++) {
      Map<String, Double> took = new HashMap<>();
      for (String test : history.keySet()) {
        double hiccup = random.nextDouble() < 0.0005 ? 5 : 1;
        took.put(test, usual.get(test) * hiccup * Math.exp(random.nextGaussian(0, 0.15)));
      }
      if (cycle > 5) {
        Map<String, Double> known = new HashMap<>();
        history.forEach((test, past) -> known.put(test, Durations.decayedMean(past)));
        ShardPlan plan = ShardPlanner.plan(known, 8);
        double slowest =
            plan.shards().stream()
                .mapToDouble(shard -> shard.tests().stream().mapToDouble(took::get).sum())
                .max()
                .orElseThrow();
        worst += slowest / ShardPlanner.plan(took, 8).bound();
      }
      took.forEach((test, seconds) -> history.get(test).add(seconds));
    }

    assertThat(worst / 34).as("mean over cycles").isLessThan(1.10);
  }
}
