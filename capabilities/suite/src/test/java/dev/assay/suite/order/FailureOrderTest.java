package dev.assay.suite.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.assay.suite.order.Execution.Result;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class FailureOrderTest {

  private final FailureOrder order = new FailureOrder();

  private static Execution execution(String test, Result result, double seconds) {
    return new Execution(test, result, OptionalDouble.of(seconds));
  }

  private static List<Candidate> candidates(String... tests) {
    return Stream.of(tests).map(Candidate::of).toList();
  }

  @Test
  void whatFailedLastComesFirst() {
    order.learn(
        List.of(
            execution("a", Result.PASS, 1),
            execution("b", Result.FAIL, 1),
            execution("c", Result.PASS, 1)));

    assertThat(order.order(candidates("a", "b", "c")).names()).startsWith("b");
  }

  @Test
  void ofTwoThatFailTheQuickOneComesFirst() {
    order.learn(List.of(execution("slow", Result.FAIL, 60), execution("quick", Result.FAIL, 1)));

    assertThat(order.order(candidates("slow", "quick")).names()).containsExactly("quick", "slow");
  }

  @Test
  void aDurationThatIsToldCountsMoreThanThePast() {
    order.learn(List.of(execution("slow", Result.FAIL, 60), execution("quick", Result.FAIL, 1)));

    Ordering told =
        order.order(
            List.of(new Candidate("slow", OptionalDouble.of(0.01), false), Candidate.of("quick")));

    assertThat(told.names()).containsExactly("slow", "quick");
  }

  @Test
  void whereNothingIsKnownWhatChangedComesFirst() {
    List<Candidate> candidates = new ArrayList<>(candidates("a", "b", "d"));
    candidates.add(new Candidate("c", OptionalDouble.empty(), true));

    assertThat(order.order(candidates).names()).containsExactly("c", "a", "b", "d");
  }

  @Test
  void aTestThatChangedComesBeforeOneThatDidNotWhereChangesBreakTests() {
    for (int cycle = 0; cycle < 60; cycle++) {
      String changed = "t" + cycle % 10;
      List<Candidate> candidates = new ArrayList<>();
      List<Execution> results = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        String test = "t" + i;
        candidates.add(new Candidate(test, OptionalDouble.empty(), test.equals(changed)));
        boolean fails = test.equals(changed) && cycle % 2 == 0;
        results.add(execution(test, fails ? Result.FAIL : Result.PASS, 1));
      }
      order.order(candidates);
      order.learn(results);
    }

    List<Candidate> candidates = new ArrayList<>(candidates("t1", "t2", "t3", "t5"));
    candidates.add(new Candidate("t7", OptionalDouble.empty(), true));
    assertThat(order.order(candidates, Ranking.MIXTURE).names()).startsWith("t7");
  }

  @Test
  void aTestNamedTwiceIsThereOnceAndFailedWhereOneEntryDid() {
    order.learn(
        List.of(
            execution("twice", Result.FAIL, 1),
            execution("twice", Result.PASS, 1),
            execution("other", Result.PASS, 1)));

    assertThat(order.order(candidates("other", "twice", "twice")).names())
        .containsExactly("twice", "other");
  }

  @Test
  void aCycleOfSkippedTestsTeachesNothing() {
    order.learn(List.of(execution("a", Result.FAIL, 1), execution("b", Result.PASS, 1)));
    List<Ranked> before = order.order(candidates("a", "b")).tests();

    order.learn(List.of(execution("a", Result.SKIP, 1), execution("b", Result.SKIP, 1)));

    assertThat(order.order(candidates("a", "b")).tests()).isEqualTo(before);
  }

  @Test
  void noTestsGiveNoOrder() {
    assertThat(order.order(List.of()).tests()).isEmpty();
    assertThat(order.order(List.of()).within(10).probabilityMissed()).isZero();
  }

  @Test
  void aTimeThatIsNoneIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> execution("a", Result.PASS, Double.NaN))
        .withMessageContaining("NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Candidate("a", OptionalDouble.of(-1), false));
    assertThatIllegalArgumentException().isThrownBy(() -> order.order(List.of()).within(-1));
  }

  @Test
  void aBudgetTakesWhatFitsAndPassesOverWhatDoesNot() {
    Ordering ordering =
        new Ordering(
            List.of(new Ranked("a", 0.4, 4), new Ranked("long", 0.5, 10), new Ranked("b", 0.1, 3)),
            Ranking.FAILURE_AVERAGE,
            1);

    Budgeted budgeted = ordering.within(8);

    assertThat(budgeted.chosen()).extracting(Ranked::test).containsExactly("a", "b");
    assertThat(budgeted.seconds()).isEqualTo(7);
    assertThat(budgeted.probabilityMissed()).isCloseTo(0.5, within(1e-12));
  }

  @Test
  void aBudgetPrefersOneLongTestThatIsBetterThanAllTheShortOnes() {
    Ordering ordering =
        new Ordering(
            List.of(new Ranked("short", 0.2, 1), new Ranked("long", 0.9, 10)),
            Ranking.FAILURE_AVERAGE,
            1);

    assertThat(ordering.within(10).chosen()).extracting(Ranked::test).containsExactly("long");
  }

  @Property(tries = 30)
  void theOrderInWhichTestsAreNamedDoesNotMatter(
      @ForAll @IntRange(min = 1, max = 10_000) int seed) {
    FailureOrder one = new FailureOrder();
    FailureOrder other = new FailureOrder();
    Random random = new Random(seed);
    for (List<Execution> cycle : SimulatedProject.JAVA.cycles(12, seed)) {
      List<Execution> shuffled = new ArrayList<>(cycle);
      Collections.shuffle(shuffled, random);
      assertThat(other.order(asCandidates(shuffled))).isEqualTo(one.order(asCandidates(cycle)));
      one.learn(cycle);
      other.learn(shuffled);
    }
  }

  @Property(tries = 30)
  void everyTestIsThereOnceWithAProbability(@ForAll @IntRange(min = 1, max = 10_000) int seed) {
    for (List<Execution> cycle : SimulatedProject.PAINT_CONTROL.cycles(12, seed)) {
      Ordering ordering = order.order(asCandidates(cycle));
      assertThat(ordering.names())
          .doesNotHaveDuplicates()
          .hasSameElementsAs(cycle.stream().map(Execution::test).toList());
      assertThat(ordering.tests())
          .allSatisfy(test -> {
            assertThat(test.probability()).isGreaterThan(0).isLessThan(1);
            assertThat(test.seconds()).isGreaterThan(0);
          });
      double half = ordering.tests().stream().mapToDouble(Ranked::seconds).sum() / 2;
      Budgeted budgeted = ordering.within(half);
      assertThat(budgeted.chosen()).doesNotContainAnyElementsOf(budgeted.left());
      assertThat(budgeted.chosen().size() + budgeted.left().size())
          .isEqualTo(ordering.tests().size());
      assertThat(budgeted.seconds()).isLessThanOrEqualTo(half);
      assertThat(budgeted.probabilityMissed()).isBetween(0.0, 1.0);
      order.learn(cycle);
    }
  }

  private static List<Candidate> asCandidates(List<Execution> cycle) {
    return cycle.stream().map(execution -> Candidate.of(execution.test())).toList();
  }
}
