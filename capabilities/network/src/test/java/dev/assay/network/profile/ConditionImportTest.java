package dev.assay.network.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.api.problem.ProblemException;
import dev.assay.network.link.Condition;
import dev.assay.network.link.Counting;
import dev.assay.network.link.Delay;
import dev.assay.network.link.Distribution;
import dev.assay.network.link.Loss;
import dev.assay.network.link.Queue;
import dev.assay.network.profile.ConditionImport.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionImportTest {

  private static final double MS = 1e6;

  private static Condition netem(String arguments) {
    return ConditionImport.read(arguments, "arguments", Kind.NETEM).getFirst().condition();
  }

  @Test
  void connectivitiesOfWebPageTestAreRead() {
    String text =
        """
        ; comment
        [Cable]
        label="Cable (5/1 Mbps 28ms RTT)"
        bwIn=5000000
        bwOut=1000000
        latency=28
        plr=0

        [Bad 3G!]
        bwIn=400000
        bwOut=0
        latency=400
        plr=1.5
        timeout=300
        """;
    List<Imported> all = ConditionImport.read(text, "connectivity.ini", Kind.WEBPAGETEST);
    assertThat(all).extracting(Imported::name).containsExactly("Cable", "Bad-3G");
    assertThat(all.getFirst().title()).isEqualTo("Cable (5/1 Mbps 28ms RTT)");
    Condition cable = all.getFirst().condition();
    assertThat(cable.down().bitsPerSecond()).isEqualTo(5e6);
    assertThat(cable.up().bitsPerSecond()).isEqualTo(1e6);
    assertThat(cable.roundTrip()).isEqualTo(28 * MS);
    Condition bad = all.get(1).condition();
    assertThat(bad.up().bitsPerSecond()).isZero();
    assertThat(bad.up().loss()).isEqualTo(new Loss.Independent(0.015));
  }

  @Test
  void profilesOfAtcAreRead() {
    String text =
        """
        { "name": "2G - Developing Rural", "content": {
            "up": { "rate": 18, "loss": {"percentage": 2, "correlation": 50},
                    "delay": {"delay": 650, "jitter": 100, "correlation": 25},
                    "corruption": {"percentage": 1, "correlation": 0},
                    "reorder": {"percentage": 0, "correlation": 0, "gap": 0},
                    "iptables_options": [] },
            "down": { "rate": null, "delay": {"delay": 650} } } }
        """;
    Imported imported = ConditionImport.read(text, "rural.json", Kind.ATC).getFirst();
    assertThat(imported.name()).isEqualTo("2G-Developing-Rural");
    Condition condition = imported.condition();
    assertThat(condition.up().bitsPerSecond()).isEqualTo(18_000);
    assertThat(condition.up().delay())
        .isEqualTo(new Delay(new Distribution.Uniform(650 * MS, 100 * MS), 0.25));
    assertThat(condition.up().loss().mean()).isCloseTo(1 - 0.98 * 0.99, within(1e-9));
    assertThat(condition.down().bitsPerSecond()).isZero();
    assertThat(condition.down().delay()).isEqualTo(Delay.constant((long) (650 * MS)));
    assertThat(imported.notes()).anyMatch(note -> note.contains("corrupted"));
  }

  @Test
  void tracesOfMahimahiAreRead(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("Verizon-LTE.up"), "0\n3\n3\n10\n");
    Imported imported = ConditionImport.read(file, Kind.MAHIMAHI).getFirst();
    assertThat(imported.name()).isEqualTo("Verizon-LTE");
    assertThat(imported.condition().up().trace()).isNotNull();
    assertThat(imported.condition().down().trace()).isNull();
    assertThat(imported.traces()).containsEntry("up", file.toString());
    assertThatThrownBy(() -> ConditionImport.read("0\n5\n4\n", "x", Kind.MAHIMAHI))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("ASSAY-NETWORK-022 x:3:1");
    assertThatThrownBy(() -> ConditionImport.read("0\nfive\n", "x", Kind.MAHIMAHI))
        .hasMessageContaining("ASSAY-NETWORK-021 x:2:1");
  }

  @Test
  void argumentsOfNetemAreRead() {
    Condition condition = netem("delay 100ms 20ms 25% distribution normal loss 1% rate 1mbit");
    assertThat(condition.up()).isEqualTo(Condition.NONE.up());
    assertThat(condition.down().delay())
        .isEqualTo(new Delay(new Distribution.Normal(100 * MS, 20 * MS), 0.25));
    assertThat(condition.down().loss()).isEqualTo(new Loss.Independent(0.01));
    assertThat(condition.down().bitsPerSecond()).isEqualTo(1e6);
    // tc's jitter without a distribution is even, and reorders
    assertThat(netem("delay 100000 10ms").down().delay())
        .isEqualTo(Delay.of(new Distribution.Uniform(100 * MS, 10 * MS)));
    assertThat(netem("delay 100ms 10ms").down().reordering().byJitter()).isTrue();
    assertThat(netem("loss gemodel 1% 20% 70% 0.1%").down().loss())
        .isEqualTo(new Loss.GilbertElliott(0.01, 0.2, 0.7, 0.001));
    assertThat(netem("loss gemodel 10%").down().loss())
        .isEqualTo(new Loss.GilbertElliott(0.1, 0.9, 1, 0));
    assertThat(netem("delay 10ms reorder 25% 50% gap 5").down().reordering().gap()).isEqualTo(5);
    assertThat(netem("duplicate 0.1% limit 100").down().queue().limit()).isEqualTo(151_400);
    assertThat(netem("rate 100kbps").down().bitsPerSecond()).isEqualTo(800_000);
  }

  @Test
  void commandsOfTcAreReadAndDirectionsToldApart() {
    Condition condition =
        netem(
            """
            # what leaves the server
            tc qdisc add dev eth0 root handle 1: netem delay 50ms
            tc qdisc add dev eth0 parent 1: tbf rate 2mbit burst 32kb latency 400ms
            up: netem delay 30ms
            """);
    assertThat(condition.roundTrip()).isEqualTo(80 * MS);
    assertThat(condition.down().bitsPerSecond()).isEqualTo(2e6);
    assertThat(condition.down().queue()).isEqualTo(Queue.dropTail(100_000));
    assertThat(condition.up().limited()).isFalse();
  }

  @Test
  void aCorrelatedLossBecomesAChannelWithTheSameShare() {
    Loss loss = netem("loss 2% 30%").down().loss();
    assertThat(loss).isInstanceOf(Loss.GilbertElliott.class);
    assertThat(loss.mean()).isCloseTo(0.02, within(1e-12));
    Loss.GilbertElliott channel = (Loss.GilbertElliott) loss;
    assertThat(1 - channel.goodAfter()).isCloseTo(0.02 + 0.3 * 0.98, within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({
    "delay 10 minutes,022",
    "loss 101%,022",
    "loss,022",
    "delay 2h,022",
    "slot 10ms 20ms,023",
    "loss state 1% 2% 3%,023",
    "delay 1ms 1ms distribution experimental,023",
    "hello world,022",
    "netem delay 90s,022",
    "rate 1bit,022",
    "loss gemodel 1% 0%,022",
  })
  void whatNetemOrTheModelDoesNotHaveIsAProblem(String arguments, String number) {
    assertThatThrownBy(() -> netem(arguments))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("ASSAY-NETWORK-" + number);
  }

  @Test
  void proxiesOfToxiproxyAreRead() {
    String text =
        """
        [ { "name": "orders_db", "listen": "127.0.0.1:15432", "upstream": "127.0.0.1:5432",
            "enabled": true,
            "toxics": [
              {"type": "latency", "stream": "downstream", "toxicity": 1,
               "attributes": {"latency": 100, "jitter": 30}},
              {"type": "bandwidth", "stream": "upstream", "toxicity": 0.5,
               "attributes": {"rate": 50}},
              {"type": "slicer", "stream": "upstream", "attributes": {"average_size": 1}} ] },
          { "name": "cache", "listen": "[::]:1", "upstream": "cache:6379", "enabled": false } ]
        """;
    List<Imported> all = ConditionImport.read(text, "toxiproxy.json", Kind.TOXIPROXY);
    Imported orders = all.getFirst();
    assertThat(orders.route()).contains(new Imported.Route("127.0.0.1:15432", "127.0.0.1:5432"));
    assertThat(orders.condition().down().delay())
        .isEqualTo(Delay.of(new Distribution.Uniform(100 * MS, 30 * MS)));
    assertThat(orders.condition().up().bitsPerSecond()).isEqualTo(400_000);
    assertThat(orders.condition().up().counting()).isEqualTo(Counting.PAYLOAD);
    assertThat(orders.notes()).hasSize(2);
    assertThat(all.get(1).condition()).isEqualTo(Condition.OFFLINE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "[1]", "{\"a\": {}}", "hello", "\u0000"})
  void whatIsOfAnotherKindIsAProblem(String text) {
    for (Kind kind : Kind.values()) {
      assertThatThrownBy(() -> ConditionImport.read(text, "file", kind))
          .as("%s as %s", text, kind)
          .isInstanceOf(ProblemException.class)
          .hasMessageContaining("ASSAY-NETWORK-02");
    }
  }

  @Test
  void aFileThatIsNotThereIsAProblem() {
    assertThatThrownBy(() -> ConditionImport.read(Path.of("no/such.ini"), Kind.WEBPAGETEST))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("ASSAY-NETWORK-020");
  }

  @Test
  void theKindIsGuessed() {
    assertThat(ConditionImport.guess(Path.of("a.ini"), "")).contains(Kind.WEBPAGETEST);
    assertThat(ConditionImport.guess(Path.of("a"), "[{\"upstream\": 1}]")).contains(Kind.TOXIPROXY);
    assertThat(ConditionImport.guess(Path.of("a"), "{\"up\": {}}")).contains(Kind.ATC);
    assertThat(ConditionImport.guess(Path.of("a"), "0\n1\n")).contains(Kind.MAHIMAHI);
    assertThat(ConditionImport.guess(Path.of("a"), "delay 10ms")).contains(Kind.NETEM);
    assertThat(ConditionImport.guess(Path.of("a"), "hello")).isEmpty();
  }
}
