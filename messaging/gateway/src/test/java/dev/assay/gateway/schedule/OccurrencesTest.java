package dev.assay.gateway.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class OccurrencesTest {

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  private static List<String> next(String recurrence, String after, int count) {
    Instant from = Instant.parse(after);
    Recurrence read = Recurrence.parse(recurrence, LocalDateTime.ofInstant(from, BERLIN));
    return new Occurrences(read, BERLIN)
        .next(from, count).stream()
            .map(moment -> moment.atZone(BERLIN).toOffsetDateTime().toString())
            .toList();
  }

  @Test
  void whatTheChangeLeavesOutComesRightAfterIt() {
    assertThat(next("30 2 * * *", "2026-03-28T00:00:00Z", 3))
        .containsExactly(
            "2026-03-28T02:30+01:00", "2026-03-29T03:00+02:00", "2026-03-30T02:30+02:00");
    assertThat(next("FREQ=DAILY;BYHOUR=2;BYMINUTE=30;BYSECOND=0", "2026-03-28T00:00:00Z", 3))
        .containsExactly(
            "2026-03-28T02:30+01:00", "2026-03-29T03:00+02:00", "2026-03-30T02:30+02:00");
  }

  @Test
  void whatComesTwiceIsMeantTheFirstTime() {
    assertThat(next("30 2 * * *", "2026-10-24T00:00:00Z", 3))
        .containsExactly(
            "2026-10-24T02:30+02:00", "2026-10-25T02:30+02:00", "2026-10-26T02:30+01:00");
  }

  @Test
  void whatRecursThroughAllHoursGoesOnInTheSecondOfTwoHours() {
    assertThat(next("*/30 * * * *", "2026-10-24T23:45:00Z", 6))
        .containsExactly(
            "2026-10-25T02:00+02:00",
            "2026-10-25T02:30+02:00",
            "2026-10-25T02:00+01:00",
            "2026-10-25T02:30+01:00",
            "2026-10-25T03:00+01:00",
            "2026-10-25T03:30+01:00");
    assertThat(next("FREQ=HOURLY", "2026-10-24T22:59:59Z", 4))
        .containsExactly(
            "2026-10-25T01:59:59+02:00",
            "2026-10-25T02:59:59+02:00",
            "2026-10-25T02:59:59+01:00",
            "2026-10-25T03:59:59+01:00");
  }

  @Test
  void aWholeDayThatAnIslandLeftOutIsOneMoment() {
    ZoneId samoa = ZoneId.of("Pacific/Apia");
    Instant before = LocalDateTime.of(2011, 12, 29, 12, 0).atZone(samoa).toInstant();

    assertThat(new Occurrences(CronExpression.parse("0 9 * * *"), samoa).next(before, 2))
        .containsExactly(
            LocalDateTime.of(2011, 12, 31, 0, 0).atZone(samoa).toInstant(),
            LocalDateTime.of(2011, 12, 31, 9, 0).atZone(samoa).toInstant());
  }

  /** Every second of a day and a half is asked, in the simplest way, whether it is due. */
  @Property(tries = 200)
  void agreesWithLookingAtEachMinute(
      @ForAll("zones") ZoneId zone,
      @ForAll("crons") String cron,
      @ForAll @IntRange(min = 2015, max = 2030) int year,
      @ForAll @IntRange(min = 0, max = 3) int change) {
    Instant turn = turn(zone, year, change);
    Instant from = turn.minusSeconds(18 * 3600L);
    Instant to = turn.plusSeconds(18 * 3600L);
    CronExpression read = CronExpression.parse(cron);
    TreeSet<Instant> expected = new TreeSet<>();
    TreeSet<LocalDateTime> seen = new TreeSet<>();
    LocalDateTime last = LocalDateTime.ofInstant(from, zone);
    for (Instant at = from.plusSeconds(60); !at.isAfter(to); at = at.plusSeconds(60)) {
      LocalDateTime local = LocalDateTime.ofInstant(at, zone);
      for (LocalDateTime skipped = last.plusMinutes(1);
          skipped.isBefore(local);
          skipped = skipped.plusMinutes(1)) {
        if (due(read, skipped)) {
          expected.add(at);
        }
      }
      if (due(read, local) && (seen.add(local) || read.everyHour())) {
        expected.add(at);
      }
      last = local;
    }

    List<Instant> found = new ArrayList<>();
    Occurrences occurrences = new Occurrences(read, zone);
    Instant at = from;
    while (true) {
      at = occurrences.next(at).orElseThrow();
      if (at.isAfter(to)) {
        break;
      }
      found.add(at);
    }

    assertThat(found).as("%s in %s about %s", cron, zone, turn).containsExactlyElementsOf(expected);
  }

  private static boolean due(CronExpression cron, LocalDateTime local) {
    return local.equals(cron.next(local.minusSeconds(1)));
  }

  private static Instant turn(ZoneId zone, int year, int change) {
    Instant at = LocalDateTime.of(year, 1, 1, 0, 0).toInstant(ZoneOffset.UTC);
    for (int i = 0; i <= change; i++) {
      var next = zone.getRules().nextTransition(at);
      if (next == null) {
        break;
      }
      at = next.getInstant();
    }
    return at.truncatedTo(java.time.temporal.ChronoUnit.MINUTES);
  }

  @Provide
  static Arbitrary<ZoneId> zones() {
    return Arbitraries.of(
            Stream.of(
                    "Europe/Berlin",
                    "America/New_York",
                    "America/St_Johns",
                    "Australia/Lord_Howe",
                    "Africa/Casablanca",
                    "America/Sao_Paulo",
                    "Asia/Tehran",
                    "Asia/Kolkata",
                    "Pacific/Auckland",
                    "America/Havana",
                    "UTC")
                .toList())
        .map(ZoneId::of);
  }

  @Provide
  static Arbitrary<String> crons() {
    return Arbitraries.of(
        "30 2 * * *",
        "0 0 * * *",
        "15 * * * *",
        "*/7 * * * *",
        "*/20 0-3 * * *",
        "59 23 * * *",
        "0 */2 * * *",
        "45 1,2,3 * * *",
        "5 0 * * SUN",
        "0 3 * * *");
  }

  /** Each local time of day comes exactly once a day, whatever the zone does. */
  @Property(tries = 200)
  void aDailyTimeComesOnceADay(
      @ForAll("zones") ZoneId zone,
      @ForAll @IntRange(min = 0, max = 1439) int minute,
      @ForAll @IntRange(min = 2015, max = 2030) int year) {
    LocalTime time = LocalTime.MIN.plusMinutes(minute);
    CronExpression cron = CronExpression.parse(time.getMinute() + " " + time.getHour() + " * * *");
    Instant from = LocalDateTime.of(year - 1, 12, 31, 23, 59, 59).atZone(zone).toInstant();
    int days = java.time.Year.of(year).length();

    List<Instant> all = new Occurrences(cron, zone).next(from, days);

    for (int i = 0; i < days; i++) {
      assertThat(all.get(i).atZone(zone).toLocalDate())
          .isEqualTo(java.time.LocalDate.ofYearDay(year, i + 1));
    }
  }
}
