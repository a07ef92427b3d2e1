package dev.assay.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.assay.api.evidence.Attempt;
import dev.assay.api.evidence.Event;
import dev.assay.api.evidence.Finding;
import dev.assay.api.evidence.Measured;
import dev.assay.api.evidence.Measurement;
import dev.assay.api.evidence.Outcome;
import dev.assay.api.problem.Place;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.spi.LiveChecks;
import dev.assay.api.value.Share;
import dev.assay.testkit.RecordingSink;
import dev.assay.testkit.TestContext;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CanaryCheckTest {

  @TempDir private Path folder;
  private final RecordingSink sink = new RecordingSink("check");

  private static CanaryConfiguration canary(Duration lasting) {
    return new CanaryConfiguration(
        "new",
        "old",
        lasting,
        Duration.ZERO,
        List.of(),
        new Share(0.1),
        new Share(0.01),
        new Share(0.05),
        Place.NONE);
  }

  private void run(FakeTraffic traffic, Duration lasting) throws Exception {
    TestContext context = new TestContext(folder, folder, null).offering(LiveChecks.class, traffic);
    new CanaryCheckType().prepare(canary(lasting)).run(context, sink);
    assertThat(traffic.open()).isZero();
  }

  /** It would go on for a week. */
  @Test
  void aCanaryThatFailsMoreOftenEndsTheComparisonAtOnce() throws Exception {
    run(
        new FakeTraffic(30).side("old", 180, 0.02, 10).side("new", 20, 0.4, 10),
        Duration.ofDays(7));
    Outcome errors = named("errors");
    assertThat(errors.result()).isEqualTo(Attempt.Result.FAILED);
    assertThat(errors.attempts().getFirst().message())
        .matches("\\d+ of \\d+ errors fell on the canary, which has 10 % of the traffic .*");
    assertThat(sink.of(Event.class)).extracting(Event::kind).containsExactly("canary.alarm");
    assertThat(sink.of(Finding.class)).isEmpty();
  }

  @Test
  void aSlowerCanaryIsToldWithBothNumbers() throws Exception {
    run(
        new FakeTraffic(30).side("old", 100, 0.01, 10).side("new", 50, 0.01, 20),
        Duration.ofDays(7));
    assertThat(named("latency.p50").result()).isEqualTo(Attempt.Result.FAILED);
    assertThat(named("latency.p50").attempts().getFirst().message())
        .startsWith("the canary's p50 was more than 10 % above the control's in ")
        .contains(" ms against ");
  }

  @Test
  void aCanaryThatIsAsGoodPasses() throws Exception {
    run(
        new FakeTraffic(40).side("old", 300, 0.01, 10).side("new", 200, 0.01, 10),
        Duration.ofSeconds(1));
    assertThat(sink.outcomes())
        .extracting(Outcome::result)
        .containsExactly(Attempt.Result.PASSED, Attempt.Result.PASSED, Attempt.Result.PASSED);
    assertThat(sink.of(Finding.class)).isEmpty();
  }

  @Test
  void whatCannotBeSaidYetMakesTheEvidenceInvalid() throws Exception {
    run(
        new FakeTraffic(2).side("old", 9, 0.01, 10).side("new", 1, 0.01, 10),
        Duration.ofSeconds(1));
    assertThat(sink.outcomes()).extracting(Outcome::result).containsOnly(Attempt.Result.SKIPPED);
    assertThat(sink.of(Finding.class))
        .extracting(Finding::severity)
        .hasSize(3)
        .containsOnly(Finding.Severity.INVALID);
  }

  @Test
  void withoutAnyTrafficNothingIsSaid() throws Exception {
    run(new FakeTraffic(0).side("old", 1, 0, 1).side("new", 1, 0, 1), Duration.ofSeconds(1));
    assertThat(sink.outcomes()).extracting(Outcome::result).containsOnly(Attempt.Result.SKIPPED);
  }

  @Test
  void bothSidesAreKeptAsSteps() throws Exception {
    run(
        new FakeTraffic(5).side("old", 30, 0.01, 10).side("new", 10, 0.01, 10),
        Duration.ofSeconds(1));
    assertThat(sink.measurements("latency"))
        .extracting(Measurement::part)
        .contains("control", "canary");
    assertThat(sink.measurements("evidence")).hasSizeGreaterThanOrEqualTo(5);
    assertThat(sink.measurements("evidence"))
        .allSatisfy(one -> assertThat(((Measured.Scalar) one.value()).value()).isNotNegative());
  }

  @Test
  void aSideThatEndsIsAProblem() {
    FakeTraffic traffic = new FakeTraffic(5).side("old", 30, 0.01, 10).thatEnded("new");
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> run(traffic, Duration.ofDays(1)))
        .withMessageContaining("ASSAY-DELIVERY-002");
    assertThat(traffic.open()).isZero();
  }

  private Outcome named(String part) {
    return sink.outcomes().stream()
        .filter(outcome -> outcome.name().equals(part))
        .findFirst()
        .orElseThrow();
  }
}
