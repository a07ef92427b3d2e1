package dev.assay.observe.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.api.json.Json;
import dev.assay.core.parse.RecordFile;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a way that fails. The time is the test's own. */
class FailingWaysTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private static final String FILE =
      """
      route: { receiver: team, group_by: [service], group_wait: 30s, group_interval: 5m, repeat_interval: 3h }
      receivers:
        - name: team
          webhook_configs: [ { url: "http://well.invalid" }, { url: "http://broken.invalid" } ]
      """;

  private static final String BROKEN = "team/webhook/1";

  @TempDir private Path folder;
  private JdbcDocuments documents;
  private AlertEngine engine;
  private Instant now = NOON;

  @BeforeEach
  void anAlert() {
    documents = JdbcDocuments.open(folder.resolve("alerts.db"));
    engine = started();
    post("A", Duration.ofDays(9));
  }

  private AlertEngine started() {
    return new AlertEngine(routing(FILE), documents);
  }

  private static Routing routing(String text) {
    return Routing.of(RecordFile.read("alerting.yml", text, AlertingFile.class, Map.of()));
  }

  private void post(String name, Duration lasts) {
    TreeMap<String, String> labels = new TreeMap<>(Map.of("alertname", name, "service", "cart"));
    engine.post(List.of(new Alert(labels, new TreeMap<>(), NOON, now.plus(lasts), now, "")), now);
  }

  /** What is sent, second by second, while so much time passes; one way fails. */
  private List<String> pass(Duration time, @Nullable Failure failure) {
    List<String> sent = new ArrayList<>();
    for (long second = 0; second < time.toSeconds(); second++) {
      now = now.plusSeconds(1);
      for (Notification each : engine.tick(now)) {
        sent.add(each.way().number() + " " + each.status() + " " + each.alerts().size());
        boolean broken = each.way().key().equals(BROKEN);
        FailingWay _ = engine.told(each, broken ? failure : null, now);
      }
    }
    return sent;
  }

  private static final Failure AWAY = new Failure("nobody listens there");

  private static long count(List<String> sent, String what) {
    return sent.stream().filter(what::equals).count();
  }

  @Test
  void pausesGrowAreRandomAndHaveABound() {
    for (int tries = 1; tries <= 60; tries++) {
      int one = tries;
      long longest = Math.min(2_000L << Math.min(tries - 1, 20), 300_000L);
      long[] pauses =
          LongStream.range(0, 2_000)
              .map(seed -> Retry.pause(one, seed * 7_919).toMillis())
              .toArray();
      assertThat(LongStream.of(pauses).min().orElseThrow())
          .isBetween(1_000L, 1_000L + longest / 20);
      assertThat(LongStream.of(pauses).max().orElseThrow())
          .isBetween(longest - longest / 20, longest);
      assertThat(LongStream.of(pauses).average().orElseThrow())
          .isBetween(0.45 * (1_000 + longest), 0.55 * (1_000 + longest));
    }
    assertThat(Retry.pause(3, 42)).isEqualTo(Retry.pause(3, 42));
  }

  @Test
  void aWayThatFailsIsTriedMoreAndMoreSeldomThenGivenUpAndToldSo() {
    List<String> first = pass(Duration.ofMinutes(2), AWAY);
    List<String> tenth = pass(Duration.ofMinutes(18), AWAY);
    List<String> last = pass(Duration.ofMinutes(100), AWAY);
    assertThat(count(first, "0 firing 1")).isOne();
    assertThat(count(first, "1 firing 1")).isBetween(4L, 40L);
    assertThat(count(tenth, "1 firing 1")).isBetween(4L, 30L);
    assertThat(count(last, "1 firing 1")).isBetween(20L, 80L);
    assertThat(engine.failing())
        .singleElement()
        .satisfies(way -> {
          assertThat(way.sentence())
              .startsWith("team is not told by webhook (")
              .endsWith(" tries): nobody listens there");
          assertThat(way.since()).isEqualTo(NOON.plusSeconds(30));
        });

    List<String> _ = pass(Duration.ofMinutes(6), AWAY);
    assertThat(engine.failing()).singleElement().satisfies(way -> assertThat(way.next()).isNull());
    assertThat(engine.incidents().getFirst().timeline())
        .filteredOn(entry -> entry.kind().equals("gave up"))
        .singleElement()
        .satisfies(
            entry -> assertThat(entry.text()).startsWith("team by webhook: ").contains(" tries"));
    // also after a start nobody tries any more
    engine = started();
    assertThat(engine.failing()).singleElement().satisfies(way -> assertThat(way.next()).isNull());
    assertThat(pass(Duration.ofMinutes(30), AWAY)).isEmpty();
  }

  @Test
  void whatWasGivenUpIsTriedAgainWhenThereIsSomethingNewOrItIsTimeToRepeatIt() {
    List<String> _ = pass(Duration.ofMinutes(130), AWAY);
    assertThat(engine.failing().getFirst().next()).isNull();
    post("B", Duration.ofDays(9));
    assertThat(pass(Duration.ofMinutes(6), null)).containsExactly("0 firing 2", "1 firing 2");
    assertThat(engine.failing()).isEmpty();

    List<String> _ = pass(Duration.ofHours(6), AWAY);
    assertThat(engine.failing().getFirst().next()).isNull();
    assertThat(pass(Duration.ofHours(4), null)).contains("1 firing 2");
    assertThat(engine.failing()).isEmpty();
  }

  @Test
  void aStartLosesNoTryAndHurriesNone() {
    List<String> _ = pass(Duration.ofSeconds(600), AWAY);
    FailingWay before = engine.failing().getFirst();
    assertThat(before.next()).isAfter(now);

    engine = started();
    assertThat(engine.failing()).containsExactly(before);
    List<String> sent = new ArrayList<>();
    while (now.isBefore(before.next().minusSeconds(1))) {
      sent.addAll(pass(Duration.ofSeconds(1), AWAY));
    }
    assertThat(sent).isEmpty();
    assertThat(pass(Duration.ofSeconds(2), null)).containsExactly("1 firing 1");
    assertThat(engine.failing()).isEmpty();
  }

  @Test
  void whoAsksToBeLeftAloneIsAndNotForLongerThanAQuarterOfAnHour() {
    Failure busy = new Failure("it answers 429", Duration.ofMinutes(7));
    assertThat(pass(Duration.ofSeconds(31), busy)).contains("1 firing 1");
    assertThat(pass(Duration.ofSeconds(418), busy)).isEmpty();
    Failure never = new Failure("it answers 503", Duration.ofDays(400));
    assertThat(pass(Duration.ofSeconds(3), never)).containsExactly("1 firing 1");
    assertThat(pass(Duration.ofSeconds(895), never)).isEmpty();
    assertThat(pass(Duration.ofSeconds(5), null)).containsExactly("1 firing 1");
  }

  @Test
  void aWayThatHangsOrFailsHoldsTheOthersUpInNothing() {
    now = NOON.plusSeconds(30);
    List<Notification> hanging = new ArrayList<>();
    for (Notification each : engine.tick(now)) {
      if (each.way().key().equals(BROKEN)) {
        hanging.add(each); // nobody answers
      } else {
        assertThat(engine.told(each, null, now)).isNull();
      }
    }
    post("B", Duration.ofDays(9));
    assertThat(pass(Duration.ofSeconds(301), AWAY)).containsExactly("0 firing 2");

    // it was told of the first in the end, and is told of the second at once
    assertThat(engine.told(hanging.getFirst(), null, now)).isNull();
    assertThat(pass(Duration.ofSeconds(1), null)).containsExactly("1 firing 2");
  }

  @Test
  void thatSomethingIsOverIsGivenUpTooAndTheIncidentCloses() {
    assertThat(pass(Duration.ofSeconds(31), null)).hasSize(2);
    post("A", Duration.ZERO);
    List<String> sent = pass(Duration.ofMinutes(100), AWAY);
    assertThat(sent).contains("0 resolved 1", "1 resolved 1");
    assertThat(engine.incidents().getFirst().closed()).isNull();

    List<String> _ = pass(Duration.ofMinutes(40), AWAY);
    assertThat(engine.incidents().getFirst().closed()).isNotNull();
    assertThat(engine.failing()).isEmpty();
    assertThat(pass(Duration.ofHours(9), AWAY)).isEmpty();
  }

  @Test
  void whoCorrectsTheAddressDoesNotWait() {
    List<String> _ = pass(Duration.ofMinutes(130), AWAY);
    engine.route(routing(FILE.replace("broken", "mended")), now);
    assertThat(engine.failing()).isEmpty();
    assertThat(pass(Duration.ofMinutes(6), null)).contains("1 firing 1");
  }

  @Test
  void aClockThatWentWrongKeepsNobodyWaiting() {
    post("A", Duration.ofDays(900));
    now = NOON.plus(Duration.ofDays(400));
    List<String> _ = pass(Duration.ofMinutes(1), AWAY);
    assertThat(engine.failing()).hasSize(1);
    now = NOON.plusSeconds(60);
    assertThat(pass(Duration.ofSeconds(2), null)).containsExactly("1 firing 1");
    post("B", Duration.ofDays(900));
    assertThat(pass(Duration.ofMinutes(6), null)).containsExactly("0 firing 2", "1 firing 2");
  }

  @Test
  void whatAnOlderVersionKeptIsRead() {
    List<String> _ = pass(Duration.ofMinutes(1), AWAY);
    Map.Entry<String, Json> kept = documents.all("group").entrySet().iterator().next();
    Json.Builder older = Json.object();
    kept.getValue()
        .asObject()
        .members()
        .forEach((name, value) -> {
          if (!name.equals("retries") && !name.equals("gaveUp")) {
            older.put(name, value);
          }
        });
    documents.write(List.of(new AlertDocuments.Change("group", kept.getKey(), older.build())));
    engine = started();
    assertThat(pass(Duration.ofMinutes(6), null)).containsExactly("1 firing 1");
  }

  @Test
  void whatCannotBeKeptIsSentOnceItCanBe() {
    boolean[] full = {true};
    AlertDocuments unsure =
        new AlertDocuments() {
          @Override
          public Map<String, Json> all(String kind) {
            return documents.all(kind);
          }

          @Override
          public void write(List<Change> changes) {
            if (full[0]) {
              throw new IllegalStateException("the disk is full");
            }
            documents.write(changes);
          }
        };
    engine = new AlertEngine(routing(FILE), unsure);
    now = NOON.plusSeconds(30);
    assertThatThrownBy(() -> engine.tick(now)).hasMessage("the disk is full");
    full[0] = false;
    assertThat(engine.tick(now.plusMillis(1))).hasSize(2);
    List<String> opened = engine.incidents().stream().map(Incident::id).toList();
    engine = started();
    assertThat(engine.incidents()).extracting(Incident::id).isEqualTo(opened).isNotEmpty();
    assertThat(pass(Duration.ofSeconds(1), null)).hasSize(2);
  }
}
