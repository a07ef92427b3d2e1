package dev.assay.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.api.evidence.Attempt;
import dev.assay.api.evidence.Event;
import dev.assay.api.evidence.Finding;
import dev.assay.api.evidence.Measured;
import dev.assay.api.evidence.Measurement;
import dev.assay.api.evidence.Outcome;
import dev.assay.api.problem.Place;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.spi.CancelledException;
import dev.assay.api.spi.EnvironmentRules;
import dev.assay.api.spi.LiveChecks;
import dev.assay.chaos.fault.Fault;
import dev.assay.testkit.RecordingSink;
import dev.assay.testkit.TestContext;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeExperimentTest {

  private static final Timing QUICK =
      new Timing(Duration.ofMillis(5), Duration.ofMillis(20), Duration.ofMillis(10));

  @TempDir private Path folder;
  private final FakeSystem system = new FakeSystem();
  private final RecordingSink sink = new RecordingSink("check");
  private TestContext context;

  @BeforeEach
  void prepare() {
    context = context(null);
  }

  private TestContext context(URI target) {
    return new TestContext(folder, folder, target).offering(LiveChecks.class, system);
  }

  private void run(ChaosConfiguration configuration) {
    run(configuration, one -> system.fault("kill " + Objects.requireNonNull(one.kill()).service()));
  }

  private void run(ChaosConfiguration configuration, Function<TimedFault, Fault> faults) {
    new NativeExperiment(configuration, context, sink, faults, QUICK).run();
  }

  private Attempt.Result outcome(String name) {
    return sink.outcomes().stream()
        .filter(one -> one.name().equals(name))
        .map(Outcome::result)
        .findFirst()
        .orElseThrow();
  }

  private double scalar(String metric) {
    return sink.measurements(metric).stream()
        .filter(one -> one.labels().isEmpty())
        .map(Measurement::value)
        .map(value -> ((Measured.Scalar) value).value())
        .findFirst()
        .orElseThrow();
  }

  private List<String> events() {
    return sink.of(Event.class).stream().map(Event::kind).toList();
  }

  @Test
  void aFaultIsMadeAndMendedAndTheWayBackIsMeasured() {
    system.lingering(Duration.ofMillis(300));

    run(Written.experiment(Written.kill("shop", 50, 200)));

    assertThat(system.log()).containsExactly("break kill shop", "mend kill shop");
    assertThat(system.open()).isZero();
    assertThat(outcome("steady before: load")).isEqualTo(Attempt.Result.PASSED);
    assertThat(outcome("kill shop")).isEqualTo(Attempt.Result.PASSED);
    assertThat(outcome("recovers from kill shop")).isEqualTo(Attempt.Result.PASSED);
    assertThat(scalar("recovery")).as("never shorter than it was ill").isGreaterThan(280e6);
    assertThat(scalar("resilience")).isGreaterThan(0).isLessThan(100);
    assertThat(events())
        .containsSubsequence("fault.begin", "fault.effective", "fault.end")
        .containsSubsequence("fault.begin", "steady.lost", "steady.held", "steady.recovered");
    assertThat(sink.sum("faults")).isEqualTo(1);
    assertThat(sink.sum("aborted")).isZero();
    assertThat(new String(sink.content("timeline"), java.nio.charset.StandardCharsets.UTF_8))
        .startsWith("second\tload\tbroken\n")
        .contains("\tlost\tkill shop");
  }

  @Test
  void aSystemThatNeverLeavesItsSteadyStateHasAHundred() {
    system.robust();

    run(Written.experiment(Written.kill("shop", 0, 150)));

    assertThat(scalar("recovery")).isZero();
    assertThat(scalar("resilience")).isEqualTo(100);
  }

  @Test
  void nothingIsBrokenWhereTheSteadyStateDoesNotHoldBefore() {
    system.neverSteady();

    assertThatThrownBy(() -> run(Written.experiment(Written.kill("shop", 0, 100))))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("ASSAY-CHAOS-040")
        .hasMessageContaining("errors are 40 %");

    assertThat(system.log()).isEmpty();
    assertThat(system.open()).isZero();
  }

  @Test
  void whatTheMachineDoesNotAllowIsToldBeforeAnythingIsTouched() {
    ProblemException why =
        ChaosProblems.NOT_ALLOWED.failure(Place.NONE, "no control groups", "get");

    assertThatThrownBy(() ->
            run(
                Written.experiment(Written.kill("a", 0, 10), Written.kill("b", 0, 10)),
                one ->
                    one.kill() != null && one.kill().service().equals("b")
                        ? system.impossible("b", why)
                        : system.fault("a")))
        .hasMessageContaining("no control groups");

    assertThat(system.log()).isEmpty();
  }

  @Test
  void aFaultThatFollowsFromEvidenceBeginsWhenItShows() {
    run(
        Written.experiment(
            Map.of(),
            null,
            Duration.ofMillis(600),
            Duration.ofSeconds(20),
            Written.kill("first", 50, 300),
            Written.when("second", Map.of("errors", "> 5 %"), 100)));

    assertThat(system.log()).startsWith("break kill first", "break kill second");
    assertThat(system.log()).hasSize(4);
    assertThat(sink.measurements("recovery"))
        .extracting(one -> one.labels().getOrDefault("step", "all"))
        .containsExactly("kill first + kill second", "all");
  }

  @Test
  void anAbortUndoesEverythingAtOnce() {
    run(
        Written.experiment(
            Map.of("errors", "> 50 %"),
            null,
            null,
            Duration.ofSeconds(20),
            Written.kill("shop", 0, 60_000),
            Written.kill("later", 50_000, 10)));

    assertThat(system.log()).containsExactly("break kill shop", "mend kill shop");
    assertThat(sink.sum("aborted")).isEqualTo(1);
    assertThat(outcome("not aborted")).isEqualTo(Attempt.Result.FAILED);
    assertThat(scalar("resilience")).isZero();
    assertThat(events()).contains("chaos.abort");
  }

  @Test
  void aStopUndoesEverything() throws Exception {
    Thread stopper =
        Thread.ofVirtual()
            .start(() -> {
              while (system.log().isEmpty()) {
                Thread.yield();
              }
              context.cancel();
            });

    assertThatThrownBy(() -> run(Written.experiment(Written.kill("shop", 0, 60_000))))
        .isInstanceOf(CancelledException.class);

    assertThat(stopper.join(Duration.ofSeconds(10))).isTrue();
    assertThat(system.log()).containsExactly("break kill shop", "mend kill shop");
    assertThat(system.open()).isZero();
  }

  @Test
  void aFaultWithoutEffectMakesTheEvidenceInvalid() {
    run(Written.experiment(Written.kill("shop", 0, 50)), one -> system.withoutEffect("kill shop"));

    assertThat(sink.of(Finding.class))
        .extracting(Finding::rule, Finding::severity)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("chaos.no-effect", Finding.Severity.INVALID));
    assertThat(outcome("kill shop")).isEqualTo(Attempt.Result.ERROR);
    assertThat(sink.sum("faults")).isZero();
  }

  @Test
  void aRecoveryThatDoesNotComeFailsAndIsAtLeastAsLongAsItWasWaitedFor() {
    system.lingering(Duration.ofHours(1));

    run(
        Written.experiment(
            Map.of(), null, null, Duration.ofMillis(400), Written.kill("shop", 0, 50)));

    assertThat(outcome("recovers from kill shop")).isEqualTo(Attempt.Result.FAILED);
    assertThat(scalar("recovery")).isGreaterThanOrEqualTo(400e6);
    assertThat(scalar("resilience")).isZero();
  }

  @Test
  void intensityRisesInSteps() {
    run(
        Written.experiment(
            Written.fault(
                "shop",
                Duration.ZERO,
                Duration.ofMillis(200),
                Map.of(),
                null,
                1,
                "0..100 % in 4 steps")));

    assertThat(system.log())
        .containsExactly(
            "break kill shop at 25",
            "mend kill shop at 25",
            "break kill shop at 50",
            "mend kill shop at 50",
            "break kill shop at 75",
            "mend kill shop at 75",
            "break kill shop",
            "mend kill shop");
  }

  @Test
  void aSteadyCheckThatEndsEndsTheExperimentWithEverythingMended() throws Exception {
    Thread ender =
        Thread.ofVirtual()
            .start(() -> {
              while (system.log().isEmpty()) {
                Thread.yield();
              }
              system.end();
            });

    assertThatThrownBy(() -> run(Written.experiment(Written.kill("shop", 0, 60_000))))
        .hasMessageContaining("ASSAY-CHAOS-044");

    assertThat(ender.join(Duration.ofSeconds(10))).isTrue();
    assertThat(system.log()).containsExactly("break kill shop", "mend kill shop");
  }

  @Test
  void anEnvironmentElsewhereMustSayThatItMayBeBroken() {
    ChaosConfiguration experiment = Written.experiment(Written.kill("shop", 0, 20));
    context = context(URI.create("https://shop.example"));
    assertThatThrownBy(() -> run(experiment)).hasMessageContaining("ASSAY-CHAOS-043");

    context.offering(EnvironmentRules.class, new EnvironmentRules("stage", Optional.of(true)));
    run(experiment);
    assertThat(system.log()).hasSize(2);

    context = context(URI.create("http://127.0.0.1:8080"));
    context.offering(EnvironmentRules.class, new EnvironmentRules("local", Optional.of(false)));
    assertThatThrownBy(() -> run(experiment)).hasMessageContaining("refuses chaos");
    assertThat(system.log()).hasSize(2);
  }

  @Test
  void recoveryOnNewConnectionsIsMeasuredApart() {
    ChaosConfiguration one = Written.experiment(Written.kill("shop", 0, 50));
    run(
        new ChaosConfiguration(
            null,
            "load",
            "load-new",
            one.window(),
            one.faults(),
            null,
            null,
            one.recoverWithin(),
            Map.of(),
            null,
            Place.NONE));

    assertThat(sink.measurements("recovery")).hasSize(2);
    assertThat(sink.measurements("recovery.new")).hasSize(2);
    assertThat(events()).filteredOn("steady.recovered"::equals).hasSize(2);
    assertThat(new String(sink.content("timeline"), java.nio.charset.StandardCharsets.UTF_8))
        .startsWith("second\tload\tload-new\tbroken\n");
    assertThat(system.open()).isZero();
  }
}
