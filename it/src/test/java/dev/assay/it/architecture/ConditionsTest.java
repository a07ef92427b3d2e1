package dev.assay.it.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.api.plan.SectionPlan;
import dev.assay.api.problem.Place;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.spi.Capability;
import dev.assay.api.spi.PartContext;
import dev.assay.core.parse.Vocabulary;
import dev.assay.core.parse.WorkspaceParser;
import dev.assay.network.Conditions;
import dev.assay.network.link.Condition;
import dev.assay.network.link.Counting;
import dev.assay.network.link.Delay;
import dev.assay.network.link.DirectionCondition;
import dev.assay.network.link.Distribution;
import dev.assay.network.link.Loss;
import dev.assay.network.link.Percentiles;
import dev.assay.network.link.Queue;
import dev.assay.network.link.Reordering;
import dev.assay.network.profile.ConditionImport;
import dev.assay.network.profile.ConditionWriter;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Conditions as they are written, read by the parser that reads them. */
class ConditionsTest {

  private static final String CHECK =
      "\nchecks:\n  smoke: { http: [ { get: \"http://127.0.0.1:1/\" } ] }\n";
  private static final double MS = 1e6;

  @TempDir private Path folder;

  private Conditions read(String sections) {
    List<Capability> capabilities = new ArrayList<>();
    ServiceLoader.load(Capability.class).forEach(capabilities::add);
    Vocabulary words =
        new Vocabulary(
            capabilities.stream().flatMap(room -> room.checkTypes().stream()).toList(),
            List.of(),
            capabilities.stream()
                .flatMap(room -> room.sections().stream())
                .filter(section -> section.name().equals("conditions"))
                .toList());
    return new WorkspaceParser(words, Map.of())
            .parse("workspace: shop\n" + sections + CHECK, folder.resolve("assay.yaml"))
            .sections()
            .stream()
            .map(this::open)
            .findFirst()
            .orElseThrow();
  }

  private <E extends Record> Conditions open(SectionPlan<E> plan) {
    PartContext context =
        (PartContext)
            Proxy.newProxyInstance(
                PartContext.class.getClassLoader(),
                new Class<?>[] {PartContext.class},
                (self, method, arguments) -> {
                  assertThat(method.getName()).isEqualTo("folder");
                  return folder;
                });
    return plan.section()
        .open(plan.entries(), context)
        .orElseThrow()
        .offer(Conditions.class)
        .orElseThrow();
  }

  private Condition only(String entry) {
    return read("conditions:\n  it: " + entry + "\n").named("it", Place.NONE);
  }

  @Test
  void profilesNeedNotBeWritten() {
    assertThat(read("").named("4g", Place.NONE).roundTrip()).isEqualTo(170 * MS);
    assertThatThrownBy(() -> read("").named("4gg", Place.NONE))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("ASSAY-NETWORK-001")
        .hasMessageContaining("did you mean '4g'?");
  }

  @Test
  void aConditionChangesWhatItIsLike() {
    Condition commuter = only("{ like: 4g, loss: 1.5 %, jitter: 30 ms }");
    assertThat(commuter.down().bitsPerSecond()).isEqualTo(9e6);
    assertThat(commuter.up().loss()).isEqualTo(new Loss.Independent(0.015));
    Distribution.Normal delay = (Distribution.Normal) commuter.down().delay().distribution();
    assertThat(delay.middle()).isEqualTo(85 * MS);
    assertThat(delay.spread()).isCloseTo(30 * MS / Math.sqrt(2), within(1e-3));
  }

  @Test
  void aConditionMayBeLikeAnotherOneAndLikeTheProfileOfItsName() {
    Conditions conditions =
        read(
            """
            conditions:
              train: { like: bus, rtt: 200 ms }
              bus: { like: 4g, jitter: 10 ms }
              4g: { like: 4g, loss: 1 % }
            """);
    Condition train = conditions.named("train", Place.NONE);
    assertThat(train.down().loss().mean()).isEqualTo(0.01);
    assertThat(train.down().delay().distribution().deviation())
        .isCloseTo(10 * MS / Math.sqrt(2), within(1e-3));
    assertThat(((Distribution.Normal) train.up().delay().distribution()).middle())
        .isEqualTo(100 * MS);
    assertThat(conditions.named("4g", Place.NONE).up().bitsPerSecond()).isEqualTo(9e6);
  }

  @Test
  void aConditionMayBeWrittenWhole() {
    Condition whole = only("{ rtt: 100 ms, down: 1.6 Mbit/s, up: 750 kbit/s }");
    assertThat(whole.roundTrip()).isEqualTo(100 * MS);
    assertThat(whole.down().bitsPerSecond()).isEqualTo(1.6e6);
    assertThat(whole.up().bitsPerSecond()).isEqualTo(750e3);
    assertThat(only("{ offline: true }")).isEqualTo(Condition.OFFLINE);
  }

