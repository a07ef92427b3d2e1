package dev.assay.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.api.evidence.Attempt;
import dev.assay.api.evidence.Attempt.Result;
import dev.assay.api.evidence.Evidence;
import dev.assay.api.evidence.Finding;
import dev.assay.api.evidence.Measured;
import dev.assay.api.evidence.Outcome;
import dev.assay.api.ledger.PastRuns;
import dev.assay.api.plan.Subject;
import dev.assay.testkit.RecordingSink;
import dev.assay.testkit.TestContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a suite makes of its past, and of rules; with a real pytest. */
class SuitePartsTest {

  @TempDir Path workspace;
  @TempDir Path scratch;
  private final RecordingSink sink = new RecordingSink("check");
  private final List<PastRuns.PastRun> past = new ArrayList<>();

  /** A file of tests, each of which passes or fails. */
  private void file(String name, String... tests) throws IOException {
    StringBuilder text = new StringBuilder("import pathlib\n");
    for (String test : tests) {
      boolean fails = test.startsWith("!");
      String called = test.replaceAll("[!?]", "");
      text.append("def test_").append(called).append("():\n");
      text.append("    with open('order.txt', 'a') as order: order.write('" + called + " ')\n");
      if (test.startsWith("?")) {
        text.append("    seen = pathlib.Path('").append(called).append(".seen')\n");
        text.append("    before = seen.exists()\n    seen.touch()\n    assert before\n");
      } else if (fails) {
        text.append("    assert 1 == 2\n");
      }
    }
    Files.writeString(workspace.resolve("test_" + name + ".py"), text);
  }

  private String order() throws IOException {
    return Files.readString(workspace.resolve("order.txt")).strip();
  }

  private static Outcome outcome(String file, String test, Result result, double seconds) {
    Duration took = Duration.ofNanos((long) (seconds * 1e9));
    return new Outcome(
        "check",
        Instant.EPOCH,
        "test_" + file,
        "test_" + test,
        List.of(
            result == Result.PASSED
                ? Attempt.passed(took)
                : Attempt.failed(took, "AssertionError", "no", null)),
        Map.of("unit", "test_" + file + ".py"));
  }

  private void ran(String commit, Outcome... outcomes) {
    Subject subject = new Subject("local", commit, "main", false, null);
    int number = past.size();
    past.add(
        new PastRuns.PastRun() {
          @Override
          public String id() {
            return "run-" + number;
          }

          @Override
          public Instant opened() {
            return Instant.EPOCH.plusSeconds(number);
          }

          @Override
          public Subject subject() {
            return subject;
          }

          @Override
          public void evidence(Consumer<Evidence> reader) {
            List.of(outcomes).forEach(reader);
          }
        });
  }

  private void run(Suites suite) throws Exception {
    PastRuns runs =
        new PastRuns() {
          @Override
          public Subject now() {
            return new Subject("local", "now", "main", false, null);
          }

          @Override
          public List<PastRun> newest(int most) {
            return past;
          }
        };
    TestContext context = new TestContext(workspace, scratch, null).offering(PastRuns.class, runs);
    new SuiteCheckType()
        .prepare(suite.set("PYTHONDONTWRITEBYTECODE", "1").build())
        .run(context, sink);
  }

  private Outcome named(String test) {
    return sink.outcomes().stream()
        .filter(one -> one.name().equals("test_" + test))
        .findFirst()
        .orElseThrow(() -> new AssertionError(test + " is not in " + sink.outcomes()));
  }

  @Test
  void whatFailedOfLateRunsFirst() throws Exception {
    file("a", "calm");
    file("b", "shaky");
    for (int i = 0; i < 4; i++) {
      ran("c" + i, outcome("a", "calm", Result.PASSED, 1), outcome("b", "shaky", Result.FAILED, 1));
    }
    run(Suites.of("pytest", ".").failingFirst());
    assertThat(order()).isEqualTo("shaky calm");
  }

  @Test
  void aBudgetRunsTheBestPrefixAndNamesWhatItRisks() throws Exception {
    file("a", "calm");
    file("b", "shaky");
    file("c", "slow");
    for (int i = 0; i < 4; i++) {
      ran(
          "c" + i,
          outcome("a", "calm", Result.PASSED, 20),
          outcome("b", "shaky", i % 2 == 0 ? Result.FAILED : Result.PASSED, 20),
          outcome("c", "slow", Result.PASSED, 90));
    }
    run(Suites.of("pytest", ".").budget(Duration.ofSeconds(30)));
    assertThat(order()).isEqualTo("shaky");
    assertThat(named("slow").result()).isEqualTo(Result.SKIPPED);
    assertThat(named("slow").attempts().getFirst().message())
        .contains("does not fit the budget", "90.0 s");
    assertThat(named("calm").result()).isEqualTo(Result.SKIPPED);
    assertThat(sink.measurements("missed"))
        .singleElement()
        .satisfies(one ->
            assertThat(((Measured.Scalar) one.value()).value()).isGreaterThan(0).isLessThan(0.5));
    assertThat(sink.of(Finding.class))
        .singleElement()
        .satisfies(finding -> assertThat(finding.message()).contains("2 of 3 units"));
  }

