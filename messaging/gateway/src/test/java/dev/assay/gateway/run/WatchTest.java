package dev.assay.gateway.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonReader;
import dev.assay.gateway.engine.Counters;
import dev.assay.gateway.engine.Engine.LineView;
import dev.assay.gateway.route.Health;
import dev.assay.testkit.SetClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the log tells, and what it never does. */
class WatchTest {

  private static final Instant AT = Instant.parse("2026-11-22T04:00:00.5Z");

  private final List<Happening> told = new ArrayList<>();
  private final Watch watch = new Watch(new SetClock("2026-11-22T04:00:00.5Z"), told::add);

  private void look(boolean ready, boolean open, String trouble) {
    LineView alpha = new LineView("alpha", "sms", ready, false, open, 0, 0, 50, 0, new Health());
    watch.look(List.of(alpha), Map.of("alpha", trouble), new Counters());
  }

  private List<String> events() {
    return told.stream().map(Happening::event).toList();
  }

  @Test
  void aChannelIsToldOfWhenItComesAndGoesAndNotBetween() {
    look(true, false, "");
    look(true, false, "");
    look(false, false, "the session ended: PEER");
    look(false, true, "no session");
    look(true, false, "");

    assertThat(events())
        .containsExactly(
            "channel.up", "channel.down", "circuit.open", "channel.up", "circuit.closed");
    assertThat(told.get(1).text())
        .isEqualTo(
            "2026-11-22T04:00:00Z channel.down channel=alpha trouble=\"the session ended: PEER\"");
    assertThat(told.get(1).level()).isEqualTo(Happening.Level.WARNING);
  }

  @Test
  void aLineForProgramsIsOneObject() {
    look(true, false, "");

    Json.Obj line = JsonReader.read(told.getFirst().json()).asObject();

    assertThat(line.text("at")).isEqualTo("2026-11-22T04:00:00.500Z");
    assertThat(line.text("level")).isEqualTo("info");
    assertThat(line.text("event")).isEqualTo("channel.up");
    assertThat(line.text("channel")).isEqualTo("alpha");
  }

  @Test
  void numbersOfPeopleAreNotInIt() {
    Happening happening =
        new Happening(
            AT,
            Happening.Level.INFO,
            "problem",
            Map.of(
                "what", Json.of("'+49 170 1234567' and 4917012345678 at 127.0.0.1:2775"),
                "count", Json.of(12_345_678)));

    assertThat(happening.json())
        .doesNotContain("170")
        .contains("'<number>' and <number> at 127.0.0.1:2775")
        .contains("12345678");
    assertThat(happening.text()).doesNotContain("170");
  }
}
