package dev.assay.suite.flaky;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.assay.suite.flaky.Attempt.Result;
import dev.assay.suite.flaky.History.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RerunAdviceTest {

  private static Classification after(Attempt... last) {
    List<Run> runs = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      runs.add(Run.of(List.of(Attempt.of(Result.PASS))));
    }
    runs.add(Run.of(List.of(last)));
    return FlakyClassifier.classify(new History(runs));
  }

  private static final Attempt FAILED = Attempt.of(Result.FAIL);

  @Test
  void ofWaysThatTakeTheSameAloneTeachesMoreThanTheSameProcess() {
    List<RerunAdvice> advice =
        RerunAdvice.of(after(FAILED), Map.of(Rerun.SAME_JVM, 10.0, Rerun.ALONE, 10.0));

    assertThat(advice).extracting(RerunAdvice::how).containsExactly(Rerun.ALONE, Rerun.SAME_JVM);
    assertThat(advice).allSatisfy(one -> assertThat(one.bits()).isBetween(0.0, 1.0));
  }

  @Test
  void aCheapWayComesBeforeOneThatTeachesLittleMore() {
    List<RerunAdvice> advice =
        RerunAdvice.of(after(FAILED), Map.of(Rerun.SAME_JVM, 1.0, Rerun.ALONE, 60.0));

    assertThat(advice.getFirst().how()).isEqualTo(Rerun.SAME_JVM);
  }

  @Test
  void whereItIsSureNothingIsWorthIt() {
    Attempt alone = new Attempt(Result.FAIL, Rerun.ALONE);
    Attempt passed = new Attempt(Result.PASS, Rerun.ALONE);

    assertThat(RerunAdvice.of(after(FAILED, passed, passed), Map.of(Rerun.ALONE, 1.0))).isEmpty();
    assertThat(RerunAdvice.of(after(FAILED, alone, alone, alone), Map.of(Rerun.ALONE, 1.0)))
        .isEmpty();
  }

  @Test
  void withoutAFailureThereIsNothingToLearn() {
    assertThat(RerunAdvice.of(after(Attempt.of(Result.PASS)), Map.of(Rerun.ALONE, 1.0))).isEmpty();
  }

  @Test
  void aTimeThatIsNoneIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RerunAdvice.of(after(FAILED), Map.of(Rerun.ALONE, 0.0)));
  }
}
