package dev.assay.suite.flaky;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.assay.suite.flaky.Attempt.Result;
import dev.assay.suite.flaky.Classification.State;
import dev.assay.suite.flaky.History.Answer;
import dev.assay.suite.flaky.History.Run;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class FlakyClassifierTest {

  private final List<Run> runs = new ArrayList<>();

  private FlakyClassifierTest passes(int times) {
    for (int i = 0; i < times; i++) {
      run(Answer.UNKNOWN, "P");
    }
    return this;
  }

  /** A run on code of its own: a letter for each attempt. */
  private FlakyClassifierTest run(Answer executed, String attempts, Rerun... how) {
    List<Attempt> made = new ArrayList<>();
    for (int i = 0; i < attempts.length(); i++) {
      Result result = attempts.charAt(i) == 'F' ? Result.FAIL : Result.PASS;
      made.add(new Attempt(result, i == 0 || how.length < i ? Rerun.AGAIN : how[i - 1]));
    }
    runs.add(new Run("commit " + runs.size(), made, executed, OptionalDouble.empty()));
    return this;
  }

  private FlakyClassifierTest run(String attempts) {
    return run(Answer.UNKNOWN, attempts);
  }

  private Classification classified() {
    return FlakyClassifier.classify(new History(runs));
  }

  @Test
  void whatAlwaysPassedIsHealthy() {
    Classification classification = passes(100).classified();

    assertThat(classification.state()).isEqualTo(State.HEALTHY);
    assertThat(classification.healthy()).isGreaterThan(0.9);
    assertThat(classification.lastFailureReal()).isEmpty();
    assertThat(classification.reason()).isEqualTo("0 of 100 runs failed");
  }

  @Test
  void whatNeverRanIsWhatAnyTestIs() {
    assertThat(classified().state()).isEqualTo(State.HEALTHY);
    assertThat(classified().flaky()).isCloseTo(Rates.FLAKY, within(0.01));
    assertThat(classified().reason()).isEqualTo("it never ran");
  }

  @Test
  void whatPassesAndFailsOnTheSameCodeIsFlaky() {
    Classification classification =
        passes(50).run("FP").passes(20).run("FP").passes(3).classified();

    assertThat(classification.state()).isEqualTo(State.FLAKY);
    assertThat(classification.lastFailureReal().orElseThrow()).isLessThan(0.02);
    assertThat(classification.failingRate()).isBetween(0.005, 0.1);
    assertThat(classification.reason())
        .isEqualTo("2 of 75 runs failed, and 2 times it passed and failed on the same code");
  }

  @Test
  void whatFailsInEveryAttemptAndGoesOnIsBroken() {
    Classification classification = passes(50).run("FFF").run("FFF").classified();

    assertThat(classification.state()).isEqualTo(State.BROKEN);
    assertThat(classification.lastFailureReal().orElseThrow()).isGreaterThan(0.95);
    assertThat(classification.reason()).isEqualTo("the last 2 runs had no attempt that passed");
  }

  @Test
  void aFlakyTestThatBreaksIsBroken() {
    passes(20).run("FP").passes(20).run("FP").passes(20).run("FP").passes(5);
    assertThat(classified().state()).isEqualTo(State.FLAKY);

    Classification broken = run("FFF").run("FFF").run("FFF").classified();

    assertThat(broken.state()).isEqualTo(State.BROKEN);
    assertThat(broken.nondeterministic()).as("yet it is flaky").isGreaterThan(0.95);
  }

  @Test
  void oneFailureWithoutARerunIsSuspectAtMost() {
    Classification classification = passes(100).run("F").passes(10).classified();

    assertThat(classification.state()).isNotEqualTo(State.FLAKY);
    assertThat(classification.flaky()).isBetween(0.05, 0.95);
  }

  @Test
  void aFailureByAChangeThatTheTestDidNotExecuteIsHardlyReal() {
    double unknown = passes(100).run("F").classified().lastFailureReal().orElseThrow();
    runs.clear();
    double not = passes(100).run(Answer.NO, "F").classified().lastFailureReal().orElseThrow();
    runs.clear();
    double did = passes(100).run(Answer.YES, "F").classified().lastFailureReal().orElseThrow();

    assertThat(not).isLessThan(0.3).isLessThan(unknown);
    assertThat(did).isGreaterThan(unknown);
  }

  @Test
  void failingAgainInTheSameProcessTellsLessThanFailingAgainAlone() {
    double same =
        passes(100)
            .run(Answer.UNKNOWN, "FF", Rerun.SAME_JVM)
            .classified()
            .lastFailureReal()
            .orElseThrow();
    runs.clear();
    double alone =
        passes(100)
            .run(Answer.UNKNOWN, "FF", Rerun.ALONE)
            .classified()
            .lastFailureReal()
            .orElseThrow();

    assertThat(alone).isGreaterThan(same);
  }

  @Test
  void whatFailsInItsOrderAndPassesAloneDependsOnTheOrder() {
    for (int i = 0; i < 4; i++) {
      passes(10).run(Answer.UNKNOWN, "FFP", Rerun.SAME_JVM, Rerun.ALONE);
    }

    assertThat(classified().causes().get(Cause.ORDER)).isGreaterThan(0.9);
  }

  @Test
  void aRunThatFailedAsAWholeSaysNothingOfTheTest() {
    Classification before = passes(100).classified();
    runs.add(
        new Run(
            "later",
            List.of(Attempt.of(Result.FAIL), Attempt.of(Result.FAIL)),
            Answer.UNKNOWN,
            OptionalDouble.of(0.9)));

    Classification after = classified();

    assertThat(after.state()).isEqualTo(State.INFRASTRUCTURE);
    assertThat(after.healthy()).isCloseTo(before.healthy(), within(0.01));
    assertThat(after.lastFailureReal().orElseThrow()).isLessThan(0.01);
    assertThat(passes(1).classified().state()).isEqualTo(State.HEALTHY);
  }

  @Test
  void attemptsThatDidNotRunTeachNothing() {
    Classification before = passes(20).classified();
    runs.add(
        new Run("c", List.of(Attempt.of(Result.NONE)), Answer.UNKNOWN, OptionalDouble.empty()));

    assertThat(classified().flaky()).isCloseTo(before.flaky(), within(1e-3));
  }

  @Test
  void tenThousandAttemptsOnTheSameCodeAreAllHeard() {
    passes(500).run("P".repeat(3_000).concat("F").repeat(3)).passes(1);

    assertThat(classified().state()).isEqualTo(State.FLAKY);
    assertThat(classified().failingRate()).isLessThan(0.001);
    assertThat(run("FP".repeat(5_000)).classified().broken()).isLessThan(0.01);
    assertThat(run("F".repeat(10_000)).classified().state()).isEqualTo(State.BROKEN);
  }

  @Test
  void aShareThatIsNoneIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Run(null, List.of(), Answer.UNKNOWN, OptionalDouble.of(1.5)));
  }

  @Property(tries = 200)
  void probabilitiesAreOnes(
      @ForAll @IntRange(max = 40) int count, @ForAll @IntRange(max = 100_000) int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < count; i++) {
      List<Attempt> attempts = new ArrayList<>();
      for (int j = random.nextInt(5); j > 0; j--) {
        attempts.add(
            new Attempt(
                Result.values()[random.nextInt(3)],
                Rerun.values()[random.nextInt(Rerun.values().length)]));
      }
      runs.add(
          new Run(
              random.nextBoolean() ? null : "c" + random.nextInt(5),
              attempts,
              Answer.values()[random.nextInt(3)],
              random.nextBoolean()
                  ? OptionalDouble.empty()
                  : OptionalDouble.of(random.nextDouble())));
    }

    Classification it = classified();

    assertThat(it.healthy() + it.flaky() + it.broken()).isCloseTo(1, within(1e-9));
    assertThat(List.of(it.healthy(), it.flaky(), it.broken(), it.nondeterministic()))
        .allSatisfy(probability -> assertThat(probability).isBetween(0.0, 1.0));
    assertThat(it.infrastructure()).isBetween(0.0, 1.0);
    assertThat(it.lastFailureReal().orElse(0)).isBetween(0.0, 1.0);
    assertThat(it.causes().values().stream().mapToDouble(Double::doubleValue).sum())
        .isCloseTo(1, within(1e-9));
  }

  @Property(tries = 100)
  void aPassOnTheSameCodeNeverMakesAFailureMoreReal(
      @ForAll @IntRange(max = 60) int before,
      @ForAll @IntRange(min = 1, max = 4) int failures,
      @ForAll Rerun how) {
    Rerun[] ways = new Rerun[failures];
    Arrays.fill(ways, how);
    Classification failed =
        passes(before).run(Answer.UNKNOWN, "F".repeat(failures), ways).classified();
    runs.removeLast();
    Classification passed = run(Answer.UNKNOWN, "F".repeat(failures) + "P", ways).classified();

    assertThat(passed.lastFailureReal().orElseThrow())
        .isLessThanOrEqualTo(failed.lastFailureReal().orElseThrow());
    assertThat(passed.flaky()).isGreaterThanOrEqualTo(failed.flaky());
  }

  @Property(tries = 60)
  void everyFurtherRerunThatFailsMakesItMoreReal(
      @ForAll @IntRange(max = 60) int before,
      @ForAll @IntRange(min = 1, max = 5) int failures,
      @ForAll Rerun how) {
    Rerun[] ways = new Rerun[failures];
    Arrays.fill(ways, how);
    double fewer =
        passes(before)
            .run(Answer.UNKNOWN, "F".repeat(failures), ways)
            .classified()
            .lastFailureReal()
            .orElseThrow();
    runs.removeLast();
    double more =
        run(Answer.UNKNOWN, "F".repeat(failures + 1), ways)
            .classified()
            .lastFailureReal()
            .orElseThrow();

    assertThat(more).isGreaterThanOrEqualTo(fewer - 1e-12);
  }

  @Property(tries = 40)
  void everyFurtherFlakeMakesItMoreFlaky(@ForAll @IntRange(min = 1, max = 8) int flakes) {
    double before = 0;
    for (int i = 0; i < flakes; i++) {
      double now = passes(10).run("FP").passes(1).classified().flaky();
      assertThat(now).isGreaterThan(before - 1e-4);
      before = now;
    }
  }
}