  @Test
  void everyDetailCanBeWritten() throws IOException {
    Files.writeString(folder.resolve("cellular.up"), "1\n5\n9\n");
    Condition detail =
        only(
            """

                like: lte
                down:
                  rate: 12 Mbit/s
                  delay: { normal: 40 ms, deviation: 10 ms, correlation: 25 % }
                  loss: { bad after: 1 %, good after: 20 %, lost when bad: 50 % }
                  queue: { codel: 5 ms, limit: 128 KiB }
                  duplicate: 0.1 %
                  reorder: 1 %
                up: { trace: cellular.up, window: 64 KiB, counting: payload }
            """);
    assertThat(detail.down())
        .isEqualTo(
            DirectionCondition.NONE
                .withRate(12e6)
                .withDelay(new Delay(new Distribution.Normal(40 * MS, 10 * MS), 0.25))
                .withLoss(new Loss.GilbertElliott(0.01, 0.2, 0.5, 0))
                .withQueue(Queue.codel((long) (5 * MS), 128 * 1024))
                .withDuplicate(0.001)
                .withReordering(Reordering.of(0.01)));
    assertThat(detail.up().trace()).isNotNull();
    assertThat(detail.up().bitsPerSecond()).isZero();
    assertThat(detail.up().window()).isEqualTo(65_536);
    assertThat(detail.up().counting()).isEqualTo(Counting.PAYLOAD);
  }

  @Test
  void delaysHaveEveryDistribution() {
    assertThat(delay("40 ms")).isEqualTo(new Distribution.Constant(40_000_000));
    assertThat(delay("{ uniform: 40 ms, spread: 10 ms }"))
        .isEqualTo(new Distribution.Uniform(40 * MS, 10 * MS));
    assertThat(delay("{ log normal: 40 ms, deviation: 10 ms }"))
        .isEqualTo(Distribution.LogNormal.of(40 * MS, 10 * MS));
    assertThat(delay("{ pareto: 40 ms, shape: 2.5 }"))
        .isEqualTo(Distribution.Pareto.ofMean(40 * MS, 2.5));
    assertThat(delay("{ pareto: 40 ms, deviation: 10 ms }"))
        .isEqualTo(Distribution.Pareto.ofDeviation(40 * MS, 10 * MS));
    assertThat(delay("{ percentiles: { 0: 10 ms, 50: 20 ms, 99.9: 300 ms } }"))
        .isEqualTo(
            Percentiles.of(
                Map.of(0.0, 10_000_000L, 0.5, 20_000_000L, 0.9990000000000001, 300_000_000L)));
  }

  private Distribution delay(String written) {
    return only("{ up: { delay: " + written + " } }").up().delay().distribution();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{ like: 5gg }|ASSAY-PLAN-",
        "{ like: it }|ASSAY-NETWORK-010",
        "{ like: other }|ASSAY-NETWORK-010",
        "{ down: fast }|ASSAY-NETWORK-011",
        "{ down: { rate: 1 Mbit/s, trace: x } }|ASSAY-NETWORK-011",
        "{ up: { delay: { normal: 4 ms } } }|is missing",
        "{ up: { delay: { normal: 4 ms, uniform: 3 ms } } }|ASSAY-NETWORK-011",
        "{ up: { delay: 90 s } }|at most 60 s",
        "{ up: { loss: 120 % } }|0 % to 100 %",
        "{ up: { loss: { bad after: 1 % } } }|ASSAY-NETWORK-011",
        "{ up: { queue: 2 GB } }|1 GiB",
        "{ up: { trace: no-such-file } }|ASSAY-NETWORK-020",
        "{ rtt: 4 minutes }|ASSAY-PLAN-",
        "{ speed: 4 }|ASSAY-PLAN-",
      })
  void whatCannotBeIsAProblemWithItsPlace(String written, String wanted) {
    String sections = "conditions:\n  it: " + written + "\n  other: { like: it }\n";
    assertThatThrownBy(() -> read(sections))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining(wanted);
  }

  @Test
  void whatAnImportWritesIsReadAsWhatWasImported() {
    String netem =
        """
        down: delay 100ms 20ms 25% distribution normal loss gemodel 1% 20% 70% 0.1% rate 1mbit
        up: delay 30ms 5ms distribution pareto duplicate 0.5% reorder 2% gap 3 limit 50
        """;
    String toxics =
        """
        { "db": { "name": "db", "listen": "127.0.0.1:1", "upstream": "h:5432", "enabled": true,
          "toxics": [ { "type": "latency", "stream": "upstream", "attributes": {"latency": 70}},
            { "type": "bandwidth", "stream": "downstream", "attributes": {"rate": 50}} ] } }
        """;
    String ini = "[Bad]\nbwIn=56000\nbwOut=0\nlatency=333\nplr=2.5\n";
    assertRoundTrip(netem, ConditionImport.Kind.NETEM);
    assertRoundTrip(toxics, ConditionImport.Kind.TOXIPROXY);
    assertRoundTrip(ini, ConditionImport.Kind.WEBPAGETEST);
  }

  private void assertRoundTrip(String text, ConditionImport.Kind kind) {
    var imported = ConditionImport.read(text, "net.txt", kind);
    String written = ConditionWriter.workspace(imported);
    Conditions conditions = read(written.replaceFirst("(?s)links:.*", ""));
    imported.forEach(each -> {
      Condition again = conditions.named(each.name(), Place.NONE);
      assertThat(ConditionWriter.flow(again)).isEqualTo(ConditionWriter.flow(each.condition()));
      assertThat(again.up().loss().mean())
          .isCloseTo(each.condition().up().loss().mean(), within(1e-9));
      assertThat(again.roundTrip()).isCloseTo(each.condition().roundTrip(), within(10.0));
    });
  }
}
