package dev.assay.suite.flaky;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.assay.suite.flaky.Attempt.Result;
import dev.assay.suite.flaky.Quarantine.Effect;
import dev.assay.suite.flaky.Quarantine.Entry;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuarantineTest {

  private static final LocalDate LAST_DAY = LocalDate.of(2026, 3, 31);
  private static final Entry ENTRY = new Entry("a.B#c", "ada", "waits for a port", LAST_DAY);

  private final Quarantine quarantine = Quarantine.of(List.of(ENTRY));

  @Test
  void aQuarantinedTestNeverGates() {
    assertThat(quarantine.effect("a.B#c", LAST_DAY)).isEqualTo(Effect.HELD);
    assertThat(quarantine.fails("a.B#c", true, LAST_DAY)).isFalse();
    assertThat(quarantine.expired(LAST_DAY)).isEmpty();
  }

  @Test
  void anExpiredQuarantineIsRedEvenWhereTheTestPasses() {
    LocalDate after = LAST_DAY.plusDays(1);

    assertThat(quarantine.effect("a.B#c", after)).isEqualTo(Effect.EXPIRED);
    assertThat(quarantine.fails("a.B#c", false, after)).isTrue();
    assertThat(quarantine.expired(after)).containsExactly(ENTRY);
  }

  @Test
  void anyOtherTestGates() {
    assertThat(quarantine.effect("a.B#d", LAST_DAY)).isEqualTo(Effect.GATES);
    assertThat(quarantine.fails("a.B#d", true, LAST_DAY)).isTrue();
    assertThat(quarantine.fails("a.B#d", false, LAST_DAY)).isFalse();
    assertThat(quarantine.of("a.B#d")).isEmpty();
    assertThat(quarantine.of("a.B#c")).contains(ENTRY);
  }

  @Test
  void anEntryNeedsAnOwnerAndAReason() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Entry("a", " ", "why", LAST_DAY));
    assertThatIllegalArgumentException().isThrownBy(() -> new Entry("a", "ada", "", LAST_DAY));
  }

  @Test
  void twoEntriesOfOneTestAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Quarantine.of(List.of(ENTRY, ENTRY)))
        .withMessageContaining("a.B#c");
  }

  @Test
  void aFlakyTestFailsOnlyWhereThatIsAskedFor() {
    List<Attempt> attempts = List.of(Attempt.of(Result.FAIL), Attempt.of(Result.PASS));

    assertThat(OnFlaky.PASS.fails(attempts)).isFalse();
    assertThat(OnFlaky.FAIL.fails(attempts)).isTrue();
    assertThat(OnFlaky.PASS.fails(List.of(Attempt.of(Result.FAIL)))).isTrue();
    assertThat(OnFlaky.PASS.fails(List.of(Attempt.of(Result.NONE)))).isFalse();
  }
}
