package dev.assay.gateway.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CronExpressionTest {

  private static List<LocalDateTime> next(String expression, LocalDateTime after, int count) {
    CronExpression cron = CronExpression.parse(expression);
    List<LocalDateTime> all = new ArrayList<>();
    LocalDateTime at = after;
    while (all.size() < count) {
      at = cron.next(at);
      all.add(at);
    }
    return all;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0 9 * * MON-FRI    | 2026-01-09T09:00 | 2026-01-12T09:00 | 2026-01-13T09:00
          30 */15 9 * * *    | 2026-01-09T09:59 | 2026-01-10T09:00:30 | 2026-01-10T09:15:30
          0 0 L * *          | 2026-01-10T00:00 | 2026-01-31T00:00 | 2026-02-28T00:00
          0 0 L-3 * *        | 2026-01-10T00:00 | 2026-01-28T00:00 | 2026-02-25T00:00
          0 0 LW * *         | 2026-01-10T00:00 | 2026-01-30T00:00 | 2026-02-27T00:00
          0 0 15W * *        | 2026-01-20T00:00 | 2026-02-16T00:00 | 2026-03-16T00:00
          0 0 1W * *         | 2026-07-30T00:00 | 2026-08-03T00:00 | 2026-09-01T00:00
          0 0 31W * *        | 2026-01-31T00:00 | 2026-03-31T00:00 | 2026-05-29T00:00
          0 0 * * 5#3        | 2026-01-10T00:00 | 2026-01-16T00:00 | 2026-02-20T00:00
          0 0 * * MON#5      | 2026-01-10T00:00 | 2026-03-30T00:00 | 2026-06-29T00:00
          0 0 * * 5L         | 2026-01-10T00:00 | 2026-01-30T00:00 | 2026-02-27T00:00
          0 0 29 2 *         | 2026-01-10T00:00 | 2028-02-29T00:00 | 2032-02-29T00:00
          0 22-2/2 * * *     | 2026-01-10T21:00 | 2026-01-10T22:00 | 2026-01-11T00:00
          0 0 * * FRI-MON    | 2026-01-08T00:00 | 2026-01-09T00:00 | 2026-01-10T00:00
          @weekly            | 2026-01-08T00:00 | 2026-01-11T00:00 | 2026-01-18T00:00
          """)
  void theNextTimesAre(
      String expression, LocalDateTime after, LocalDateTime first, LocalDateTime second) {
    assertThat(next(expression, after, 2)).containsExactly(first, second);
  }

  @Test
  void ofTwoRestrictedFieldsOfDaysEitherCounts() {
    assertThat(next("0 0 13 * FRI", LocalDateTime.of(2026, 1, 10, 0, 0), 3))
        .containsExactly(
            LocalDateTime.of(2026, 1, 13, 0, 0),
            LocalDateTime.of(2026, 1, 16, 0, 0),
            LocalDateTime.of(2026, 1, 23, 0, 0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          0 0 30 2 *   | names no day that exists
          60 * * * *   | '60' names no minutes: they are 0 to 59
          * * *        | has 3
          0 0 * * MOO  | 'MOO' names no days of the week: they are 0 to 7 or SUN, MON
          */0 * * * *  | after / comes a number above 0
          0 0 * * MON#6| after # comes 1 to 5
          @often       | there are @hourly
          0, * * * *   | something is missing beside a comma
          """)
  void whatIsWrongIsSaid(String expression, String why) {
    assertThatThrownBy(() -> CronExpression.parse(expression))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }

  /** cron-utils, where it means the same: one field of days, no ranges over the end. */
  @Property(tries = 300)
  void agreesWithCronUtils(
      @ForAll("expressions") String expression, @ForAll("moments") LocalDateTime after) {
    ExecutionTime peer = ExecutionTime.forCron(new CronParser(definition()).parse(expression));
    LocalDateTime theirs = after;
    LocalDateTime ours = after;
    CronExpression cron = CronExpression.parse(expression);
    for (int i = 0; i < 5; i++) {
      theirs = peer.nextExecution(theirs.atZone(ZoneOffset.UTC)).orElseThrow().toLocalDateTime();
      ours = cron.next(ours);
      assertThat(ours).as("%s after %s", expression, after).isEqualTo(theirs);
    }
  }

  @Provide
  static Arbitrary<LocalDateTime> moments() {
    return Arbitraries.longs()
        .between(946_684_800L, 2_524_608_000L)
        .map(second -> LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC));
  }

  @Provide
  static Arbitrary<String> expressions() {
    Arbitrary<String> minutes = field(0, 59);
    Arbitrary<String> hours = field(0, 23);
    Arbitrary<String> months = field(1, 12);
    Arbitrary<String> days =
        Arbitraries.oneOf(
            field(1, 28).map(field -> field + " %s *"),
            Arbitraries.of("L %s ?", "LW %s ?", "L-2 %s ?", "15W %s ?", "7W %s ?"),
            Arbitraries.of(
                "? %s MON-FRI", "? %s 5L", "? %s MON#2", "? %s SUN", "? %s 7", "? %s 2,4,6"));
    return Combinators.combine(minutes, hours, months, days)
        .as((minute, hour, month, day) -> minute + " " + hour + " " + day.formatted(month));
  }

  private static Arbitrary<String> field(int least, int most) {
    Arbitrary<Integer> value = Arbitraries.integers().between(least, most);
    return Arbitraries.oneOf(
        Arbitraries.just("*"),
        value.map(String::valueOf),
        Combinators.combine(value, value)
            .as((a, b) ->
                Math.min(a, b) == Math.max(a, b) ? "" + a : Math.min(a, b) + "-" + Math.max(a, b)),
        Combinators.combine(value, value).as((a, b) -> a + "," + b),
        Arbitraries.integers().between(2, 9).map(step -> "*/" + step));
  }

  private static com.cronutils.model.definition.CronDefinition definition() {
    return CronDefinitionBuilder.defineCron()
        .withMinutes()
        .withValidRange(0, 59)
        .withStrictRange()
        .and()
        .withHours()
        .withValidRange(0, 23)
        .withStrictRange()
        .and()
        .withDayOfMonth()
        .withValidRange(1, 31)
        .supportsL()
        .supportsW()
        .supportsLW()
        .supportsQuestionMark()
        .withStrictRange()
        .and()
        .withMonth()
        .withValidRange(1, 12)
        .withStrictRange()
        .and()
        .withDayOfWeek()
        .withValidRange(0, 7)
        .withMondayDoWValue(1)
        .withIntMapping(7, 0)
        .supportsHash()
        .supportsL()
        .supportsQuestionMark()
        .withStrictRange()
        .and()
        .instance();
  }
}
