package dev.assay.observe.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.api.problem.ProblemException;
import dev.assay.core.parse.RecordFile;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is told of what, and when. The time is the test's own. */
class AlertEngineTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private static final String FILE =
      """
      route:
        receiver: team
        group_by: [service]
        group_wait: 30s
        group_interval: 5m
        repeat_interval: 1h
        routes:
          - matchers: [ 'severity="page"' ]
            receiver: pager
            escalation: [ { after: 15m, receiver: boss } ]
            continue: true
          - matchers: [ 'severity=~"page|warning"' ]
            receiver: chat
          - matchers: [ 'night="yes"' ]
            receiver: team
            mute_time_intervals: [ lunch ]
      time_intervals:
        - name: lunch
          time_intervals: [ { times: [ { start_time: "12:00", end_time: "13:00" } ], weekdays: [ 'sunday' ] } ]
      inhibit_rules:
        - source_matchers: [ 'alertname="Down"' ]
          target_matchers: [ 'alertname="Slow"' ]
          equal: [ host ]
      dependencies:
        shop: [ payments ]
        payments: [ database ]
      receivers:
        - { name: team, webhook_configs: [ { url: "http://team.invalid" } ] }
        - { name: pager, webhook_configs: [ { url: "http://pager.invalid" } ] }
        - { name: chat, webhook_configs: [ { url: "http://chat.invalid" } ] }
        - { name: boss, webhook_configs: [ { url: "http://boss.invalid" } ] }
      """;

  @TempDir private Path folder;
  private JdbcDocuments documents;
  private AlertEngine engine;

  @BeforeEach
  void begin() {
    documents = JdbcDocuments.open(folder.resolve("alerts.db"));
    engine = new AlertEngine(routing(FILE), documents);
  }

  private static Routing routing(String text) {
    return Routing.of(RecordFile.read("alerting.yml", text, AlertingFile.class, Map.of()));
  }

  private static Alert alert(Instant from, Instant to, String... labels) {
    TreeMap<String, String> map = new TreeMap<>();
    for (int i = 0; i < labels.length; i += 2) {
      map.put(labels[i], labels[i + 1]);
    }
    return new Alert(map, new TreeMap<>(), from, to, from, "");
  }

  private void post(Instant now, String... labels) {
    engine.post(List.of(alert(now, now.plus(Duration.ofHours(9)), labels)), now);
  }

  /** What is sent at a moment, as receiver and status; all of it arrives. */
  private List<String> sent(Instant now) {
    List<String> sent = new ArrayList<>();
    for (Notification each : engine.tick(now)) {
      sent.add(each.way().receiver() + " " + each.status() + " " + each.alerts().size());
      engine.told(each, null, now);
    }
    return sent;
  }

  @Test
  void aGroupWaitsForMoreAndIsToldOnce() {
    post(NOON, "alertname", "A", "service", "cart");
    post(NOON.plusSeconds(20), "alertname", "B", "service", "cart");

    assertThat(sent(NOON.plusSeconds(29))).isEmpty();
    assertThat(sent(NOON.plusSeconds(30))).containsExactly("team firing 2");
    assertThat(sent(NOON.plusSeconds(31))).isEmpty();
    assertThat(sent(NOON.plusSeconds(400))).isEmpty();
    assertThat(sent(NOON.plusSeconds(4_000))).containsExactly("team firing 2");
  }

  @Test
  void whatIsOverIsToldOnceAndClosesItsIncident() {
    post(NOON, "alertname", "A", "service", "cart");
    assertThat(sent(NOON.plusSeconds(30))).hasSize(1);
    Instant over = NOON.plusSeconds(60);
    engine.post(List.of(alert(NOON, over, "alertname", "A", "service", "cart")), over);

    assertThat(sent(NOON.plusSeconds(330))).containsExactly("team resolved 1");
    assertThat(sent(NOON.plusSeconds(700))).isEmpty();
    assertThat(engine.incidents())
        .singleElement()
        .satisfies(incident -> assertThat(incident.closed()).isNotNull());
  }

  @Test
  void aRouteThatGoesOnTellsBothAndMakesOneIncident() {
    post(NOON, "alertname", "A", "service", "cart", "severity", "page");

    assertThat(sent(NOON.plusSeconds(30)))
        .containsExactlyInAnyOrder("pager firing 1", "chat firing 1");
    assertThat(engine.incidents()).hasSize(1);
  }

  @Test
  void whoIsNotReachedIsToldAgainAndNobodyElseTwice() {
    post(NOON, "alertname", "A", "service", "cart", "severity", "page");
    for (Notification each : engine.tick(NOON.plusSeconds(30))) {
      engine.told(
          each,
          each.way().receiver().equals("pager") ? new Failure("it is away") : null,
          NOON.plusSeconds(30));
    }

    assertThat(sent(NOON.plusSeconds(33))).containsExactly("pager firing 1");
  }

  @Test
  void aWayThatFailsAgainAndAgainHidesNothingElseThatHappened() {
    post(NOON, "alertname", "A", "service", "cart", "severity", "page");
    for (int minute = 1; minute <= 300; minute++) {
      Instant now = NOON.plus(Duration.ofMinutes(minute));
      for (Notification each : engine.tick(now)) {
        engine.told(
            each, each.way().receiver().equals("pager") ? new Failure("it is away") : null, now);
      }
    }

    Incident incident = new AlertEngine(routing(FILE), documents).incidents().getFirst();
    assertThat(incident.timeline())
        .anySatisfy(entry -> assertThat(entry.kind()).isEqualTo("opened"))
        .filteredOn(entry -> entry.kind().equals("failed"))
        .hasSizeLessThan(20)
        .anySatisfy(entry -> assertThat(entry.times()).isGreaterThan(10));
  }

  @Test
  void nobodyIsToldOfASilencedAlert() {
    engine.silence(
        new Silence(
            "s",
            LabelMatcher.parse("service=\"cart\""),
            NOON,
            NOON.plusSeconds(600),
            "kim",
            "known",
            NOON));
    post(NOON, "alertname", "A", "service", "cart");

    assertThat(sent(NOON.plusSeconds(30))).isEmpty();
    assertThat(engine.alerts(NOON.plusSeconds(30)).getFirst().silencedBy()).containsExactly("s");
    assertThat(sent(NOON.plusSeconds(700))).containsExactly("team firing 1");
  }

  @Test
  void anAlertKeepsAnotherQuietWhereTheLabelsAreEqual() {
    post(NOON, "alertname", "Down", "service", "a", "host", "one");
    post(NOON, "alertname", "Slow", "service", "b", "host", "one");
    post(NOON, "alertname", "Slow", "service", "c", "host", "two");

    assertThat(engine.tick(NOON.plusSeconds(30)))
        .extracting(each -> each.groupLabels().get("service"))
        .containsExactlyInAnyOrder("a", "c");
  }

  @Test
  void oneOutageIsOneAlert() {
    post(NOON, "alertname", "DbDown", "service", "database", "severity", "critical");
    post(NOON, "alertname", "PayDown", "service", "payments", "severity", "critical");
    post(NOON, "alertname", "ShopDown", "service", "shop", "severity", "critical");

    assertThat(sent(NOON.plusSeconds(30))).containsExactly("team firing 1");
    assertThat(sent(NOON.plusSeconds(60))).isEmpty();
    assertThat(engine.incidents())
        .singleElement()
        .satisfies(incident -> {
          assertThat(incident.title()).isEqualTo("DbDown");
          assertThat(incident.affected())
              .containsExactlyInAnyOrder("PayDown of payments", "ShopDown of shop");
        });
  }

  @Test
  void theBossIsToldWhileNobodyTakesCare() {
    post(NOON, "alertname", "A", "service", "cart", "severity", "page");
    assertThat(sent(NOON.plusSeconds(30))).hasSize(2);

    assertThat(sent(NOON.plus(Duration.ofMinutes(14)))).isEmpty();
    assertThat(sent(NOON.plus(Duration.ofMinutes(16)))).containsExactly("boss firing 1");
  }

  @Test
  void nobodyElseIsToldOnceSomebodyTakesCare() {
    post(NOON, "alertname", "A", "service", "cart", "severity", "page");
    assertThat(sent(NOON.plusSeconds(30))).hasSize(2);
    String incident = engine.incidents().getFirst().id();
    assertThat(engine.acknowledge(incident, "kim", "I look", NOON.plusSeconds(60))).isTrue();

    assertThat(sent(NOON.plus(Duration.ofMinutes(16)))).isEmpty();
    // and the same is not repeated by the pager's route, whose incident it is
    assertThat(sent(NOON.plus(Duration.ofHours(2)))).doesNotContain("pager firing 1");
  }

  @Test
  void aPartOfTheCalendarIsQuiet() {
    post(NOON, "alertname", "A", "service", "cart", "night", "yes");

    assertThat(NOON.atZone(java.time.ZoneOffset.UTC).getDayOfWeek())
        .isEqualTo(java.time.DayOfWeek.SUNDAY);
    assertThat(sent(NOON.plusSeconds(30))).isEmpty();
    assertThat(sent(NOON.plus(Duration.ofMinutes(61)))).containsExactly("team firing 1");
  }

  @Test
  void afterACrashWhatWasToldIsNotToldAgainAndWhatWasNotIs() {
    post(NOON, "alertname", "A", "service", "cart");
    assertThat(sent(NOON.plusSeconds(30))).hasSize(1);
    post(NOON.plusSeconds(31), "alertname", "B", "service", "other");
    assertThat(engine.tick(NOON.plusSeconds(61))).hasSize(1); // and nobody hears how that went

    engine = new AlertEngine(routing(FILE), JdbcDocuments.open(folder.resolve("alerts.db")));

    assertThat(sent(NOON.plusSeconds(62))).containsExactly("team firing 1");
    assertThat(engine.incidents()).hasSize(2);
  }

  @Test
  void anotherFileRoutesWhatLasts() {
    post(NOON, "alertname", "A", "service", "cart");

    engine.route(
        routing(FILE.replace("receiver: team\n  group_by", "receiver: chat\n  group_by")), NOON);

    assertThat(sent(NOON.plusSeconds(30))).containsExactly("chat firing 1");
  }

  @Test
  void aRingOfDependenciesIsRefused() {
    assertThatThrownBy(() -> routing(FILE.replace("payments: [ database ]", "payments: [ shop ]")))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("depends on itself");
  }

  @Test
  void anUnknownReceiverIsRefusedAtItsPlace() {
    assertThatThrownBy(() -> routing(FILE.replace("receiver: chat", "receiver: chta")))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("alerting.yml:12:")
        .hasMessageContaining("did you mean 'chat'");
  }
}
