package dev.assay.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.evidence.Evidence;
import dev.assay.api.evidence.Finding;
import dev.assay.api.evidence.Measured;
import dev.assay.api.evidence.Measurement;
import dev.assay.api.ledger.LedgerEntry.Ending;
import dev.assay.api.plan.CheckPlan;
import dev.assay.api.plan.Expectation;
import dev.assay.api.plan.Expectation.Bound;
import dev.assay.api.plan.Expectation.NoWorseThan;
import dev.assay.api.problem.Place;
import dev.assay.api.spi.Check;
import dev.assay.api.spi.CheckType;
import dev.assay.api.spi.Metric;
import dev.assay.api.value.Comparison;
import dev.assay.api.value.Unit;
import dev.assay.core.judge.Case;
import dev.assay.core.judge.Judge;
import dev.assay.core.judge.Policy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConfirmationTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final NoWorseThan COMPARED = new NoWorseThan("main", 0.1, false, true);
  private static final NoWorseThan AT_ONCE = new NoWorseThan("main", 0.1, false, false);
  private static final Bound BOUND = new Bound(Comparison.parse("< 100"));

  /** A check that reads one number. */
  private record Reading(boolean repeatable) {}

  private static final class ReadingType implements CheckType<Reading> {
    @Override
    public String name() {
      return "reading";
    }

    @Override
    public String summary() {
      return "Reads one number.";
    }

    @Override
    public Class<Reading> configuration() {
      return Reading.class;
    }

    @Override
    public List<Metric> metrics() {
      return List.of(
          new Metric("size", Unit.NONE, Metric.Shape.SCALAR, Metric.Better.LOWER, "How large."));
    }

    @Override
    public boolean repeatable(Reading configuration) {
      return configuration.repeatable();
    }

    @Override
    public Check prepare(Reading configuration) {
      return (_, _) -> {};
    }
  }

  private static List<Evidence> size(double value) {
    return List.of(
        new Measurement(
            "check", "size", Unit.NONE, START, START, Map.of(), new Measured.Scalar(value)));
  }

  private static boolean wanted(
      boolean repeatable, List<Evidence> evidence, Ending ending, Expectation.Rule... rules) {
    List<Expectation> expectations = new ArrayList<>();
    for (Expectation.Rule rule : rules) {
      expectations.add(new Expectation("size", null, "value", rule, null, false, Place.NONE));
    }
    ReadingType type = new ReadingType();
    CheckPlan<Reading> check =
        new CheckPlan<>(
            "check",
            type,
            new Reading(repeatable),
            "d",
            expectations,
            List.of(),
            Set.of(),
            Duration.ofMinutes(1),
            Map.of(),
            Place.NONE);
    return new Confirmation(new Judge())
        .wanted(
            check,
            new Policy("check", type.metrics(), expectations),
            new Case(
                ending, null, evidence, 0, null, Map.of("main", new Case.Baseline("r", size(10)))));
  }

  @Test
  void whatIsWorseIsMeasuredOnceMore() {
    assertThat(wanted(true, size(20), Ending.COMPLETED, COMPARED, BOUND)).isTrue();
  }

  @Test
  void whatIsNoWorseIsNot() {
    assertThat(wanted(true, size(10), Ending.COMPLETED, COMPARED, BOUND)).isFalse();
  }

  @Test
  void whatMayNotBeRepeatedIsNot() {
    assertThat(wanted(false, size(20), Ending.COMPLETED, COMPARED)).isFalse();
  }

  @Test
  void whoeverDoesNotWantItIsNotMadeToWait() {
    assertThat(wanted(true, size(20), Ending.COMPLETED, AT_ONCE)).isFalse();
  }

  @Test
  void whatFailsAnywayIsNot() {
    assertThat(wanted(true, size(200), Ending.COMPLETED, COMPARED, BOUND)).isFalse();
  }

  @Test
  void whatDidNotCompleteIsNot() {
    assertThat(wanted(true, size(20), Ending.TIMED_OUT, COMPARED)).isFalse();
  }

  @Test
  void whatWasNotMeasuredRightIsNot() {
    List<Evidence> evidence = new ArrayList<>(size(20));
    evidence.add(
        new Finding(
            "check", START, "late", Finding.Severity.INVALID, null, "late", "late", Map.of()));
    assertThat(wanted(true, evidence, Ending.COMPLETED, COMPARED)).isFalse();
  }
}
