package dev.assay.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.api.evidence.Event;
import dev.assay.api.evidence.Measured;
import dev.assay.api.evidence.Measurement;
import dev.assay.api.problem.ProblemException;
import dev.assay.load.LoadFixture.Run;
import dev.assay.testkit.ScriptedServer;
import dev.assay.testkit.ScriptedServer.Reply;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(value = 180, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class CapacityCheckTest {

  /** A server that lets so many requests through in a second, and turns the others away. */
  private static final class Bucket {
    private final double perSecond;
    private final double size;
    private double tokens;
    private long last = System.nanoTime();

    Bucket(double perSecond, double size) {
      this.perSecond = perSecond;
      this.size = size;
      this.tokens = size;
    }

    synchronized Reply take() {
      long now = System.nanoTime();
      tokens = Math.min(size, tokens + (now - last) / 1e9 * perSecond);
      last = now;
      if (tokens < 1) {
        return Reply.status(503, "too many");
      }
      tokens--;
      return Reply.status(200, "ok");
    }
  }

  private static LoadFixture search(String keys) {
    return new LoadFixture().model("capacity: { " + keys + " }").get("/");
  }

  private static double value(Run run, String metric) {
    List<Measurement> found = run.sink().measurements(metric);
    assertThat(found).as(metric).hasSize(1);
    return ((Measured.Scalar) found.getFirst().value()).value();
  }

  @Test
  void theRateThatIsLetThroughIsFound() throws Exception {
    Bucket bucket = new Bucket(200, 20);
    try (ScriptedServer server = ScriptedServer.start(request -> bucket.take())) {
      Run run =
          search(
                  "from: 50/s, to: 2000/s, each: 1s, within: 30 %, probes: 16, meets: { errors: < 10 % }")
              .run(server.uri());

      assertThat(value(run, "capacity.low")).isLessThan(value(run, "capacity"));
      assertThat(value(run, "capacity")).isBetween(170.0, 290.0);
      assertThat(value(run, "capacity.low")).isBetween(150.0, 240.0);
      assertThat(value(run, "capacity.high")).isBetween(200.0, 330.0);
      assertThat(value(run, "capacity.concurrency")).isPositive();
      Event answer = run.events("load.capacity").getFirst();
      assertThat(answer.message()).startsWith("the capacity is ").contains("95 %", " probes)");
      assertThat(run.events("load.probe")).hasSizeBetween(5, 16);
      assertThat(run.events("load.probe").getFirst().message())
          .isEqualTo("probe 1 at 50/s: met; errors is 0 % (< 10 %)");
      assertThat(run.events("load.scalability")).hasSize(1);
      assertThat(run.sink().measurements("latency"))
          .allSatisfy(one -> assertThat(one.labels()).containsKeys("step", "probe"));
    }
  }

  @Test
  void whatIsStillMetAtTheHighestRateIsAtLeastThat() throws Exception {
    try (ScriptedServer server = ScriptedServer.start(request -> Reply.status(200, "ok"))) {
      Run run =
          search(
                  "from: 50/s, to: 100/s, each: 1s, meets: { latency.p50: < 9 s, errors: < 5 % },"
                      + " plan for: 450/s, hourly cost: 0.5")
              .run(server.uri());

      assertThat(value(run, "capacity")).isEqualTo(100);
      assertThat(value(run, "capacity.targets")).isEqualTo(5);
      assertThat(value(run, "capacity.cost")).isEqualTo(2.5);
      assertThat(run.events("load.capacity-plan").getFirst().message())
          .isEqualTo(
              "450/s takes 5 targets like this one at 2.50 an hour, as long as they share nothing that"
                  + " gets scarce");
      assertThat(run.sink().measurements("capacity.high")).isEmpty();
      assertThat(run.events("load.capacity").getFirst().message())
          .contains("100/s, the highest rate, was still met: the capacity is at least that");
      assertThat(run.findings()).isEmpty();
    }
  }

  @Test
  void aTargetThatAlwaysFailsIsGivenUpAtOnceAndHasNoCapacity() throws Exception {
    try (ScriptedServer server = ScriptedServer.start(request -> Reply.status(500, "broken"))) {
      Run run =
          search("from: 50/s, to: 100/s, each: 30s, meets: { errors: < 5 % }").run(server.uri());

      assertThat(value(run, "capacity")).isZero();
      assertThat(value(run, "capacity.high")).isEqualTo(50);
      assertThat(run.events("load.capacity").getFirst().message())
          .contains("even 50/s, the lowest rate, was not met");
      assertThat(run.events("load.probe").getFirst().message())
          .contains("given up", "every request failed for two seconds");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "from: 10/s, to: 100/s, each: 2s, meets: { latency.p99: < 50 ms } | needs 500 to say",
        "from: 100/s, to: 10/s, each: 20s, meets: { errors: < 5 % } | 'to' above 'from'",
        "from: 100/s, to: 200/s, meets: { throughput: '> 5/s' } | nothing that a rate can be held to",
        "from: 100/s, to: 200/s, meets: { latency.p95: '> 5 ms' } | no upper bound",
        "from: 100/s, to: 200/s, each: 20 ms, meets: { errors: < 90 % } | 'each' is 20 ms",
        "from: 100/s, to: 200/s, within: 80 %, meets: { errors: < 5 % } | 'within' is 80 %",
        "from: 100/s, to: 200/s, hourly cost: 1, meets: { errors: < 5 % } | 'plan for' must be",
        "from: 100/s, to: 200/s, probes: 0, meets: { errors: < 5 % } | 'probes' is 0"
      })
  void aSearchThatCannotAnswerIsRefused(String keys, String why) {
    assertThatThrownBy(() -> search(keys).configuration())
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.problems().toString()).contains(why.strip()));
  }
}