  @Test
  void aBudgetThatFitsNothingIsInvalid() throws Exception {
    file("a", "slow");
    ran("c", outcome("a", "slow", Result.PASSED, 90));
    run(Suites.of("pytest", ".").budget(Duration.ofSeconds(10)));
    assertThat(sink.of(Finding.class))
        .anySatisfy(finding -> {
          assertThat(finding.rule()).isEqualTo("suite.no-tests");
          assertThat(finding.severity()).isEqualTo(Finding.Severity.INVALID);
        });
  }

  @Test
  void aFailureOfATestWithAFlakyPastIsCalledSo() throws Exception {
    file("a", "?shaky", "steady");
    for (int i = 0; i < 20; i++) {
      // it failed and passed on the same commits
      ran(
          "c" + i / 2,
          outcome("a", "shaky", i % 2 == 0 ? Result.FAILED : Result.PASSED, 1),
          outcome("a", "steady", Result.PASSED, 1));
    }
    run(Suites.of("pytest", ".").retries(1));
    assertThat(named("shaky").flaky()).isTrue();
    assertThat(named("shaky").labels())
        .containsEntry("flaky.state", "flaky")
        .containsEntry("retried", "alone")
        .hasEntrySatisfying(
            "flaky.probability",
            value -> assertThat(Double.parseDouble(value)).isCloseTo(1, within(0.05)));
    assertThat(named("steady").labels()).doesNotContainKey("flaky.state");
  }

  @Test
  void aTestThatFailsHoweverItIsTriedIsBroken() throws Exception {
    file("a", "!broken");
    for (int i = 0; i < 10; i++) {
      ran("c" + i, outcome("a", "broken", Result.PASSED, 1));
    }
    run(Suites.of("pytest", ".").retries(3));
    assertThat(named("broken").result()).isEqualTo(Result.FAILED);
    assertThat(named("broken").labels()).containsEntry("flaky.state", "broken");
    assertThat(named("broken").labels()).containsEntry("retried", "alone,alone,alone");
  }

  @Test
  void withFlakyFailATestThatPassedTheSecondTimeFails() throws Exception {
    file("a", "?shaky");
    run(Suites.of("pytest", ".").retries(1).flakyFails());
    assertThat(named("shaky").result()).isEqualTo(Result.FAILED);
    assertThat(named("shaky").attempts())
        .extracting(Attempt::result)
        .containsExactly(Result.FAILED, Result.PASSED, Result.FAILED);
  }

  @Test
  void whatIsInQuarantineRunsAndDoesNotCount() throws Exception {
    file("a", "!known", "steady");
    Files.writeString(
        workspace.resolve("quarantine.yaml"),
        "- { test: 'test_a#test_known', owner: me, reason: slow clock, expires: 2999-01-01 }\n");
    run(Suites.of("pytest", ".").quarantine("quarantine.yaml"));
    assertThat(order()).isEqualTo("known steady");
    assertThat(named("known").result()).isEqualTo(Result.SKIPPED);
    assertThat(named("known").attempts().getFirst().result()).isEqualTo(Result.FAILED);
    assertThat(named("known").attempts().getLast().message())
        .contains("2999-01-01", "slow clock", "me", "it failed");
    assertThat(named("steady").result()).isEqualTo(Result.PASSED);
  }

  @Test
  void anExpiredQuarantineIsRedWhateverTheTestDoes() throws Exception {
    file("a", "mended");
    Files.writeString(
        workspace.resolve("quarantine.yaml"),
        "quarantine:\n- { test: test_a, owner: me, reason: slow, expires: 2001-02-03 }\n");
    run(Suites.of("pytest", ".").quarantine("quarantine.yaml"));
    assertThat(named("mended").result()).isEqualTo(Result.PASSED);
    assertThat(sink.outcomes())
        .filteredOn(one -> one.suite().equals("quarantine"))
        .singleElement()
        .satisfies(one -> {
          assertThat(one.result()).isEqualTo(Result.FAILED);
          assertThat(one.attempts().getFirst().message()).contains("2001-02-03", "me");
        });
  }

  @Test
  void aPartThatIsKilledIsTriedAgainWithTheSameTests() throws Exception {
    file("a", "one");
    Files.writeString(
        workspace.resolve("test_b.py"),
        """
        import os, pathlib, signal

        def test_kills_its_process_once():
            seen = pathlib.Path('killed.seen')
            if not seen.exists():
                seen.touch()
                os.kill(os.getpid(), signal.SIGKILL)
        """);
    run(Suites.of("pytest", ".").workers("2"));
    assertThat(sink.outcomes())
        .extracting(Outcome::name)
        .containsExactlyInAnyOrder("test_one", "test_kills_its_process_once");
    assertThat(sink.of(Finding.class)).isEmpty();
  }

  @Test
  void mostOfARunFailingTogetherIsTold() throws Exception {
    file("a", "!a", "!b", "!c", "!d", "!e", "!f", "!g", "!h", "!i", "!j", "k");
    for (int i = 0; i < 5; i++) {
      ran("c" + i, outcome("a", "a", Result.PASSED, 1));
    }
    run(Suites.of("pytest", "."));
    assertThat(sink.of(Finding.class))
        .singleElement()
        .satisfies(finding -> assertThat(finding.rule()).isEqualTo("suite.infrastructure"));
    assertThat(named("a").labels()).containsEntry("flaky.state", "infrastructure");
    assertThat(named("a").result()).isEqualTo(Result.FAILED);
  }
}
