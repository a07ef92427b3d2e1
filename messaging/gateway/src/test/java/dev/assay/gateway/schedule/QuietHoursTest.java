package dev.assay.gateway.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuietHoursTest {

  private static final List<ZoneId> BERLIN = List.of(ZoneId.of("Europe/Berlin"));

  @ParameterizedTest
  @CsvSource({
    "21:00-08:00, 2026-12-01T20:30:00Z, 2026-12-02T07:00:00Z", // 21:30 in Berlin
    "21:00-08:00, 2026-12-01T19:59:59Z, 2026-12-01T19:59:59Z",
    "21:00-08:00, 2026-12-01T07:00:00Z, 2026-12-01T07:00:00Z",
    "sat-sun 00:00-24:00, 2026-12-05T12:00:00Z, 2026-12-06T23:00:00Z",
    "fri 22:00-06:00; sat 06:00-12:00, 2026-12-04T23:00:00Z, 2026-12-05T11:00:00Z",
    "'mon,wed 22:00-06:00', 2026-12-02T22:00:00Z, 2026-12-03T05:00:00Z",
    "'mon,wed 22:00-06:00', 2026-12-01T22:00:00Z, 2026-12-01T22:00:00Z",
    "22:00-07:00 America/New_York, 2026-12-01T12:00:00Z, 2026-12-01T12:00:00Z",
    "22:00-07:00 America/New_York, 2026-12-01T11:59:00Z, 2026-12-01T12:00:00Z",
    // the quiet hour ends in the gap, and in the second of two hours
    "22:00-02:30, 2026-03-29T00:30:00Z, 2026-03-29T01:00:00Z",
    "22:00-02:30, 2026-10-25T01:10:00Z, 2026-10-25T01:30:00Z",
  })
  void whatComesInThemWaitsForTheirEnd(String quiet, Instant planned, Instant released) {
    assertThat(QuietHours.parse(quiet).release(planned, BERLIN)).isEqualTo(released);
  }

  @Test
  void aRecipientWhoMayBeInSeveralZonesIsDisturbedInNone() {
    List<ZoneId> america = Zones.ofNumber("+18005550199");
    Instant nightInTheEast = Instant.parse("2026-12-01T03:00:00Z");

    Instant released = QuietHours.parse("21:00-08:00").release(nightInTheEast, america);

    assertThat(america).hasSizeGreaterThan(3);
    assertThat(america)
        .allSatisfy(zone -> assertThat(released.atZone(zone).getHour()).isBetween(8, 20));
  }

  @ParameterizedTest
  @CsvSource({
    "00:00-24:00, leave no time of the week",
    "25:00-26:00, is no time of a day",
    "moo 21:00-08:00, is no day",
    "08:00-08:00, is empty",
    "night, are no quiet hours",
    "21:00-08:00 Europe/Berlinn, did you mean 'Europe/Berlin'",
  })
  void whatIsWrongIsSaid(String quiet, String why) {
    assertThatThrownBy(() -> QuietHours.parse(quiet))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }

  /** What is released is free, not early, and no free minute before it was passed over. */
  @Property(tries = 200)
  void theFirstFreeMomentIsTaken(@ForAll("moments") Instant planned, @ForAll("quiet") String text) {
    QuietHours quiet = QuietHours.parse(text);

    Instant released = quiet.release(planned, BERLIN);

    assertThat(quiet.quiet(released, BERLIN)).isFalse();
    assertThat(released).isAfterOrEqualTo(planned);
    for (Instant before = planned; before.isBefore(released); before = before.plusSeconds(60)) {
      assertThat(quiet.quiet(before, BERLIN)).as("%s", before).isTrue();
    }
  }

  @Provide
  static Arbitrary<Instant> moments() {
    return Arbitraries.longs()
        .between(1_735_689_600L / 60, 1_830_297_600L / 60)
        .map(minute -> Instant.ofEpochSecond(minute * 60));
  }

  @Provide
  static Arbitrary<String> quiet() {
    return Arbitraries.of(
        "21:00-08:00",
        "22:30-02:30",
        "mon-fri 20:00-09:00; sat,sun 18:00-11:00",
        "sun 00:00-24:00; 23:00-06:00",
        "02:00-03:00",
        "12:00-13:00; 13:00-14:00");
  }
}
