package dev.assay.gateway.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.ical.iter.RecurrenceIterator;
import com.google.ical.iter.RecurrenceIteratorFactory;
import com.google.ical.values.DateTimeValueImpl;
import com.google.ical.values.DateValue;
import java.text.ParseException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.TimeZone;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecurrenceRuleTest {

  private static final LocalDateTime START = LocalDateTime.of(1997, 9, 2, 9, 0);

  private static List<LocalDateTime> all(String rule, LocalDateTime start, int most) {
    RecurrenceRule read = RecurrenceRule.parse(rule, start);
    List<LocalDateTime> all = new ArrayList<>();
    LocalDateTime at = start.minusSeconds(1);
    while (all.size() < most) {
      at = read.next(at);
      if (at == null) {
        break;
      }
      all.add(at);
    }
    return all;
  }

  /** Examples of RFC 5545, section 3.8.5.3, with their start of 2 September 1997, 9:00. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          FREQ=DAILY;COUNT=10                               | 10 | 1997-09-11T09:00
          FREQ=DAILY;UNTIL=19971224T000000Z                 | 113| 1997-12-23T09:00
          FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH| 8  | 1997-10-16T09:00
          FREQ=MONTHLY;COUNT=6;BYDAY=-2MO                   | 6  | 1998-02-16T09:00
          FREQ=MONTHLY;BYMONTHDAY=-3;COUNT=6                | 6  | 1998-02-26T09:00
          FREQ=MONTHLY;INTERVAL=18;COUNT=10;BYMONTHDAY=10,11,12,13,14,15 | 10 | 1999-03-13T09:00
          FREQ=YEARLY;COUNT=4;INTERVAL=3;BYYEARDAY=1,100,200| 4  | 2003-01-01T09:00
          FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13;COUNT=5       | 5  | 2000-10-13T09:00
          FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3    | 3  | 1997-11-06T09:00
          FREQ=HOURLY;INTERVAL=3;UNTIL=19970902T170000Z     | 3  | 1997-09-02T15:00
          FREQ=MINUTELY;INTERVAL=90;COUNT=4                 | 4  | 1997-09-02T13:30
          FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8;COUNT=2 | 2 | 2001-11-06T09:00
          """)
  void theExamplesOfTheStandardComeOut(String rule, int count, LocalDateTime last) {
    RecurrenceRule read = RecurrenceRule.parse(rule, START);
    List<Instant> all =
        new Occurrences(read, ZoneOffset.UTC)
            .next(START.minusSeconds(1).toInstant(ZoneOffset.UTC), 500);

    assertThat(all).hasSize(count);
    assertThat(all.getLast()).isEqualTo(last.toInstant(ZoneOffset.UTC));
  }

  @Test
  void whatIsExceptedIsLeftOutAndWhatIsBesidesIsAdded() {
    String rule =
        """
        DTSTART;TZID=Europe/Berlin:20261201T090000
        RRULE:FREQ=DAILY;COUNT=4
        EXDATE;TZID=Europe/Berlin:20261202T090000
        EXDATE:20261203T080000Z
        RDATE:20261224T180000\
        """;
    RecurrenceRule read = RecurrenceRule.parse(rule, START);

    assertThat(new Occurrences(read, ZoneOffset.UTC).next(Instant.EPOCH, 9))
        .containsExactly(
            Instant.parse("2026-12-01T08:00:00Z"),
            Instant.parse("2026-12-04T08:00:00Z"),
            Instant.parse("2026-12-24T17:00:00Z"));
    assertThat(read.zone()).contains(ZoneId.of("Europe/Berlin"));
  }

  @Test
  void aDayAsTheEndIsAllOfThatDay() {
    assertThat(all("FREQ=HOURLY;INTERVAL=6;UNTIL=19970903", START, 99))
        .last()
        .isEqualTo(LocalDateTime.of(1997, 9, 3, 21, 0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          FREQ=OFTEN                                     | no rule of RFC 5545
          FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30            | comes never
          FREQ=DAILY;COUNT=2;UNTIL=20260101              | not both
          FREQ=DAILY;COUNT=99999999                      | at most
          FREQ=DAILY;UNTIL=20261301                      | is no moment
          DTSTART;TZID=Europe/Berlon:20260101 FREQ=DAILY | did you mean 'Europe/Berlin'
          """)
  void whatIsWrongIsSaid(String rule, String why) {
    assertThatThrownBy(() -> RecurrenceRule.parse(rule, START))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }

  /**
   * google-rfc-2445, an older reader of the same rules; days only, as it loses the time of day
   * where there is a BYSETPOS.
   */
  @Property(tries = 300)
  void agreesWithAnIndependentReader(
      @ForAll("rules") String rule, @ForAll("starts") LocalDateTime start) throws ParseException {
    RecurrenceIterator peer =
        RecurrenceIteratorFactory.createRecurrenceIterator(
            "RRULE:" + rule,
            new DateTimeValueImpl(
                start.getYear(),
                start.getMonthValue(),
                start.getDayOfMonth(),
                start.getHour(),
                start.getMinute(),
                start.getSecond()),
            TimeZone.getTimeZone("UTC"));
    List<LocalDate> theirs = new ArrayList<>();
    while (theirs.size() < 13 && peer.hasNext()) {
      DateValue found = peer.next();
      LocalDate day = LocalDate.of(found.year(), found.month(), found.day());
      // it gives the start even where the rule does not
      if (!theirs.isEmpty()
          || !day.equals(start.toLocalDate())
          || all(rule, start, 1).contains(start)) {
        theirs.add(day);
      }
    }

    List<LocalDateTime> ours = all(rule, start, theirs.size());
    assertThat(ours)
        .as("%s from %s", rule, start)
        .extracting(LocalDateTime::toLocalDate)
        .isEqualTo(theirs);
    assertThat(ours).extracting(LocalDateTime::toLocalTime).containsOnly(start.toLocalTime());
  }

  @Provide
  static Arbitrary<LocalDateTime> starts() {
    return Arbitraries.longs()
        .between(946_684_800L, 1_893_456_000L)
        .map(second -> LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC));
  }

  @Provide
  static Arbitrary<String> rules() {
    return Arbitraries.of(
            "FREQ=DAILY;INTERVAL=%d",
            "FREQ=DAILY;INTERVAL=%d;BYMONTH=1,6,12",
            "FREQ=WEEKLY;INTERVAL=%d;BYDAY=MO,WE,SU;WKST=MO",
            "FREQ=WEEKLY;INTERVAL=%d;BYDAY=MO,WE,SU;WKST=SU",
            "FREQ=MONTHLY;INTERVAL=%d;BYDAY=1MO,-1FR",
            "FREQ=MONTHLY;INTERVAL=%d;BYMONTHDAY=1,15,-1",
            "FREQ=MONTHLY;INTERVAL=%d;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
            "FREQ=YEARLY;INTERVAL=%d;BYMONTH=3,10;BYDAY=-1SU",
            "FREQ=YEARLY;INTERVAL=%d;BYYEARDAY=1,100,-1",
            "FREQ=YEARLY;INTERVAL=%d;BYWEEKNO=20;BYDAY=MO")
        .flatMap(
            rule -> Arbitraries.integers().between(1, 5).map(interval -> rule.formatted(interval)));
  }
}
