package dev.assay.gateway.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.api.json.JsonReader;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class ScheduleTest {

  private static final Instant NOW = Instant.parse("2026-12-01T12:00:00Z");

  private static Schedule read(String json, String recipient) {
    return Schedule.read(JsonReader.read(json).asObject(), recipient, ZoneOffset.UTC, NOW);
  }

  @Test
  void aLocalTimeIsTheRecipients() {
    String json = "{\"at\": \"2026-12-24T18:00\"}";

    assertThat(Plan.begin(read(json, "+4917012345678"), NOW).next())
        .isEqualTo("2026-12-24T17:00:00Z");
    assertThat(Plan.begin(read(json, "+81312345678"), NOW).next())
        .isEqualTo("2026-12-24T09:00:00Z");
    assertThat(Plan.begin(read(json, "somebody@example.org"), NOW).next())
        .isEqualTo("2026-12-24T18:00:00Z");
  }

  @Test
  void anAreaTellsTheZoneOfALandline() {
    assertThat(Zones.ofNumber("+12125550100")).containsExactly(ZoneId.of("America/New_York"));
    assertThat(Zones.ofNumber("nobody")).isEmpty();
  }

  @Test
  void aMessageInQuietHoursWaits() {
    assertThat(Plan.begin(read("{\"quiet\": \"12:00-14:00\"}", "+4917012345678"), NOW).next())
        .isEqualTo("2026-12-01T13:00:00Z");
  }

  @Test
  void aPlanGoesOnUntilItsCountIsSent() {
    Plan plan =
        Plan.begin(read("{\"cron\": \"0 9 * * *\", \"zone\": \"UTC\", \"count\": 2}", ""), NOW);
    assertThat(plan.due(NOW)).isFalse();
    assertThat(plan.next()).isEqualTo("2026-12-02T09:00:00Z");

    plan = plan.sent(Instant.parse("2026-12-02T09:00:01Z"));
    assertThat(plan.next()).isEqualTo("2026-12-03T09:00:00Z");

    plan = plan.sent(Instant.parse("2026-12-03T09:00:01Z"));
    assertThat(plan.state()).isEqualTo(Plan.State.DONE);
    assertThat(plan.next()).isNull();
  }

  @Test
  void whatWasMissedIsNotMadeUpFor() {
    Plan plan = Plan.begin(read("{\"cron\": \"0 * * * *\", \"zone\": \"UTC\"}", ""), NOW);

    assertThat(plan.sent(Instant.parse("2026-12-01T19:20:00Z")).next())
        .isEqualTo("2026-12-01T20:00:00Z");
    assertThat(plan.pause().next()).isNull();
    assertThat(plan.pause().resume(Instant.parse("2026-12-01T17:30:00Z")).next())
        .isEqualTo("2026-12-01T18:00:00Z");
  }

  @Test
  void whatComesThroughoutQuietHoursComesOnceWhenTheyAreOver() {
    Plan plan =
        Plan.begin(
            read("{\"cron\": \"0 * * * *\", \"zone\": \"UTC\", \"quiet\": \"12:30-16:30\"}", ""),
            NOW);
    assertThat(plan.next()).isEqualTo("2026-12-01T16:30:00Z");
    assertThat(plan.sent(Instant.parse("2026-12-01T16:30:00Z")).next())
        .isEqualTo("2026-12-01T17:00:00Z");
  }

  @Test
  void whatIsOverCannotGoOn() {
    Plan cancelled = Plan.begin(read("{\"at\": \"2026-12-24T18:00\"}", ""), NOW).cancel();

    assertThatThrownBy(() -> cancelled.resume(NOW)).hasMessageContaining("it is cancelled");
    assertThatThrownBy(cancelled::pause).hasMessageContaining("it is cancelled");
    assertThat(cancelled.cancel().state()).isEqualTo(Plan.State.CANCELLED);
  }

  @Test
  void whatNoScheduleHasIsNamed() {
    assertThatThrownBy(() -> read("{\"chron\": \"0 9 * * *\"}", ""))
        .hasMessageContaining("did you mean 'cron'");
    assertThatThrownBy(() -> read("{\"at\": \"soon\"}", "")).hasMessageContaining("is no moment");
    assertThatThrownBy(() -> read("{\"at\": \"2026-12-24T18:00\", \"cron\": \"@daily\"}", ""))
        .hasMessageContaining("one of at, cron and rrule");
  }
}
