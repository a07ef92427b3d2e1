package dev.assay.load.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.management.ThreadMXBean;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.problem.Where;
import dev.assay.load.extract.Bytes;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GeneratedRecordsTest {

  private static final int ROWS = 2_000;

  private static GeneratedRecords of(String generator) {
    return GeneratedRecords.of(Map.of("c", generator), 42, Where.named("feeder made"));
  }

  private static List<String> values(String generator) {
    GeneratedRecords records = of(generator);
    Bytes out = new Bytes(1 << 20);
    return LongStream.range(0, ROWS)
        .mapToObj(row -> {
          out.clear();
          records.write(row, 0, out);
          return out.text();
        })
        .toList();
  }

  @Test
  void sequencesStepFromTheirStart() {
    assertThat(values("sequence(1)")).startsWith("1", "2", "3");
    assertThat(values("sequence(10, -5)")).startsWith("10", "5", "0", "-5");
  }

  @Test
  void numbersReachBothEndsAndNothingBeyond() {
    assertThat(new HashSet<>(values("number(-2, 2)")))
        .containsExactlyInAnyOrder("-2", "-1", "0", "1", "2");
    assertThat(values("number(-9223372036854775808, 9223372036854775807)"))
        .allSatisfy(Long::parseLong)
        .anyMatch(value -> value.startsWith("-"));
    assertThat(new HashSet<>(values("decimal(-0.1, 0.1, 1)")))
        .containsExactlyInAnyOrder("-0.1", "0.0", "0.1");
    assertThat(values("decimal(0, 5, 2)")).allMatch(value -> value.matches("[0-5]\\.\\d\\d"));
    assertThat(values("decimal(1, 3, 0)")).allMatch(value -> value.matches("[123]"));
  }

  @Test
  void textsHaveTheirLength() {
    assertThat(values("text(8)")).allMatch(value -> value.matches("[a-z]{8}"));
    assertThat(values("text(2, 4)")).allMatch(value -> value.matches("[a-z]{2,4}"));
    assertThat(values("digits(6)")).allMatch(value -> value.matches("\\d{6}"));
    assertThat(values("hex(16)")).allMatch(value -> value.matches("[0-9a-f]{16}"));
    assertThat(Set.copyOf(values("text(8)"))).hasSizeGreaterThan(ROWS - 5);
  }

  @Test
  void uuidsAreOfVersionFourAndDiffer() {
    List<String> values = values("uuid()");
    assertThat(values)
        .allSatisfy(value -> {
          assertThat(UUID.fromString(value)).hasToString(value);
          assertThat(UUID.fromString(value).version()).isEqualTo(4);
          assertThat(UUID.fromString(value).variant()).isEqualTo(2);
        });
    assertThat(Set.copyOf(values)).hasSize(ROWS);
  }

  @Test
  void daysAndTimesAreThoseOfTheCalendar() {
    assertThat(new HashSet<>(values("date(2024-02-27, 2024-03-01)")))
        .containsExactlyInAnyOrder("2024-02-27", "2024-02-28", "2024-02-29", "2024-03-01");
    LocalDate first = LocalDate.of(1, 1, 1);
    LocalDate last = LocalDate.of(9999, 12, 31);
    assertThat(values("date(0001-01-01, 9999-12-31)"))
        .allSatisfy(value -> assertThat(LocalDate.parse(value)).isBetween(first, last));
    assertThat(values("time(2024-01-01, 2024-01-02)"))
        .allSatisfy(value ->
            assertThat(Instant.parse(value))
                .isBetween("2024-01-01T00:00:00Z", "2024-01-02T23:59:59Z"));
  }

  @Test
  void daysAreWrittenAsTheLibraryWritesThem() {
    Bytes out = new Bytes(100);
    for (long day = -719_162; day < 2_932_896; day += 97) {
      out.clear();
      Generator.Day.day(day, out);
      assertThat(out.text()).isEqualTo(LocalDate.ofEpochDay(day).toString());
    }
  }

  @Test
  void oneOfSeveralTakesEach() {
    assertThat(new HashSet<>(values("one of(free, pro plus, ä)")))
        .containsExactlyInAnyOrder("free", "pro plus", "ä");
    assertThat(new HashSet<>(values("boolean()"))).containsExactlyInAnyOrder("true", "false");
  }

  @Test
  void peopleHaveNamesAndAddressesOfTheirOwn() {
    assertThat(values("name()")).allMatch(value -> value.matches("[A-Z][a-z]+ [A-Z][a-z]+"));
    List<String> emails = values("email()");
    assertThat(emails).allMatch(value -> value.matches("[a-z]+\\.[a-z]+\\d+@example\\.com"));
    assertThat(Set.copyOf(emails)).hasSize(ROWS);
    assertThat(values("phone()")).allMatch(value -> value.matches("\\+1555\\d{7}"));
    assertThat(values("sentence(3)")).allMatch(value -> value.split(" ").length == 3);
  }

  @Test
  void theSameSeedMakesTheSameAndAFurtherColumnChangesNoOther() {
    Where where = Where.named("x");
    Records alone = GeneratedRecords.of(Map.of("id", "uuid()"), 7, where);
    Map<String, String> more = new LinkedHashMap<>();
    more.put("extra", "text(4)");
    more.put("id", "uuid()");
    Records both = GeneratedRecords.of(more, 7, where);
    Records other = GeneratedRecords.of(Map.of("id", "uuid()"), 8, where);
    for (long row : new long[] {0, 1, 1_000_000_007L}) {
      assertThat(value(both, row, 1)).isEqualTo(value(alone, row, 0));
      assertThat(value(other, row, 0)).isNotEqualTo(value(alone, row, 0));
    }
  }

  private static String value(Records records, long row, int column) {
    Bytes out = new Bytes(1000);
    records.write(row, column, out);
    return out.text();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "seqence(1)",
        "sequence()",
        "sequence(a)",
        "number(5, 1)",
        "number(1)",
        "decimal(0, 1)",
        "decimal(0, 0.123, 2)",
        "text(0)",
        "text(9, 2)",
        "date(2024-13-01, 2024-12-31)",
        "date(2024-02-02, 2024-01-01)",
        "one of()",
        "uuid(",
        "uuid(1)",
        "name(x)"
      })
  void aGeneratorThatCannotBeReadIsRefusedWithThoseThatCan(String written) {
    ProblemException refused = catchThrowableOfType(ProblemException.class, () -> of(written));
    assertThat(refused.problems().getFirst().type()).isEqualTo(FeedProblems.GENERATOR);
    assertThat(refused.problems().getFirst().what()).startsWith("the column 'c': ");
  }

  @Test
  void makingValuesAllocatesNothingInTheSteadyState() {
    Map<String, String> written = new LinkedHashMap<>();
    Generator.known().forEach(generator -> written.put(generator, generator));
    Records records = GeneratedRecords.of(written, 1, Where.named("x"));
    Feeder feeder = new Feeder("made", records, Take.SHUFFLED, 1);
    Bytes out = new Bytes(10_000);
    fill(feeder, out, 5_000);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    fill(feeder, out, 5_000);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(allocated / 5_000).as("bytes for each record").isZero();
  }

  private static void fill(Feeder feeder, Bytes out, int many) {
    for (int i = 0; i < many; i++) {
      out.clear();
      long row = feeder.row(i);
      for (int column = 0; column < 19; column++) {
        feeder.records().write(row, column, out);
      }
    }
  }
}
